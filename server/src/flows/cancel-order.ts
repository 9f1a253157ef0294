import type { OrderLine } from "#core/order.ts"
import { type Actor, forbidden, type Forbidden, may } from "#core/role.ts"
import type { Deps } from "#flows/deps.ts"
import { recordAudit } from "#store/audit.ts"
import { lockCartById } from "#store/carts.ts"
import { type Tx, withTx } from "#store/db.ts"
import { newId } from "#store/ids.ts"
import {
  appendOrderEvent,
  findOrder,
  findOrderByNumber,
  type KeptOrder,
  lockOrder,
  saveOrderState,
} from "#store/orders.ts"
import { findPaymentOfOrder, lockPayment, refundableMinor, reserveRefund } from "#store/payments.ts"
import { returnRedemption } from "#store/promotions.ts"
import { enqueue } from "#store/queue.ts"
import { insertRefund } from "#store/refunds.ts"
import { applyStock, lockStock } from "#store/stock-commit.ts"
import { voidTickets } from "#store/tickets.ts"

export type CanceledOrder =
  | { readonly outcome: "canceled"; readonly refundMinor: number; readonly currency: string }
  /** Somebody was faster, or the same click came twice. */
  | { readonly outcome: "already" }
  /** Only an order that was sold can be canceled, and none whose money a bank is looking into. */
  | { readonly outcome: "not-now"; readonly state: KeptOrder["state"] }
  | { readonly outcome: "unknown" }
  | Forbidden

export type CancelDeps = Pick<Deps, "pool" | "live" | "stock">

/**
 * Cancels a sold order whole, once: its tickets open no door, its places are for sale, its use of a promotion is free, what was paid and not
 * yet given back is on its way to the buyer, who is told by mail. One transaction, under the cart's lock like everything that moves an order;
 * the money itself is moved by the refund's job.
 */
export async function cancelOrder(
  deps: CancelDeps,
  actor: Actor,
  number: string,
): Promise<CanceledOrder> {
  if (!may(actor, "handle-orders")) return forbidden("handle-orders")
  const shown = await findOrderByNumber(deps.pool.db, actor.accountId, number)
  if (!shown) return { outcome: "unknown" }
  return withTx(deps.pool, async (tx) => {
    const order = await lockSold(tx, shown)
    if (order.state === "canceled" || order.state === "refunded") return { outcome: "already" }
    if (order.state !== "paid" && order.state !== "partially_refunded")
      return { outcome: "not-now", state: order.state }
    const refundMinor = await undo(tx, actor, order)
    const { accountId, cartId, currency } = order
    tx.afterCommit(() => {
      deps.stock.forget(accountId)
      deps.live.touched({ accountId, cartId })
    })
    return { outcome: "canceled", refundMinor, currency }
  })
}

/** Cart, stock, order: the order of locks. What leads to them is read without, and the order again under them. */
async function lockSold(tx: Tx, { id, accountId, cartId, lines }: KeptOrder): Promise<KeptOrder> {
  await lockCartById(tx, accountId, cartId)
  await lockStock(
    tx,
    countedPlaces(lines).map(([variantId]) => variantId),
  )
  await lockOrder(tx, id)
  const order = await findOrder(tx, accountId, id)
  if (!order) throw new Error(`order ${id} is gone`)
  return order
}

/** Answers what goes back to the buyer, in minor units. */
async function undo(tx: Tx, actor: Actor, order: KeptOrder): Promise<number> {
  await returnPlaces(tx, actor, order)
  await voidTickets(tx, order.id)
  await saveOrderState(tx, order.id, "canceled")
  await returnRedemption(tx, order.id)
  const refundMinor = await returnMoney(tx, order)
  await appendOrderEvent(tx, order.id, {
    eventId: newId(),
    type: "OrderCanceled",
    data: { refundMinor, currency: order.currency },
    actor: "user",
  })
  await recordAudit(tx, {
    accountId: order.accountId,
    personId: actor.userId,
    action: "order.canceled",
    subject: `order:${order.number}`,
    before: { state: order.state },
    after: { state: "canceled", refundMinor, currency: order.currency },
  })
  const mail = { orderId: order.id, accountId: order.accountId, mailId: newId() }
  await enqueue(tx, "send-cancellation", mail)
  return refundMinor
}

async function returnPlaces(tx: Tx, actor: Actor, order: KeptOrder): Promise<void> {
  const commands = countedPlaces(order.lines).map(([variantId, quantity]) => ({
    type: "RecordReturn" as const,
    variantId,
    orderId: order.id,
    quantity,
  }))
  if (commands.length === 0) return
  const by = { actor: { type: "user", id: actor.userId }, newId } as const
  const returned = await applyStock(tx, commands, by)
  if (!returned.ok)
    throw new Error(`order ${order.id} cannot return its stock: ${returned.refusal.reason}`)
}

/** Variants that are counted and how many places of each. */
function countedPlaces(lines: readonly OrderLine[]): (readonly [string, number])[] {
  const counted = lines.filter((line) => line.tracked)
  return [...Map.groupBy(counted, (line) => line.variantId)].map(([variantId, same]) => [
    variantId,
    same.reduce((sum, line) => sum + line.quantity, 0),
  ])
}

/** Everything that was captured and is not on its way back already. */
async function returnMoney(tx: Tx, order: KeptOrder): Promise<number> {
  const found = await findPaymentOfOrder(tx, order.accountId, order.id)
  const payment = found && (await lockPayment(tx, found.id))
  const amountMinor = payment ? await refundableMinor(tx, payment.id) : 0
  if (!payment || amountMinor === 0) return 0
  if (!(await reserveRefund(tx, payment.id, amountMinor)))
    throw new Error(`payment ${payment.id} has less to refund than it captured`)
  const refundId = newId()
  await insertRefund(tx, {
    id: refundId,
    accountId: order.accountId,
    paymentId: payment.id,
    currency: payment.currency,
    amountMinor,
    idempotencyKey: `refund:${refundId}`,
    reason: "canceled",
  })
  await enqueue(tx, "refund-payment", { refundId })
  return amountMinor
}
