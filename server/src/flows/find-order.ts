import type { OrderSummary } from "#core/order.ts"
import type { Account, Brand } from "#core/storefront.ts"
import type { Deps } from "#flows/deps.ts"
import { findOrderByToken } from "#store/orders.ts"

export type PublicOrder = {
  readonly order: OrderSummary
  readonly account: Account
  readonly brand: Brand
}

/** The order whose link somebody holds; whoever has the link may see it. */
export async function findPublicOrder(
  { pool, storefronts }: Pick<Deps, "pool" | "storefronts">,
  publicToken: string,
): Promise<PublicOrder | undefined> {
  const order = await findOrderByToken(pool.db, publicToken)
  if (!order) return undefined
  const { account, brand } = await storefronts.fresh(pool.db, order.accountId)
  return { order, account, brand }
}
