import type { OrderWithCode, SeenPromotion } from "#core/promotion-seen.ts"
import { type PromotionState, promotionState } from "#core/promotion-state.ts"
import { type Actor, forbidden, type Forbidden, may } from "#core/role.ts"
import type { Storefront } from "#core/storefront.ts"
import type { Deps } from "#flows/deps.ts"
import { listOrdersWithCode, listPromotionSales, listPromotionUses } from "#store/promotions.ts"

type SeeDeps = Pick<Deps, "pool" | "storefronts" | "now">

export type SeenPromotions =
  | {
      readonly outcome: "seen"
      readonly shop: Storefront
      readonly promotions: readonly SeenPromotion[]
    }
  | Forbidden

/** Every code of the account: those that can be used first, then by code. */
export async function seePromotions(deps: SeeDeps, actor: Actor): Promise<SeenPromotions> {
  if (!may(actor, "see-promotions")) return forbidden("see-promotions")
  const shop = await deps.storefronts.fresh(deps.pool.db, actor.accountId)
  const all = [...shop.promotions.values()]
  const [used, sales] = await Promise.all([
    listPromotionUses(
      deps.pool.db,
      actor.accountId,
      all.map(({ id }) => id),
    ),
    listPromotionSales(deps.pool.db, actor.accountId),
  ])
  const salesByCode = Map.groupBy(sales, ({ code }) => code)
  const now = deps.now().toISOString()
  const promotions = all.map((promotion) => {
    const uses = used.get(promotion.id) ?? 0
    const own = salesByCode.get(promotion.code) ?? []
    return {
      promotion,
      state: promotionState(promotion, now, uses),
      used: uses,
      sales: own.toSorted((a, b) => b.orders - a.orders),
    }
  })
  return { outcome: "seen", shop, promotions: promotions.toSorted(runningFirst) }
}

export type FoundPromotion =
  | {
      readonly outcome: "found"
      readonly shop: Storefront
      readonly seen: SeenPromotion
      readonly latest: readonly OrderWithCode[]
    }
  | { readonly outcome: "unknown" }
  | Forbidden

const latestShown = 5

/** One code with its latest orders. */
export async function findPromotionSeen(
  deps: SeeDeps,
  actor: Actor,
  code: string,
): Promise<FoundPromotion> {
  const all = await seePromotions(deps, actor)
  if (all.outcome === "forbidden") return all
  const seen = all.promotions.find(({ promotion }) => promotion.code === code)
  if (!seen) return { outcome: "unknown" }
  const latest = await listOrdersWithCode(deps.pool.db, actor.accountId, code, latestShown)
  return { outcome: "found", shop: all.shop, seen, latest }
}

const order: readonly PromotionState[] = ["active", "scheduled", "used-up", "stopped", "ended"]

function runningFirst(a: SeenPromotion, b: SeenPromotion): number {
  return (
    order.indexOf(a.state) - order.indexOf(b.state) ||
    (a.promotion.code < b.promotion.code ? -1 : 1)
  )
}
