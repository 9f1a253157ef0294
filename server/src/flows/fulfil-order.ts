import { randomBytes } from "node:crypto"
import type { Cart } from "#core/cart.ts"
import { codeBytes, ticketCode } from "#core/codes.ts"
import type { OrderLine } from "#core/order.ts"
import { issueTickets, ticketCount } from "#core/place-order.ts"
import type { Deps } from "#flows/deps.ts"
import type { Source } from "#flows/payment-deps.ts"
import { completeCart } from "#store/carts.ts"
import { insertConversions } from "#store/conversions.ts"
import type { Tx } from "#store/db.ts"
import { newId } from "#store/ids.ts"
import { appendOrderEvent, type KeptOrder, lockOrder, saveOrderState } from "#store/orders.ts"
import { useRedemption } from "#store/promotions.ts"
import { enqueue } from "#store/queue.ts"
import { lockStock, sellOrder } from "#store/stock-commit.ts"
import { insertTickets } from "#store/tickets.ts"

export type Fulfilment = {
  readonly order: KeptOrder
  /** Locked. */
  readonly cart: Cart
  readonly source: Source
  readonly commandId?: string
}

/**
 * The order is paid: its stock is sold, out of the cart's holds and of what is left where they have ended, its tickets exist, its mail is
 * on its way, its cart is completed. False, and nothing done, when the stock is gone: then the money goes back.
 */
export async function fulfilOrder(
  deps: Pick<Deps, "storefronts">,
  tx: Tx,
  { order, cart, source, commandId }: Fulfilment,
): Promise<boolean> {
  const lines = countedLines(order.lines)
  const variantIds = lines.map((line) => line.variantId)
  const now = await lockStock(tx, variantIds)
  await lockOrder(tx, order.id)
  const actor = { type: "order", id: order.id } as const
  const by = { actor, newId, ...(commandId && { commandId }) }
  const sold = await sellOrder(tx, { cartId: cart.id, orderId: order.id, lines }, by)
  if (!sold.ok) return false
  // After the holds, against the order of locks: whoever has a promotion waits for nothing but holds of its own cart.
  await useRedemption(tx, order.id)
  if (order.state !== "paid") await saveOrderState(tx, order.id, "paid", now)
  await insertTickets(tx, order, newTickets(order.lines))
  await completeCart(tx, cart.id, order.id)
  const shop = await deps.storefronts.fresh(tx, order.accountId)
  await insertConversions(
    tx,
    order,
    shop.pixels.map((pixel) => pixel.destination),
  )
  await appendOrderEvent(tx, order.id, {
    eventId: newId(),
    type: "OrderPaid",
    data: { totalMinor: order.totalMinor, currency: order.currency },
    actor: source,
    ...(commandId && { commandId }),
  })
  await enqueue(tx, "send-confirmation", { orderId: order.id, accountId: order.accountId })
  return true
}

/** One line for each variant; what is not counted is not sold from stock. */
function countedLines(lines: readonly OrderLine[]) {
  const counted = Map.groupBy(
    lines.filter((line) => line.tracked),
    (line) => line.variantId,
  )
  return [...counted].map(([variantId, same]) => ({
    variantId,
    quantity: same.reduce((sum, line) => sum + line.quantity, 0),
  }))
}

function newTickets(lines: readonly OrderLine[]) {
  const identities = Array.from({ length: ticketCount(lines) }, () => ({
    id: newId(),
    code: ticketCode(randomBytes(codeBytes.ticketCode)),
  }))
  return issueTickets(lines, identities)
}
