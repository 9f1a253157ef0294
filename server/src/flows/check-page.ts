import type { Need } from "#core/content-policy.ts"
import { pageAddress } from "#core/fetch-refusal.ts"
import { checkedPage, type Finding, type PageFacts, unreadPage } from "#core/page-check.ts"
import { type Actor, forbidden, type Forbidden, may } from "#core/role.ts"
import { snippetsFor } from "#core/snippets.ts"
import type { Storefront, Widget } from "#core/storefront.ts"
import type { Deps } from "#flows/deps.ts"
import { findPageCheck, type PageCheck, savePageCheck } from "#store/page-checks.ts"

export type CheckDeps = Pick<Deps, "pool" | "storefronts" | "fetchPage" | "publicUrl" | "now"> & {
  /** What a policy must let through. */
  readonly hostNeeds: readonly Need[]
  /** What matters of a page's bytes, by its content type. */
  readonly readPage: (body: Uint8Array, contentType?: string) => PageFacts
}

export type ShownCheck = {
  readonly outcome: "found"
  readonly shop: Storefront
  readonly widget: Widget
  readonly last?: PageCheck
}

/** A page of a site is rarely a tenth of it. */
const mostPageBytes = 3_000_000

/** A widget and the last look at its page. */
export async function findCheck(
  { pool, storefronts }: Pick<Deps, "pool" | "storefronts">,
  actor: Actor,
  slug: string,
): Promise<ShownCheck | Forbidden | { readonly outcome: "unknown" }> {
  if (!may(actor, "edit-widgets")) return forbidden("edit-widgets")
  const shop = await storefronts.fresh(pool.db, actor.accountId)
  const widget = shop.widgets.find((each) => each.slug === slug)
  if (!widget) return { outcome: "unknown" }
  const last = await findPageCheck(pool.db, actor.accountId, slug)
  return { outcome: "found", shop, widget, ...(last && { last }) }
}

/** Looks at the page that somebody names as a browser would, and keeps what it found: the same for everybody of the account. */
export async function checkPage(
  deps: CheckDeps,
  actor: Actor,
  asked: { readonly widget: string; readonly address: string },
): Promise<
  | { readonly outcome: "checked"; readonly findings: readonly Finding[] }
  | Forbidden
  | { readonly outcome: "unknown" }
> {
  const found = await findCheck(deps, actor, asked.widget)
  if (found.outcome !== "found") return found
  const typed = pageAddress(asked.address).slice(0, longestAddress)
  const address = typed === "" ? "https://" : typed
  const findings = await look(deps, found, address)
  await savePageCheck(deps.pool.db, actor.accountId, asked.widget, {
    address,
    findings,
    checkedAt: deps.now().toISOString(),
  })
  return { outcome: "checked", findings }
}

const longestAddress = 2000

async function look(deps: CheckDeps, found: ShownCheck, address: string): Promise<Finding[]> {
  const fetched = await deps.fetchPage(address, {
    maxBytes: mostPageBytes,
    types: ["text/html", "application/xhtml+xml"],
  })
  if (fetched.outcome === "refused") return unreadPage(fetched.reason)
  const { shop, widget } = found
  const [html] = snippetsFor({
    publicUrl: deps.publicUrl,
    widget: `${shop.account.slug}/${widget.slug}`,
  })
  const page = {
    address: fetched.address,
    askedFor: fetched.path[0] ?? fetched.address,
    status: fetched.status,
    headers: fetched.headers,
    facts: deps.readPage(fetched.body, fetched.headers.get("content-type")),
  }
  return checkedPage(page, {
    shop,
    widget,
    publicUrl: deps.publicUrl,
    needs: deps.hostNeeds,
    snippet: html?.code ?? "",
  })
}
