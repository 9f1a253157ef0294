import type { Event, Storefront, Widget } from "#core/storefront.ts"
import type { Deps } from "#flows/deps.ts"
import {
  listListedAccounts,
  listListedEvents,
  type ListedPage,
  wasListed,
} from "#store/event-pages.ts"

export type PublicShop = {
  readonly shop: Storefront
  /** Left to sell by variant id; absent: unlimited. */
  readonly remaining: ReadonlyMap<string, number>
}

export type FoundEvent =
  | (PublicShop & { readonly outcome: "found"; readonly event: Event; readonly widget?: Widget })
  /** The organizer took it off. */
  | { readonly outcome: "gone"; readonly shop: Storefront }
  | { readonly outcome: "unknown"; readonly shop?: Storefront }

type FindDeps = Pick<Deps, "pool" | "storefronts" | "stock">

/** An event's public page with what sells it. A draft is unknown to everybody. */
export async function findEventPage(
  deps: FindDeps,
  account: string,
  slug: string,
): Promise<FoundEvent> {
  const shop = await deps.storefronts.bySlug(account)
  if (!shop) return { outcome: "unknown" }
  const event = shop.events.find((each) => each.slug === slug)
  if (!event) {
    const isGone =
      !slug.includes("\u0000") && (await wasListed(deps.pool.db, shop.account.id, slug))
    return { outcome: isGone ? "gone" : "unknown", shop }
  }
  const widget = widgetFor(shop, slug)
  return {
    outcome: "found",
    shop,
    event,
    ...(widget && { widget }),
    remaining: await deps.stock.remaining(shop.account.id),
  }
}

/** Everything an organizer sells, for the page that lists it. */
export async function findEventList(
  deps: FindDeps,
  account: string,
): Promise<PublicShop | undefined> {
  const shop = await deps.storefronts.bySlug(account)
  return shop && { shop, remaining: await deps.stock.remaining(shop.account.id) }
}

/** The accounts that have something to find. */
export async function listAccountsToFind(
  { pool }: Pick<Deps, "pool">,
  now: string,
): Promise<ListedPage[]> {
  return listListedAccounts(pool.db, now)
}

/** The pages of one account, undefined without such an account. */
export async function listPagesToFind(
  { pool, storefronts }: Pick<Deps, "pool" | "storefronts">,
  account: string,
  now: string,
): Promise<ListedPage[] | undefined> {
  const shop = await storefronts.bySlug(account)
  return shop && listListedEvents(pool.db, shop.account.id, now)
}

/** One that shows the event among others before one that was made for few. */
function widgetFor({ widgets }: Storefront, slug: string): Widget | undefined {
  const showing = widgets.filter(({ eventSlugs }) => eventSlugs?.includes(slug) ?? true)
  return showing.find(({ eventSlugs }) => eventSlugs === undefined) ?? showing[0]
}
