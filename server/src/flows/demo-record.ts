import type { Touch } from "@foyer/shared/protocol"
import type { OrderSummary } from "#core/order.ts"
import type { Storefront } from "#core/storefront.ts"
import type { Pool } from "#store/db.ts"
import {
  findOrderKey,
  listConversions,
  listOrderEvents,
  listPayments,
  listProviderCalls,
  listStockEvents,
  listTouches,
  listWebhooks,
} from "#store/demo-record.ts"
import { findKeptMail, listKeptMails } from "#store/mail-outbox.ts"
import { findOrder } from "#store/orders.ts"
import type { Storefronts } from "./storefronts.ts"

export type DemoRecordDeps = { readonly pool: Pool; readonly storefronts: Storefronts }

/** Everything that one purchase left behind. */
export type DemoRecord = {
  readonly shop: Storefront
  readonly order: OrderSummary
  readonly touches: readonly Touch[]
  readonly conversions: Awaited<ReturnType<typeof listConversions>>
  readonly payments: Awaited<ReturnType<typeof listPayments>>
  readonly calls: Awaited<ReturnType<typeof listProviderCalls>>
  readonly webhooks: Awaited<ReturnType<typeof listWebhooks>>
  readonly orderEvents: Awaited<ReturnType<typeof listOrderEvents>>
  readonly stockEvents: Awaited<ReturnType<typeof listStockEvents>>
  readonly mail: OutboxMail | undefined
}

/** What was recorded of an order, by its public token or number; for the demo only, which shows it to whoever asks. */
export async function findDemoRecord(
  { pool, storefronts }: DemoRecordDeps,
  key: string,
): Promise<DemoRecord | undefined> {
  const db = pool.db
  const found = await findOrderKey(db, key)
  const order = found && (await findOrder(db, found.accountId, found.id))
  if (!order) return undefined
  const payments = await listPayments(db, order.id)
  const providerIds = payments.flatMap(({ providerId }) => (providerId ? [providerId] : []))
  const variantIds = [...new Set(order.lines.map((line) => line.variantId))]
  return {
    shop: await storefronts.fresh(db, order.accountId),
    order,
    touches: (await listTouches(db, found.cartId)).map(readTouch),
    conversions: await listConversions(db, order.id),
    payments,
    calls: await listProviderCalls(
      db,
      payments.map(({ id }) => id),
    ),
    webhooks: await listWebhooks(db, providerIds),
    orderEvents: await listOrderEvents(db, order.id),
    stockEvents: await listStockEvents(db, {
      cartId: found.cartId,
      orderId: order.id,
      variantIds,
    }),
    mail: await findKeptMail(db, order.id),
  }
}

export type OutboxMail = Awaited<ReturnType<typeof listKeptMails>>[number]

/** The newest mails that were kept instead of sent. */
export async function listOutbox({ pool }: Pick<DemoRecordDeps, "pool">): Promise<OutboxMail[]> {
  return listKeptMails(pool.db, 100)
}

export async function findOutboxMail(
  { pool }: Pick<DemoRecordDeps, "pool">,
  id: string,
): Promise<OutboxMail | undefined> {
  return findKeptMail(pool.db, id)
}

type TouchRow = Awaited<ReturnType<typeof listTouches>>[number]

function readTouch(row: TouchRow): Touch {
  const { source, medium, campaign, content, term, ref, referrer, landingPage } = row
  const { customerReferralCode, accessCode } = row
  const texts = { source, medium, campaign, content, term, ref, referrer, landingPage }
  const entries = Object.entries({ ...texts, customerReferralCode, accessCode })
  return {
    at: Date.parse(row.at),
    ...Object.fromEntries(entries.filter(([, value]) => value !== null)),
    clickIds: row.clickIds as NonNullable<Touch["clickIds"]>,
  }
}
