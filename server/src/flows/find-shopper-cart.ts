import type { ShownCart } from "#core/cart.ts"
import type { Pool } from "#store/db.ts"
import { findCart, tokenHash } from "#store/carts.ts"
import type { ShopperCommand } from "./shopper-command.ts"

/** The cart that a shopper's token stands for, as it is without its lock; undefined before the first action. */
export async function findShopperCart(
  pool: Pool,
  { shop, token }: Pick<ShopperCommand<unknown>, "shop" | "token">,
): Promise<ShownCart | undefined> {
  return token ? findCart(pool.db, shop.account.id, tokenHash(token)) : undefined
}
