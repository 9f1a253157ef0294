import type { Deps } from "#flows/deps.ts"
import { findRecovery, giveCart, useRecovery } from "#store/cart-recoveries.ts"
import { lockCartById, tokenHash } from "#store/carts.ts"
import { withTx } from "#store/db.ts"

export type Recovery = {
  readonly accountId: string
  /** Of the link in the mail. */
  readonly token: string
  /** Made by the browser that opens the link: from now on it has the cart. */
  readonly cartToken: string
}

/**
 * Opens a cart by the link of a mail, once: the cart moves to the new token, and the browser that had it before starts afresh. False when the
 * link was used, is too old or never was, and while or after the cart is paid.
 */
export async function recoverCart(
  { pool, live }: Pick<Deps, "pool" | "live">,
  { accountId, token, cartToken }: Recovery,
): Promise<boolean> {
  const link = tokenHash(token)
  const recovery = await findRecovery(pool.db, accountId, link)
  if (!recovery) return false
  const isMoved = await withTx(pool, async (tx) => {
    const found = await lockCartById(tx, accountId, recovery.cartId)
    const isLeft = found?.cart.state === "open" || found?.cart.state === "expired"
    if (!isLeft || !(await useRecovery(tx, accountId, link))) return false
    await giveCart(tx, recovery.cartId, tokenHash(cartToken))
    return true
  })
  if (isMoved) live.touched({ accountId, cartId: recovery.cartId })
  return isMoved
}
