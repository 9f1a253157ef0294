import type { Cart } from "#core/cart.ts"
import type { Source } from "#flows/payment-deps.ts"
import { unfreezeCart } from "#store/carts.ts"
import { readClock } from "#store/clock.ts"
import type { Tx } from "#store/db.ts"
import { endPaying } from "#store/holds.ts"
import { newId } from "#store/ids.ts"
import { appendOrderEvent, type KeptOrder, lockOrder, saveOrderState } from "#store/orders.ts"
import { releaseRedemption } from "#store/promotions.ts"

/**
 * Nobody will pay this order any more: its promotion use is free again, and the cart that it froze is open for changes with the holds it
 * had, until its own deadline. An order past its time has expired; any other was canceled.
 */
export async function leaveOrder(
  tx: Tx,
  { order, cart, source }: { order: KeptOrder; cart: Cart; source: Source },
): Promise<void> {
  if (order.state !== "awaiting_payment" && order.state !== "processing") return
  await releaseRedemption(tx, order.id)
  await lockOrder(tx, order.id)
  const isOverdue = order.state === "awaiting_payment" && order.expiresAt <= (await readClock(tx))
  await saveOrderState(tx, order.id, isOverdue ? "expired" : "canceled")
  await appendOrderEvent(tx, order.id, {
    eventId: newId(),
    type: isOverdue ? "OrderExpired" : "OrderCanceled",
    data: {},
    actor: source,
  })
  await thawCart(tx, order, cart)
}

/** The cart that an order froze is the shopper's again. */
export async function thawCart(tx: Tx, order: KeptOrder, cart: Cart): Promise<void> {
  if (cart.state !== "frozen" || cart.orderId !== order.id) return
  await endPaying(tx, cart.id)
  await unfreezeCart(tx, cart.id)
}
