import type { JobData } from "#core/job.ts"
import type { OrderSummary } from "#core/order.ts"
import type { Account, Brand } from "#core/storefront.ts"
import type { ConfirmationDeps } from "#flows/send-confirmation.ts"
import type { Mail } from "#gateways/mailer.ts"
import { findCommand, insertCommand } from "#store/commands.ts"
import { withTx } from "#store/db.ts"
import { findOrder } from "#store/orders.ts"
import { findCancellationRefund } from "#store/refunds.ts"

/** What the mail says, made by who knows the words: the job. */
export type RenderCancellation = (canceled: {
  readonly order: OrderSummary
  readonly account: Account
  readonly brand: Brand
  /** On its way back, in minor units of the order's currency. */
  readonly refundMinor: number
}) => Pick<Mail, "subject" | "html" | "text">

const scope = "job:send-cancellation"

/** Tells a buyer that their order was canceled, once, as `sendConfirmation` does. */
export async function sendCancellation(
  { pool, storefronts, mailer }: ConfirmationDeps,
  { orderId, accountId, mailId }: JobData["send-cancellation"],
  render: RenderCancellation,
): Promise<void> {
  const key = { scope, commandId: orderId }
  const requestHash = Buffer.from(orderId)
  if (await findCommand(pool.db, key, requestHash)) return
  const order = await findOrder(pool.db, accountId, orderId)
  if (!order) throw new Error(`there is no order ${orderId}`)
  const refundMinor = await findCancellationRefund(pool.db, accountId, orderId)
  const { account, brand } = await storefronts.fresh(pool.db, accountId)
  await mailer.send({
    id: mailId,
    fromName: account.name,
    to: order.email,
    ...(account.replyTo && { replyTo: account.replyTo }),
    attachments: [],
    ...render({ order, account, brand, refundMinor }),
  })
  await withTx(pool, (tx) =>
    insertCommand(tx, key, {
      kind: "send-cancellation",
      requestHash,
      outcome: { outcome: "done", rev: 0 },
    }),
  )
}
