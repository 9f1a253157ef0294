import { randomUUID } from "node:crypto"
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest"
import type { Promotion, Storefront } from "#core/storefront.ts"
import { applyPromo } from "#flows/apply-promo.ts"
import { completeCart, completeOrder } from "#flows/complete-order.ts"
import { withTx } from "#store/db.ts"
import { lockStock } from "#store/stock-commit.ts"
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
  expireHolds,
  intentsOf,
  openPurchaseBench,
  ordersOf,
  type PurchaseBench,
  setQuantity,
} from "#testing/purchase.ts"

let bench: PurchaseBench
beforeAll(async () => {
  bench = await openPurchaseBench()
})
afterEach(() => assertBooks(bench.database.owner))
afterAll(() => bench[Symbol.asyncDispose]())

const complete = ({ shop, token }: Buyer) =>
  completeCart(bench.deps, aShopperCommand(shop, "complete", {}, { token }))

const sell = (shop: Storefront, capacity = 10) =>
  insertStorefront(bench.database.owner, shop, capacity)

/** Everything the database has about the buyer's stock, in one line: places held and sold. */
async function stockOf({ shop }: Buyer) {
  const { rows } = await bench.database.owner.query<{ held: number; sold: number }>(
    "select held, sold from inv.variant where variant_id = $1",
    [firstOf(shop).variant.id],
  )
  return rows[0]
}

describe("a card", () => {
  it("buys two tickets, which are sold, written down and mailed", async () => {
    const buyer = await aBuyer(bench)
    const begun = await clickPay(bench, buyer)
    expect(begun.outcome.outcome).toBe("done")
    expect(begun.confirm).toMatchObject({ amountMinor: 4000, currency: "cad" })
    expect(await cartOf(bench, buyer)).toMatchObject({ state: "frozen" })
    expect(await confirmWith(bench, begun)).toBe("succeeded")
    expect((await complete(buyer)).outcome).toBe("done")
    expect(await cartOf(bench, buyer)).toMatchObject({ state: "completed" })
    expect(await stockOf(buyer)).toEqual({ held: 0, sold: 2 })
    const orders = await ordersOf(bench, buyer)
    expect(orders).toMatchObject([{ state: "paid", payment: "succeeded", tickets: 2 }])
    const [{ id } = { id: "" }] = orders
    const { rows: events } = await bench.database.owner.query(
      "select type, actor_type as actor from es.event where stream = $1 order by version",
      [`order-${id}`],
    )
    expect(events).toEqual([
      { type: "OrderPlaced", actor: "shopper" },
      { type: "OrderPaid", actor: "socket" },
    ])
    const { rows: jobs } = await bench.database.owner.query(
      "select name from pgboss.job where data->>'orderId' = $1",
      [id],
    )
    expect(jobs).toEqual([{ name: "send-confirmation" }])
  })

  it.each(["partially_refunded", "disputed"])("has bought what is already %s", async (state) => {
    const buyer = await aBuyer(bench)
    await confirmWith(bench, await clickPay(bench, buyer))
    const move = async (to: string) => {
      const [order] = await ordersOf(bench, buyer)
      const { owner } = bench.database
      await owner.query("update sales.orders set state = $1 where id = $2", [to, order!.id])
    }
    const payments: typeof bench.deps.payments = {
      ...bench.deps.payments,
      async retrieveIntent(id) {
        await completeOrder(bench.deps, { providerId: id }, "webhook")
        await move(state)
        return bench.deps.payments.retrieveIntent(id)
      },
    }
    const command = aShopperCommand(buyer.shop, "complete", {}, { token: buyer.token })
    const outcome = await completeCart({ ...bench.deps, payments }, command)
    expect(outcome).toMatchObject({ outcome: "done" })
    // Won after all: no money has gone back.
    for (const after of ["disputed", "paid"]) await move(after)
  })

  it("is declined, and the next one goes through the same payment", async () => {
    const buyer = await aBuyer(bench)
    const begun = await clickPay(bench, buyer)
    expect(await confirmWith(bench, begun, "pm_card_visa_chargeDeclinedInsufficientFunds")).toBe(
      "insufficient_funds",
    )
    expect(await complete(buyer)).toMatchObject({
      outcome: "refused",
      refusal: { reason: "card-declined", code: "insufficient_funds" },
    })
    expect(await cartOf(bench, buyer)).toMatchObject({ state: "frozen" })
    const again = await clickPay(bench, buyer)
    expect(again.confirm).toEqual(begun.confirm)
    expect(await ordersOf(bench, buyer)).toMatchObject([{ payment: "requires_action" }])
    expect(await confirmWith(bench, again)).toBe("succeeded")
    expect((await complete(buyer)).outcome).toBe("done")
    expect(await intentsOf(bench, buyer)).toEqual(["succeeded"])
  })

  it("is declined twice, and said to be twice", async () => {
    const buyer = await aBuyer(bench)
    const declined = { outcome: "refused", refusal: { reason: "card-declined" } }
    const first = await clickPay(bench, buyer)
    await confirmWith(bench, first, "pm_card_visa_chargeDeclined")
    expect(await complete(buyer)).toMatchObject(declined)
    const second = await clickPay(bench, buyer)
    expect(await complete(buyer)).toMatchObject({ outcome: "working" })
    await confirmWith(bench, second, "pm_card_visa_chargeDeclined")
    expect(await complete(buyer)).toMatchObject(declined)
  })

  it("waits for 3-D Secure without an answer", async () => {
    const buyer = await aBuyer(bench)
    const begun = await clickPay(bench, buyer)
    expect(await confirmWith(bench, begun, "pm_card_authenticationRequired")).toBe(
      "requires_action",
    )
    expect(await complete(buyer)).toMatchObject({ outcome: "working" })
    expect(await ordersOf(bench, buyer)).toMatchObject([{ state: "awaiting_payment" }])
  })

  it("is processed slowly: the order waits, and cannot be paid twice", async () => {
    const buyer = await aBuyer(bench)
    const begun = await clickPay(bench, buyer)
    expect(await confirmWith(bench, begun, "pm_card_bypassPending")).toBe("processing")
    const processing = { outcome: "refused", refusal: { reason: "payment-processing" } }
    expect(await complete(buyer)).toMatchObject(processing)
    expect(await ordersOf(bench, buyer)).toMatchObject([{ state: "processing" }])
    expect((await clickPay(bench, buyer)).outcome).toMatchObject(processing)
  })
})

describe("a free order", () => {
  it("is paid at once and never heard of by the provider", async () => {
    const prices = { cad: { unitMinor: 0 } }
    const showtimeId = randomUUID()
    const variants = [aVariant({ showtimeId, priceTypes: [aPriceType({ prices })] })]
    const [showtime] = anEvent().showtimes
    const showtimes = [{ ...showtime!, id: showtimeId }]
    const events = [anEvent({ showtimes, products: [aProduct({ variants })] })]
    const shop = await sell(aStorefront({ events }))
    const buyer = await aBuyer(bench, { shop, totalMinor: 0 })
    const begun = await clickPay(bench, buyer)
    expect(begun).toEqual({ outcome: { outcome: "done", rev: expect.any(Number) } })
    expect(await cartOf(bench, buyer)).toMatchObject({ state: "completed" })
    expect(await ordersOf(bench, buyer)).toMatchObject([
      { state: "paid", payment: null, tickets: 2 },
    ])
    expect(await stockOf(buyer)).toEqual({ held: 0, sold: 2 })
    expect(await intentsOf(bench, buyer)).toEqual([])
  })
})

describe("the same click", () => {
  it("answers the same when it comes again, with the secret fetched anew", async () => {
    const buyer = await aBuyer(bench)
    const { rev: base } = await cartOf(bench, buyer)
    const op = randomUUID()
    const first = await clickPay(bench, buyer, { op, base })
    const second = await clickPay(bench, buyer, { op, base })
    expect(second).toEqual(first)
    expect(await intentsOf(bench, buyer)).toEqual(["requires_payment_method"])
  })

  it("is refused with another body", async () => {
    const buyer = await aBuyer(bench)
    const op = randomUUID()
    await clickPay(bench, buyer, { op, amountMinor: 1 })
    const { outcome } = await clickPay(bench, buyer, { op })
    expect(outcome).toEqual({ outcome: "op-reused" })
  })

  it("keeps the secret out of the database", async () => {
    const buyer = await aBuyer(bench)
    const { confirm } = await clickPay(bench, buyer)
    const { rows } = await bench.database.owner.query<{ text: string }>(
      `select k::text as text from ops.command k union all select c::text from pay.provider_call c
       union all select p::text from pay.payment p union all select e::text from es.event e`,
    )
    expect(confirm?.clientSecret).toMatch(/_secret_/)
    expect(rows.filter(({ text }) => text.includes("_secret_"))).toEqual([])
  })
})

describe("two tabs", () => {
  it("that pay at once make one order and one payment", async () => {
    const buyer = await aBuyer(bench)
    const { rev: base } = await cartOf(bench, buyer)
    const clicks = await Promise.all(
      Array.from({ length: 5 }, () => clickPay(bench, buyer, { base })),
    )
    const outcomes = clicks.map(({ outcome }) => outcome.outcome)
    expect(outcomes.filter((outcome) => outcome === "done").length).toBeGreaterThan(0)
    expect(new Set(outcomes)).not.toContain("refused")
    expect(await intentsOf(bench, buyer)).toEqual(["requires_payment_method"])
    expect(await ordersOf(bench, buyer)).toHaveLength(1)
  })

  it("that complete at once sell once", async () => {
    const buyer = await aBuyer(bench)
    await confirmWith(bench, await clickPay(bench, buyer))
    const answers = await Promise.all(Array.from({ length: 8 }, () => complete(buyer)))
    expect(new Set(answers.map(({ outcome }) => outcome))).toEqual(new Set(["done"]))
    expect(await stockOf(buyer)).toEqual({ held: 0, sold: 2 })
  })
})

describe("what the shopper did not agree to is not charged", () => {
  it("another amount, another currency, another revision", async () => {
    const buyer = await aBuyer(bench)
    const changed = { outcome: "refused", refusal: { reason: "price-changed", totalMinor: 4000 } }
    expect((await clickPay(bench, buyer, { amountMinor: 3999 })).outcome).toMatchObject(changed)
    expect((await clickPay(bench, buyer, { currency: "usd" })).outcome).toMatchObject(changed)
    expect((await clickPay(bench, buyer, { base: 1 })).outcome).toMatchObject(changed)
    expect(await ordersOf(bench, buyer)).toEqual([])
    expect(await cartOf(bench, buyer)).toMatchObject({ state: "open" })
  })

  it("a price that rose between the clicks", async () => {
    const buyer = await aBuyer(bench)
    await bench.database.owner.query(
      "update catalogue.price set unit_minor = 2500 where price_type_id = $1",
      [firstOf(buyer.shop).priceType.id],
    )
    await bench.database.owner.query(
      "update org.account set catalogue_rev = catalogue_rev + 1 where id = $1",
      [buyer.shop.account.id],
    )
    expect((await clickPay(bench, buyer)).outcome).toMatchObject({
      refusal: { reason: "price-changed", totalMinor: 5000 },
    })
    const agreed = await clickPay(bench, buyer, { amountMinor: 5000 })
    expect(agreed.confirm).toMatchObject({ amountMinor: 5000 })
  })

  it("holds that ran out", async () => {
    const buyer = await aBuyer(bench)
    await expireHolds(bench, buyer)
    expect((await clickPay(bench, buyer)).outcome).toMatchObject({
      refusal: { reason: "holds-expired" },
    })
    expect(await ordersOf(bench, buyer)).toEqual([])
  })

  it("an empty cart, a form with gaps, a completed cart", async () => {
    const empty = await aBuyer(bench)
    await setQuantity(bench.deps, empty, 0)
    expect((await clickPay(bench, empty, { amountMinor: 0 })).outcome).toMatchObject({
      refusal: { reason: "cart-empty" },
    })
    const nameless = await aBuyer(bench)
    await bench.database.owner.query("update sales.cart set details = '{}' where id = $1", [
      (await cartOf(bench, nameless)).id,
    ])
    expect((await clickPay(bench, nameless)).outcome).toMatchObject({
      refusal: { reason: "details-incomplete" },
    })
    const done = await aBuyer(bench)
    await confirmWith(bench, await clickPay(bench, done))
    await complete(done)
    expect((await clickPay(bench, done)).outcome).toMatchObject({
      refusal: { reason: "cart-completed" },
    })
  })

  it("somebody else's cart, or none", async () => {
    const buyer = await aBuyer(bench)
    const stranger = await aBuyer(bench)
    const { outcome } = await clickPay(bench, { ...buyer, shop: stranger.shop }, { base: 2 })
    expect(outcome).toMatchObject({ refusal: { reason: "cart-empty" } })
  })
})

describe("a promo code", () => {
  const halfPrice = (parts: Partial<Promotion> = {}): Promotion => ({
    id: randomUUID(),
    code: "HALF",
    kind: "percent",
    percentPpm: 500_000,
    per: "order",
    appliesTo: "everything",
    amounts: {},
    ...parts,
  })

  async function withCode(parts: Partial<Promotion> = {}, shop?: Storefront): Promise<Buyer> {
    const promotion = halfPrice(parts)
    const store =
      shop ?? (await sell(aStorefront({ promotions: new Map([[promotion.code, promotion]]) })))
    const buyer = await aBuyer(bench, { shop: store, totalMinor: 2000 })
    const { token } = buyer
    const applied = await applyPromo(
      bench.deps,
      aShopperCommand(store, "apply-promo", { code: "HALF" }, { token }),
    )
    expect(applied.outcome).toBe("done")
    return buyer
  }

  const usesOf = async (buyer: Buyer) => {
    const { rows } = await bench.database.owner.query<{ used: number; state: string }>(
      `select p.used, r.state from catalogue.promotion p left join sales.promotion_redemption r on r.promotion_id = p.id
        where p.account_id = $1 order by r.order_id`,
      [buyer.shop.account.id],
    )
    return rows
  }

  it("is reserved with the order and used with the money", async () => {
    const buyer = await withCode({ usageLimit: 1 })
    const begun = await clickPay(bench, buyer)
    expect(await usesOf(buyer)).toEqual([{ used: 1, state: "reserved" }])
    await confirmWith(bench, begun)
    await complete(buyer)
    expect(await usesOf(buyer)).toEqual([{ used: 1, state: "used" }])
  })

  it("that others used up meanwhile is refused, and the full price is agreed to", async () => {
    const buyer = await withCode({ usageLimit: 1 })
    const other = await withCode({}, buyer.shop)
    expect((await clickPay(bench, other)).outcome.outcome).toBe("done")
    const refused = { refusal: { reason: "promo-refused", code: "HALF", why: "used-up" } }
    expect((await clickPay(bench, buyer)).outcome).toMatchObject(refused)
    const agreed = await clickPay(bench, buyer, { amountMinor: 4000 })
    expect(agreed.confirm).toMatchObject({ amountMinor: 4000 })
  })

  it("with one use left goes to one of four who pay at once", async () => {
    const first = await withCode({ usageLimit: 1 })
    const others = await Promise.all(Array.from({ length: 3 }, () => withCode({}, first.shop)))
    const clicks = await Promise.all([first, ...others].map((buyer) => clickPay(bench, buyer)))
    const outcomes = clicks.map(({ outcome }) => outcome.outcome).toSorted()
    expect(outcomes).toEqual(["done", "refused", "refused", "refused"])
  })

  it("that makes an order free waits for stock before it is claimed, as everywhere", async () => {
    const buyer = { ...(await withCode({ percentPpm: 1_000_000 })), totalMinor: 0 }
    const { pool, owner } = bench.database
    const { variant } = firstOf(buyer.shop)
    const promotion = [...buyer.shop.promotions.values()][0]
    const { click } = await withTx(pool, async (tx) => {
      await lockStock(tx, [variant.id])
      const begun = { click: clickPay(bench, buyer) }
      const waiting = "datname = current_database() and wait_event_type = 'Lock'"
      const look = () => owner.query(`select from pg_stat_activity where ${waiting}`)
      await vi.waitFor(async () => expect((await look()).rows).toHaveLength(1), { timeout: 20_000 })
      await tx.$client.query("select from catalogue.promotion where id = $1 for update", [
        promotion!.id,
      ])
      return begun
    })
    expect((await click).outcome).toMatchObject({ outcome: "done" })
    expect(await ordersOf(bench, buyer)).toMatchObject([{ state: "paid" }])
  })

  it("that expired between the clicks is refused", async () => {
    const buyer = await withCode()
    await bench.database.owner.query(
      "update catalogue.promotion set ends_at = clock_timestamp() - interval '1 minute' where account_id = $1",
      [buyer.shop.account.id],
    )
    await bench.database.owner.query(
      "update org.account set catalogue_rev = catalogue_rev + 1 where id = $1",
      [buyer.shop.account.id],
    )
    expect((await clickPay(bench, buyer)).outcome).toMatchObject({
      refusal: { reason: "promo-refused", code: "HALF", why: "expired" },
    })
  })
})
