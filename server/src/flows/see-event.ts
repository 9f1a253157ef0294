import type { CatalogueFile, EventEntry } from "#core/catalogue-file.ts"
import { eventOf } from "#core/event-part.ts"
import { type GuestPrice, guestPrices } from "#core/guest-price.ts"
import { type Actor, forbidden, type Forbidden, may } from "#core/role.ts"
import { fileOf, loadCatalogue } from "#flows/load-catalogue.ts"
import type { Storefronts } from "#flows/storefronts.ts"
import { catalogueId, findAccountSlug, shareCatalogue } from "#store/catalogue.ts"
import { type Pool, withTx } from "#store/db.ts"
import { listVariantFigures, type VariantFigures } from "#store/event-figures.ts"

export type SeenEventPage = {
  readonly outcome: "seen"
  /** With the inside of this event, and the outside of the others. */
  readonly file: CatalogueFile
  readonly event: EventEntry
  /** The clock of its dates. */
  readonly timeZone: string
  readonly figures: readonly VariantFigures[]
  /** What one ticket comes to, by currency and type. */
  readonly prices: readonly GuestPrice[]
  /** Slugs of the widgets that show it. */
  readonly widgets: readonly string[]
}

/** One event as its pages show it. */
export async function seeEvent(
  deps: { readonly pool: Pool; readonly now: () => Date; readonly storefronts: Storefronts },
  actor: Actor,
  slug: string,
): Promise<SeenEventPage | { readonly outcome: "gone" } | Forbidden> {
  if (!may(actor, "see-events")) return forbidden("see-events")
  const { accountId } = actor
  const { file, figures } = await withTx(deps.pool, async (tx) => {
    await shareCatalogue(tx, accountId)
    const account = { id: accountId, slug: (await findAccountSlug(tx, accountId)) ?? "" }
    return {
      file: fileOf(await loadCatalogue(tx, account, [slug])),
      figures: await listVariantFigures(tx, accountId, slug),
    }
  })
  const event = eventOf(file, slug)
  if (!event) return { outcome: "gone" }
  const shop = await deps.storefronts.fresh(deps.pool.db, accountId)
  return {
    outcome: "seen",
    file,
    event,
    timeZone: event.timeZone ?? file.account.timeZone,
    figures,
    prices: guestPrices(shop, file, slug, catalogueId, deps.now().toISOString()),
    widgets: file.widgets
      .filter(({ events }) => event.status !== "draft" && (events?.includes(slug) ?? true))
      .map((widget) => widget.slug),
  }
}
