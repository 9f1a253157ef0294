import fc from "fast-check"
import { completeCart } from "#flows/complete-order.ts"
import type { Begun } from "#flows/begin-payment.ts"
import { releaseHolds } from "#flows/release-holds.ts"
import { assertBooks } from "#testing/books.ts"
import { sweepNow } from "#testing/drills/payment-scenes.ts"
import { aShopperCommand, aStorefront, insertStorefront } from "#testing/fixtures.ts"
import {
  aBuyer,
  type Buyer,
  clickPay,
  confirmWith,
  ordersOf,
  type PurchaseBench,
  setQuantity,
} from "#testing/purchase.ts"

/** What can happen between the click on Pay and the end of a hold. Time passes for everybody: past the carts' deadline, or past every deadline. */
const moves = ["go on", "tell", "more", "late", "too late", "reap", "sweep"] as const
type Move = { readonly who: number; readonly what: (typeof moves)[number] }

/** Moves of one group happen at the same time; the groups one after the other. */
export type Story = { readonly capacity: number; readonly groups: readonly (readonly Move[])[] }

const buyerCount = 4
const each = 2
const lateMinutes = 16
const tooLateMinutes = 40

const anyMove = fc.oneof(
  { weight: 2, arbitrary: fc.constant("go on" as const) },
  { weight: 1, arbitrary: fc.constantFrom(...moves) },
)

export const stories: fc.Arbitrary<Story> = fc.record({
  capacity: fc.integer({ min: each, max: 3 * each }),
  groups: fc.array(
    fc.array(fc.record({ who: fc.nat({ max: buyerCount - 1 }), what: anyMove }), {
      minLength: 1,
      maxLength: 3,
    }),
    { minLength: 8, maxLength: 24 },
  ),
})

/** One that is sure to need its hold to live on: paid for in time, while others wait for every ticket. */
export const closeCall: Story = {
  capacity: each,
  groups: [
    [{ who: 0, what: "go on" }],
    [{ who: 0, what: "go on" }],
    [{ who: 0, what: "late" }],
    [{ who: 0, what: "reap" }],
    [{ who: 1, what: "go on" }],
    [{ who: 0, what: "go on" }],
    [{ who: 0, what: "tell" }],
  ],
}

/** One of the competitors, as far as they have come. */
type Competitor = { buyer?: Buyer; begun?: Begun; isCharged: boolean; isPromised: boolean }

/** Plays a story to its end and throws with what is wrong: money is honoured or returned, nothing is sold twice, a promise is kept. */
export async function play(bench: PurchaseBench, { capacity, groups }: Story): Promise<Tally> {
  const shop = await insertStorefront(bench.database.owner, aStorefront(), capacity)
  const competitors: Competitor[] = Array.from({ length: buyerCount }, () => ({
    isCharged: false,
    isPromised: false,
  }))
  for (const group of groups)
    await Promise.allSettled(
      group.map(({ who, what }) => move(bench, { shop, of: competitors[who]!, what })),
    )
  for (const { buyer } of competitors) if (buyer) await tell(bench, buyer).catch(() => {})
  await sweepNow(bench.deps)
  await sweepNow(bench.deps)
  const ends = await Promise.all(competitors.map((one) => judge(bench, one)))
  const faults = ends.flatMap((end) => end.faults)
  if (faults.length > 0) throw new Error(faults.join("; "))
  await assertBooks(bench.database.owner)
  const count = (which: "paid" | "returned") => ends.reduce((sum, end) => sum + end[which], 0)
  return { paid: count("paid"), returned: count("returned") }
}

/** How many orders ended in tickets, and how many in money sent back. */
export type Tally = { readonly paid: number; readonly returned: number }

type Step = { readonly shop: Buyer["shop"]; readonly of: Competitor; readonly what: Move["what"] }

async function move(bench: PurchaseBench, { shop, of, what }: Step): Promise<void> {
  const { buyer } = of
  switch (what) {
    case "go on":
      return goOn(bench, shop, of)
    case "tell":
      if (buyer) await hear(bench, of, buyer)
      return
    case "more":
      return void (buyer && (await setQuantity(bench.deps, buyer, 1)))
    case "late":
      return passTime(bench, shop.account.id, lateMinutes)
    case "too late":
      return passTime(bench, shop.account.id, tooLateMinutes)
    case "reap":
      return void (await releaseHolds(bench.deps))
    case "sweep":
      return sweepNow(bench.deps)
  }
}

/** Tickets and details, then the click on Pay, then the card. */
async function goOn(bench: PurchaseBench, shop: Buyer["shop"], of: Competitor): Promise<void> {
  if (!of.buyer) {
    of.buyer = await aBuyer(bench, { shop, quantity: each })
  } else if (!of.begun?.confirm) of.begun = await clickPay(bench, of.buyer)
  else if ((await confirmWith(bench, of.begun)) === "succeeded") of.isCharged = true
}

/** Money that is heard of before the order's own deadline has bought what it was for. */
async function hear(bench: PurchaseBench, of: Competitor, buyer: Buyer): Promise<void> {
  const wasCharged = of.isCharged
  const isInTime = await hasTime(bench, buyer)
  await tell(bench, buyer)
  if (wasCharged && isInTime && (await hasTime(bench, buyer))) of.isPromised = true
}

function tell({ deps }: PurchaseBench, { shop, token }: Buyer) {
  return completeCart(deps, aShopperCommand(shop, "complete", {}, { token }))
}

async function hasTime(bench: PurchaseBench, buyer: Buyer): Promise<boolean> {
  const newest = (await ordersOf(bench, buyer)).at(-1)
  const { rows } = await bench.database.owner.query<{ is_in_time: boolean }>(
    "select expires_at > clock_timestamp() as is_in_time from sales.orders where id = $1",
    [newest?.id],
  )
  return rows[0]?.is_in_time ?? false
}

/** The account's clock goes on: every deadline comes nearer. */
async function passTime(bench: PurchaseBench, accountId: string, minutes: number): Promise<void> {
  await bench.database.owner.query(
    `with carts as (update sales.cart set holds_expire_at = holds_expire_at - $2 * interval '1 minute' where account_id = $1 returning id),
       orders as (update sales.orders set expires_at = expires_at - $2 * interval '1 minute' where account_id = $1 returning id)
     update inv.hold set expires_at = expires_at - $2 * interval '1 minute' where account_id = $1 and state in ('held', 'paying')`,
    [accountId, minutes],
  )
}

async function judge(bench: PurchaseBench, one: Competitor) {
  if (!one.buyer) return { paid: 0, returned: 0, faults: [] }
  const orders = await ordersOf(bench, one.buyer)
  const paid = orders.filter(({ state, tickets }) => state === "paid" && tickets > 0)
  const returned = orders.filter(({ state }) => state === "refunded")
  const faults: string[] = []
  if (one.isCharged && paid.length + returned.length === 0)
    faults.push(`money was taken, and the orders are ${orders.map(({ state }) => state).join()}`)
  if (!one.isCharged && paid.length > 0) faults.push("tickets were given for nothing")
  if (one.isPromised && paid.length === 0) faults.push("money that came in time was sent back")
  if (orders.some(({ parked }) => parked)) faults.push("a payment was parked")
  return { paid: paid.length, returned: returned.length, faults }
}

/** The mutant: a hold keeps its cart's deadline when it is being paid for. */
export const holdIsNotExtended = [
  `create function inv.stay() returns trigger language plpgsql as $$
     begin new.expires_at := old.expires_at; return new; end $$`,
  `create trigger stay before update of state on inv.hold for each row
     when (old.state = 'held' and new.state = 'paying') execute function inv.stay()`,
]
