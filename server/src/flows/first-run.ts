import { type EventFault, type TypedEvent, withFirstEvent } from "#core/first-event.ts"
import { type TypedLook, withFirstLook } from "#core/first-look.ts"
import { type FirstRunFacts, widgetToPlace } from "#core/first-run.ts"
import { localOf } from "#core/schedule.ts"
import { type Actor, forbidden, type Forbidden, may } from "#core/role.ts"
import type { Widget } from "#core/storefront.ts"
import type { Deps } from "#flows/deps.ts"
import { hasSold } from "#store/first-order.ts"
import { findPageCheck, type PageCheck } from "#store/page-checks.ts"
import { editCatalogue, type Edited } from "./edit-catalogue.ts"

export type FirstRun = FirstRunFacts & {
  readonly outcome: "found"
  readonly widget: Widget
  /** The last look at the organizer's page. */
  readonly check?: PageCheck
  /** Orders cost nothing here. */
  readonly isSandbox: boolean
}

type RunDeps = Pick<Deps, "pool" | "storefronts" | "now" | "paymentForm">

/** How far an organization has come. */
export async function findFirstRun(deps: RunDeps, actor: Actor): Promise<FirstRun | Forbidden> {
  if (!may(actor, "edit-widgets")) return forbidden("edit-widgets")
  const shop = await deps.storefronts.fresh(deps.pool.db, actor.accountId)
  const widget = widgetToPlace(shop)
  if (!widget) throw new Error(`account ${actor.accountId} has no widget`)
  const check = await findPageCheck(deps.pool.db, actor.accountId, widget.slug)
  return {
    outcome: "found",
    shop,
    widget,
    hasOrder: await hasSold(deps.pool.db, actor.accountId),
    now: deps.now().toISOString(),
    isSandbox: deps.paymentForm.script !== undefined,
    ...(check && { check, findings: check.findings }),
  }
}

/** Puts a first event on sale from the short form, or says what is wrong at its fields. */
export async function addFirstEvent(
  deps: Pick<Deps, "pool" | "storefronts" | "now">,
  actor: Actor,
  typed: TypedEvent,
): Promise<
  | { readonly outcome: "saved"; readonly slug: string }
  | { readonly outcome: "refused"; readonly faults: readonly EventFault[] }
  | Forbidden
> {
  const now = deps.now().toISOString()
  let slug = ""
  let faults: readonly EventFault[] = []
  const edited = await editCatalogue(deps, actor, {
    permission: "edit-events",
    action: "event.added",
    subject: `event:${typed.title.slice(0, 200)}`,
    edit: (file) => {
      const made = withFirstEvent(file, typed, now)
      faults = made.ok ? [] : made.faults
      if (made.ok) slug = made.slug
      return made.ok ? made.file : { outcome: "refused", faults: [] }
    },
  })
  if (edited.outcome === "forbidden") return edited
  if (edited.outcome === "saved") return { outcome: "saved", slug }
  return {
    outcome: "refused",
    faults:
      faults.length > 0
        ? faults
        : edited.faults.map(({ message }) => ({ field: "title", message })),
  }
}

/** Gives every widget a first look. */
export function saveFirstLook(
  deps: Pick<Deps, "pool" | "storefronts">,
  actor: Actor,
  typed: TypedLook,
): Promise<Edited> {
  return editCatalogue(deps, actor, {
    permission: "edit-settings",
    action: "brand.changed",
    subject: "brand",
    events: [],
    edit: (file) =>
      withFirstLook(file, typed) ?? {
        outcome: "refused",
        faults: [{ path: "account.brand.colors.accent", message: "Use a colour like #1a5fb4." }],
      },
  })
}

/** What a form asks first: eight in the evening, two weeks on, by the account's clock. */
export function usualStart({ now, shop }: FirstRun): string {
  const day = new Date(Date.parse(now) + 14 * 86_400_000).toISOString()
  return `${localOf(day, shop.account.timeZone).slice(0, 10)}T20:00`
}
