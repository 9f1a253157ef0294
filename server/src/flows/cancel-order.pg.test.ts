import { randomUUID } from "node:crypto"
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from "vitest"
import { rowsBy } from "#core/report.ts"
import type { Actor, Role } from "#core/role.ts"
import { cancelOrder } from "#flows/cancel-order.ts"
import { completeCart } from "#flows/complete-order.ts"
import { finishFreeOrder } from "#flows/finish-free-order.ts"
import { foldReports } from "#flows/fold-reports.ts"
import { refundPayment } from "#flows/refund-payment.ts"
import { resendConfirmation } from "#flows/resend-confirmation.ts"
import { sweepPayments } from "#flows/sweep-payments.ts"
import { readRollups } from "#store/reports.ts"
import { assertBooks } from "#testing/books.ts"
import {
  anEvent,
  aPriceType,
  aProduct,
  aShopperCommand,
  aStorefront,
  aVariant,
  firstOf,
  insertStorefront,
} from "#testing/fixtures.ts"
import {
  aBuyer,
  type Buyer,
  cartOf,
  clickPay,
  confirmWith,
  openPurchaseBench,
  ordersOf,
  type PurchaseBench,
} from "#testing/purchase.ts"

let bench: PurchaseBench
beforeAll(async () => {
  bench = await openPurchaseBench()
})
beforeEach(async () => {
  await bench.bench.admin("DELETE", "/sandbox/faults")
})
afterEach(() => assertBooks(bench.database.owner))
afterAll(() => bench[Symbol.asyncDispose]())

/** Somebody who exists, of the buyer's account. */
async function anActor(buyer: Buyer, role: Role = "box-office"): Promise<Actor> {
  const userId = randomUUID()
  await bench.database.owner.query(
    `insert into auth.person (id, name, email, email_verified, created_at, updated_at) values ($1, 'Dana', $2, true, now(), now())`,
    [userId, `${userId}@club.example`],
  )
  return { userId, accountId: buyer.shop.account.id, role }
}

const deps = () =>
  ({ ...bench.deps, stock: { forget: () => {} } }) as never as Parameters<typeof cancelOrder>[0]

async function aSoldOrder(card?: string): Promise<{ buyer: Buyer; number: string; id: string }> {
  const buyer = await aBuyer(bench)
  await confirmWith(bench, await clickPay(bench, buyer), card)
  const { shop, token } = buyer
  await completeCart(bench.deps, aShopperCommand(shop, "complete", {}, { token }))
  return { buyer, ...(await orderOf(buyer)) }
}

async function orderOf(buyer: Buyer) {
  const { rows } = await bench.database.owner.query<{ id: string; number: string }>(
    "select id, number from sales.orders where account_id = $1",
    [buyer.shop.account.id],
  )
  return rows[0]!
}

const query = async <T extends object>(text: string, values: unknown[]) =>
  (await bench.database.owner.query<T>(text, values)).rows

const refundsOf = (orderId: string) =>
  query<{ id: string; state: string; amount_minor: number }>(
    `select r.id, r.state, r.amount_minor::int as amount_minor from pay.refund r join pay.payment p on p.id = r.payment_id where p.order_id = $1`,
    [orderId],
  )
const soldOf = async (buyer: Buyer) => {
  const [row] = await query<{ sold: number; capacity: number }>(
    "select sold, capacity from inv.variant where variant_id = $1",
    [firstOf(buyer.shop).variant.id],
  )
  return row
}

it("voids the tickets, returns the places, sends the money back and tells buyer and widgets", async () => {
  const { buyer, number, id } = await aSoldOrder()
  expect(await soldOf(buyer)).toEqual({ sold: 2, capacity: 10 })
  bench.changes.length = 0
  const actor = await anActor(buyer)
  expect(await cancelOrder(deps(), actor, number)).toEqual({
    outcome: "canceled",
    refundMinor: 4000,
    currency: "cad",
  })
  expect(await soldOf(buyer)).toEqual({ sold: 0, capacity: 10 })
  expect(await query("select distinct state from sales.ticket where order_id = $1", [id])).toEqual([
    { state: "void" },
  ])
  expect(bench.changes).toMatchObject([{ accountId: buyer.shop.account.id }])
  const jobs = await query<{ name: string }>(
    "select name from pgboss.job where data->>'orderId' = $1 order by name",
    [id],
  )
  expect(jobs.map((job) => job.name)).toEqual(["send-cancellation", "send-confirmation"])
  expect(
    await query("select person_id, action, subject from org.audit where account_id = $1", [
      buyer.shop.account.id,
    ]),
  ).toEqual([{ person_id: actor.userId, action: "order.canceled", subject: `order:${number}` }])

  const [refund] = await refundsOf(id)
  await refundPayment(bench.deps, { refundId: refund!.id })
  expect(await refundsOf(id)).toMatchObject([{ state: "succeeded", amount_minor: 4000 }])
  expect(await ordersOf(bench, buyer)).toMatchObject([{ state: "refunded", payment: "succeeded" }])
})

it.for(["the bank", "the provider"])(
  "is no longer given back in the reports when %s refuses the money",
  async (who) => {
    const { buyer, id } = await aSoldOrder("pm_card_refundFail")
    const refundedMinor = async () => {
      const pool = bench.database.pool
      await foldReports({ pool, reports: pool }, 0)
      const days = await readRollups(pool.db, {
        accountId: buyer.shop.account.id,
        model: "last",
        dimension: "campaign",
        event: "",
        from: "2020-01-01",
        to: "2100-01-01",
      })
      return rowsBy("campaign", days, []).map(({ now }) => now.refundedMinor)
    }
    await reserveRefund(id, 1500)
    expect(await refundedMinor()).toEqual([1500])
    const [refund] = await refundsOf(id)
    await refundPayment(refusing(who), { refundId: refund!.id })
    await settleAtBank(refund!.id)
    await refundPayment(bench.deps, { refundId: refund!.id })
    expect(await refundsOf(id)).toMatchObject([{ state: "failed" }])
    expect(await refundedMinor()).toEqual([0])
  },
)

/** A part of what was paid is to go back; the order stays paid. */
async function reserveRefund(orderId: string, amountMinor: number): Promise<void> {
  await query(
    `with reserved as (update pay.payment set refund_reserved_minor = $2 where order_id = $1 returning *)
     insert into pay.refund (id, account_id, payment_id, currency, amount_minor, idempotency_key, reason)
     select $3::uuid, account_id, id, currency, $2, $3::uuid::text, 'asked' from reserved`,
    [orderId, amountMinor, randomUUID()],
  )
}

/** The provider itself refuses, or takes the refund that the bank will refuse. */
function refusing(who: string): typeof bench.deps {
  if (who === "the bank") return bench.deps
  const refusal = { result: "rejected", code: "charge_disputed", isReplayed: false } as const
  return {
    ...bench.deps,
    payments: { ...bench.deps.payments, createRefund: () => Promise.resolve(refusal) },
  }
}

async function settleAtBank(refundId: string): Promise<void> {
  const { body } = await bench.bench.admin("GET", "/sandbox/objects?kind=refund&limit=1000")
  const objects = (body.data ?? []) as { id: string; metadata: { refund_id?: string } }[]
  const found = objects.find(({ metadata }) => metadata.refund_id === refundId)
  if (found) await bench.bench.admin("POST", "/sandbox/settle", { id: found.id })
}

it("cancels once, however often and at the same time it is asked for", async () => {
  const { buyer, number, id } = await aSoldOrder()
  const actor = await anActor(buyer)
  const answers = await Promise.all(
    Array.from({ length: 6 }, () => cancelOrder(deps(), actor, number)),
  )
  expect(answers.map((answer) => answer.outcome).toSorted()).toEqual([
    ...Array.from({ length: 5 }, () => "already"),
    "canceled",
  ])
  expect(await refundsOf(id)).toHaveLength(1)
  expect(await soldOf(buyer)).toMatchObject({ sold: 0 })
})

it("stays canceled whatever the provider repeats, and whoever comes in between", async () => {
  const { buyer, number, id } = await aSoldOrder()
  const actor = await anActor(buyer)
  const { shop, token } = buyer
  await Promise.all([
    cancelOrder(deps(), actor, number),
    completeCart(bench.deps, aShopperCommand(shop, "complete", {}, { token })),
    sweepPayments({ ...bench.deps } as never),
  ])
  await completeCart(bench.deps, aShopperCommand(shop, "complete", {}, { token }))
  expect(await ordersOf(bench, buyer)).toMatchObject([{ state: "canceled" }])
  expect(await refundsOf(id)).toMatchObject([{ amount_minor: 4000 }])
  expect(
    await query("select 1 from sales.ticket where order_id = $1 and state = 'valid'", [id]),
  ).toEqual([])
})

it("is refused while the money is on its way, and takes effect once it has come", async () => {
  const buyer = await aBuyer(bench)
  await confirmWith(bench, await clickPay(bench, buyer))
  const { number } = await orderOf(buyer)
  const actor = await anActor(buyer)
  const [early] = await Promise.all([
    cancelOrder(deps(), actor, number),
    completeCart(bench.deps, aShopperCommand(buyer.shop, "complete", {}, { token: buyer.token })),
  ])
  expect(["not-now", "canceled"]).toContain(early.outcome)
  const late = await cancelOrder(deps(), actor, number)
  expect(late.outcome).toBe(early.outcome === "canceled" ? "already" : "canceled")
})

it("sends nothing back for an order that cost nothing", async () => {
  const variants = [aVariant({ priceTypes: [aPriceType({ prices: { cad: { unitMinor: 0 } } })] })]
  const shop = aStorefront({ events: [anEvent({ products: [aProduct({ variants })] })] })
  const buyer = await aBuyer(bench, {
    shop: await insertStorefront(bench.database.owner, shop, 10),
  })
  const command = aShopperCommand(
    buyer.shop,
    "submit-details",
    { values: {} },
    { token: buyer.token },
  )
  await finishFreeOrder(bench.deps, command, (await cartOf(bench, buyer)).rev)
  const { number, id } = await orderOf(buyer)
  expect(await cancelOrder(deps(), await anActor(buyer), number)).toMatchObject({ refundMinor: 0 })
  expect(await refundsOf(id)).toEqual([])
  expect(await ordersOf(bench, buyer)).toMatchObject([{ state: "canceled" }])
})

it("is for those who handle orders, of this account", async () => {
  const { buyer, number } = await aSoldOrder()
  for (const role of ["marketer", "finance"] as const)
    expect(await cancelOrder(deps(), await anActor(buyer, role), number)).toMatchObject({
      outcome: "forbidden",
    })
  const other = await aBuyer(bench)
  expect(await cancelOrder(deps(), await anActor(other, "owner"), number)).toEqual({
    outcome: "unknown",
  })
  expect(await ordersOf(bench, buyer)).toMatchObject([{ state: "paid" }])
})

it("resends the confirmation while there are tickets, and not too often", async () => {
  const { buyer, number, id } = await aSoldOrder()
  const actor = await anActor(buyer)
  const resend = (isPatient = true) =>
    resendConfirmation(bench.deps, actor, number, async () => isPatient)
  expect(await resend()).toEqual({ outcome: "on-its-way", email: "ada@example.com" })
  expect(await resend(false)).toEqual({ outcome: "too-often" })
  expect(
    await query(
      "select 1 from pgboss.job where name = 'send-confirmation' and data->>'orderId' = $1 and data ? 'resendId'",
      [id],
    ),
  ).toHaveLength(1)
  await cancelOrder(deps(), actor, number)
  expect(await resend()).toEqual({ outcome: "not-now", state: "canceled" })
})
