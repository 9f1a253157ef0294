import { randomUUID } from "node:crypto"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import type { Audience } from "#core/audience.ts"
import type { Outcome } from "#core/outcome.ts"
import type { Promotion, Storefront } from "#core/storefront.ts"
import { applyPromo } from "#flows/apply-promo.ts"
import { promotionFacts } from "#flows/promotion-facts.ts"
import { submitDetails } from "#flows/submit-details.ts"
import { completeCart } from "#flows/complete-order.ts"
import { aShopperCommand, aStorefront, aToken, insertStorefront } from "#testing/fixtures.ts"
import {
  type Buyer,
  cartOf,
  clickPay,
  confirmWith,
  openPurchaseBench,
  type PurchaseBench,
  setQuantity,
} from "#testing/purchase.ts"

let bench: PurchaseBench
beforeAll(async () => {
  bench = await openPurchaseBench()
})
afterAll(() => bench[Symbol.asyncDispose]())

const half = (audience: Audience): Promotion => ({
  id: randomUUID(),
  code: "HALF",
  kind: "percent",
  percentPpm: 500_000,
  per: "order",
  appliesTo: "everything",
  audience,
  amounts: {},
})

async function sell(audience: Audience): Promise<Storefront> {
  const shop = aStorefront({ promotions: new Map([["HALF", half(audience)]]) })
  return insertStorefront(bench.database.owner, shop, 100)
}

/** Somebody with two tickets in the cart, before the form. */
async function comer(shop: Storefront): Promise<Buyer> {
  const buyer = { shop, token: aToken(), totalMinor: 2000 }
  await setQuantity(bench.deps, buyer, 2)
  return buyer
}

const type = (buyer: Buyer): Promise<Outcome> =>
  applyPromo(
    bench.deps,
    aShopperCommand(buyer.shop, "apply-promo", { code: "HALF" }, { token: buyer.token }),
  )

function fillIn({ shop, token }: Buyer, email: string): Promise<Outcome> {
  const values = { email, firstName: "Ada", lastName: "Lovelace" }
  return submitDetails(bench.deps, aShopperCommand(shop, "submit-details", { values }, { token }))
}

async function buy(buyer: Buyer, email: string): Promise<Outcome> {
  await fillIn(buyer, email)
  const begun = await clickPay(bench, buyer)
  await confirmWith(bench, begun)
  const { shop, token } = buyer
  return completeCart(bench.deps, aShopperCommand(shop, "complete", {}, { token }))
}

const refused = (why: string) => ({
  outcome: "refused",
  refusal: { reason: "promo-refused", code: "HALF", why },
})

describe("a code for first orders", () => {
  it("is half price once; the second time the form says so, keeps what was typed and goes on without it", async () => {
    const shop = await sell({ who: "first-time" })
    const first = await comer(shop)
    expect(await type(first)).toMatchObject({ outcome: "done" })
    expect(await buy(first, "ada@example.com")).toMatchObject({ outcome: "done" })

    const again = await comer(shop)
    expect(await type(again)).toMatchObject({ outcome: "done" })
    expect(await fillIn(again, " Ada@Example.com ")).toMatchObject(refused("first-time-only"))
    const cart = await cartOf(bench, again)
    expect(cart.promoCode).toBeUndefined()
    expect(cart.details["firstName"]).toBe("Ada")
    expect(await fillIn(again, "ada@example.com")).toMatchObject({ outcome: "done" })
    const agreed = await clickPay(bench, again, { amountMinor: 4000 })
    expect(agreed.confirm).toMatchObject({ amountMinor: 4000 })
  })

  it("is refused at once to who has filled in the form already", async () => {
    const shop = await sell({ who: "first-time" })
    expect(await buy({ ...(await comer(shop)), totalMinor: 4000 }, "bo@example.com")).toMatchObject(
      {
        outcome: "done",
      },
    )
    const again = await comer(shop)
    await fillIn(again, "bo@example.com")
    expect(await type(again)).toMatchObject(refused("first-time-only"))
    expect((await cartOf(bench, again)).promoCode).toBeUndefined()
  })

  it("goes to one of three carts of the same buyer that are paid at once", async () => {
    const shop = await sell({ who: "first-time" })
    const carts = await Promise.all([comer(shop), comer(shop), comer(shop)])
    for (const buyer of carts) {
      await type(buyer)
      expect(await fillIn(buyer, "cy@example.com")).toMatchObject({ outcome: "done" })
    }
    const clicks = await Promise.all(carts.map((buyer) => clickPay(bench, buyer)))
    const outcomes = clicks.map(({ outcome }) => outcome)
    expect(outcomes.filter(({ outcome }) => outcome === "done")).toHaveLength(1)
    for (const outcome of outcomes.filter((each) => each.outcome === "refused"))
      expect(outcome).toMatchObject(refused("first-time-only"))
  })

  it("stays with the cart whose own order has claimed it, a limited one too", async () => {
    const limited = { ...half({ who: "first-time" }), usageLimit: 1 }
    const shop = await insertStorefront(
      bench.database.owner,
      aStorefront({ promotions: new Map([["HALF", limited]]) }),
      100,
    )
    const buyer = await comer(shop)
    await type(buyer)
    await fillIn(buyer, "kim@example.com")
    expect((await clickPay(bench, buyer)).outcome).toMatchObject({ outcome: "done" })
    const facts = async (cart: { readonly id?: string }) =>
      promotionFacts(bench.database.pool.db, shop, { ...(await cartOf(bench, buyer)), ...cart })
    expect(await facts({})).toEqual({
      promotionUses: new Map([[limited.id, 0]]),
      buyer: { email: "kim@example.com", hasBought: false },
    })
    expect(await facts({ id: randomUUID() })).toEqual({
      promotionUses: new Map([[limited.id, 1]]),
      buyer: { email: "kim@example.com", hasBought: true },
    })
  })

  it("does not count what somebody bought from another organizer", async () => {
    const elsewhere = await comer(await sell({ who: "first-time" }))
    await type(elsewhere)
    await buy(elsewhere, "di@example.com")
    const here = await comer(await sell({ who: "first-time" }))
    await type(here)
    expect(await fillIn(here, "di@example.com")).toMatchObject({ outcome: "done" })
  })
})

describe("a code for who comes back", () => {
  it("is refused to who is new, and taken from who bought before", async () => {
    const shop = await sell({ who: "returning" })
    const stranger = await comer(shop)
    await type(stranger)
    expect(await fillIn(stranger, "eve@example.com")).toMatchObject(refused("returning-only"))
    await buy({ ...stranger, totalMinor: 4000 }, "eve@example.com")
    const back = await comer(shop)
    await type(back)
    expect(await buy(back, "eve@example.com")).toMatchObject({ outcome: "done" })
  })
})

describe("a code for a list", () => {
  it("is taken from its addresses and domains only, and judged again by the order", async () => {
    const shop = await sell({ who: "listed", emails: ["flo@example.com", "@club.example"] })
    const gus = await comer(shop)
    await type(gus)
    expect(await fillIn(gus, "gus@example.com")).toMatchObject(refused("not-on-the-list"))

    const hal = await comer(shop)
    await type(hal)
    expect(await fillIn(hal, "hal@CLUB.example")).toMatchObject({ outcome: "done" })
    await bench.database.owner.query(
      "update sales.cart set details = jsonb_set(details, '{email}', '\"hal@other.example\"') where id = $1",
      [(await cartOf(bench, hal)).id],
    )
    expect((await clickPay(bench, hal)).outcome).toMatchObject(refused("not-on-the-list"))
  })
})
