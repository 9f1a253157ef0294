import type { JobData } from "#core/job.ts"
import type { OrderSummary } from "#core/order.ts"
import type { Account, Brand } from "#core/storefront.ts"
import type { Mail, Mailer } from "#gateways/mailer.ts"
import type { Deps } from "#flows/deps.ts"
import { findCommand, insertCommand } from "#store/commands.ts"
import { withTx } from "#store/db.ts"
import { findOrder } from "#store/orders.ts"

export type ConfirmationDeps = Pick<Deps, "pool" | "storefronts"> & {
  readonly mailer: Mailer
}

/** What the mail says, made by who knows the words: the job. */
export type RenderConfirmation = (confirmed: {
  readonly order: OrderSummary
  readonly account: Account
  readonly brand: Brand
}) => Pick<Mail, "subject" | "html" | "text" | "attachments">

const scope = "job:send-confirmation"

/**
 * Sends a paid order's tickets to its buyer, once, and once more for each `resendId`: a job that runs again finds that it was done. Were it to die between the mail server's yes
 * and our note of it, the same mail would go out again under the same Message-ID.
 */
export async function sendConfirmation(
  { pool, storefronts, mailer }: ConfirmationDeps,
  { orderId, accountId, resendId }: JobData["send-confirmation"],
  render: RenderConfirmation,
): Promise<void> {
  const key = { scope, commandId: resendId ?? orderId }
  const requestHash = Buffer.from(orderId)
  if (await findCommand(pool.db, key, requestHash)) return
  const order = await findOrder(pool.db, accountId, orderId)
  if (!order) throw new Error(`there is no order ${orderId}`)
  const { account, brand } = await storefronts.fresh(pool.db, accountId)
  await mailer.send({
    id: resendId ?? order.id,
    fromName: account.name,
    to: order.email,
    ...(account.replyTo && { replyTo: account.replyTo }),
    ...render({ order, account, brand }),
  })
  await withTx(pool, (tx) =>
    insertCommand(tx, key, {
      kind: "send-confirmation",
      requestHash,
      outcome: { outcome: "done", rev: 0 },
    }),
  )
}
