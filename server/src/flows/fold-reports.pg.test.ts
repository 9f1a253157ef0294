import { randomUUID } from "node:crypto"
import type { Touch } from "@foyer/shared/protocol"
import { array, assert, asyncProperty, constantFrom, integer, option, record } from "fast-check"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import {
  dayOf,
  type Dimension,
  dimensions,
  groupOf,
  type ReportRow,
  rowsBy,
  storedOf,
} from "#core/report.ts"
import { directTouch, promoValue, touchValues } from "#core/report-dimensions.ts"
import { type Measures, type Model, models, nothing } from "#core/report-fold.ts"
import type { Storefront } from "#core/storefront.ts"
import { countDay, foldReports } from "#flows/fold-reports.ts"
import { pruneVisits } from "#flows/prune-visits.ts"
import { withTx } from "#store/db.ts"
import { listStaleDays, moveZone, noteOrders, settleDay } from "#store/report-days.ts"
import { listShowSales, readRollups } from "#store/reports.ts"
import { replaceRollups } from "#store/rollups.ts"
import { keepVisits, type StepToKeep, type VisitToKeep } from "#store/visits.ts"
import { type TestDatabase, testDatabase } from "#testing/database.ts"
import { aStorefront, insertStorefront } from "#testing/fixtures.ts"
import {
  type Sale,
  writeOpenCart,
  writeRefund,
  writeSale,
  type WrittenSale,
} from "#testing/report-rows.ts"

let database: TestDatabase
beforeAll(async () => {
  database = await testDatabase()
})
afterAll(() => database[Symbol.asyncDispose]())

const fold = () => foldReports({ pool: database.pool, reports: database.pool }, 0)

/** Keeps visits from then on, a few at a time. */
const prune = (from: string) =>
  pruneVisits({ pool: database.pool, now: () => new Date(Date.parse(from) + 760 * 86_400_000) }, 3)

async function aShop(timeZone = "America/New_York"): Promise<Storefront> {
  const shop = aStorefront()
  return insertStorefront(database.owner, { ...shop, account: { ...shop.account, timeZone } })
}

async function rowsFor(
  shop: Storefront,
  wish: { model?: Model; dimension?: Dimension; event?: string; currency?: string },
): Promise<ReportRow[]> {
  const { model = "last", dimension = "campaign", event = "", currency = "usd" } = wish
  const days = await readRollups(database.pool.db, {
    accountId: shop.account.id,
    model,
    dimension: storedOf(dimension),
    event,
    from: "2020-01-01",
    to: "2030-01-01",
  })
  return rowsBy(
    dimension,
    days.filter((day) => day.currency === currency),
    [],
  )
}

const newsletter = { source: "newsletter", medium: "email", campaign: "november" }
const reels = { source: "instagram", medium: "paid_social", campaign: "reels" }

const aSale = (parts: Partial<Sale> = {}): Sale => ({
  touches: [
    { at: 1, ...newsletter },
    { at: 2, ...reels },
  ],
  currency: "usd",
  placedAt: "2026-11-20T17:00:00Z",
  lines: [{ event: "gala", totalMinor: 5001, quantity: 2, kind: "ticket" }],
  ...parts,
})

const aLine = (totalMinor: number) =>
  ({ event: "gala", totalMinor, quantity: 1, kind: "ticket" }) as const

describe("foldReports", () => {
  it("counts a sale under each model, and what was given back against what sold it", async () => {
    const shop = await aShop()
    const sale = await writeSale(database.owner, shop, aSale())
    await fold()
    const named = async (model: Model) =>
      (await rowsFor(shop, { model })).map(({ value, now }) => [
        value,
        now.soldMinor,
        now.refundedMinor,
      ])
    expect(await named("first")).toEqual([["november", 5001, 0]])
    expect(await named("last")).toEqual([["reels", 5001, 0]])
    expect(await named("linear")).toEqual([
      ["november", 2501, 0],
      ["reels", 2500, 0],
    ])
    await writeRefund(database.owner, shop, sale, "all")
    await fold()
    expect(await named("last")).toEqual([["reels", 5001, 5001]])
    const [row] = await rowsFor(shop, {})
    expect(row?.now).toMatchObject({ ordersPpm: 1e6, returnedPpm: 1e6, ticketsPpm: 0 })
  })

  it("counts a day in the account's zone, and all days anew when the zone moves", async () => {
    const shop = await aShop("Pacific/Auckland")
    await writeSale(database.owner, shop, aSale({ placedAt: "2026-11-20T12:00:00Z" }))
    await fold()
    const days = async () => {
      const wish = { model: "last", dimension: "promo", event: "" } as const
      const accountId = shop.account.id
      const range = { from: "2026-01-01", to: "2027-01-01" }
      const rolled = await readRollups(database.pool.db, { ...wish, ...range, accountId })
      return rolled.map(({ day }) => day)
    }
    expect(await days()).toEqual(["2026-11-21"])
    await database.owner.query("update org.account set time_zone = 'UTC' where id = $1", [
      shop.account.id,
    ])
    await fold()
    expect(await days()).toEqual(["2026-11-20"])
  })

  it("counts a day anew that was being counted by its old bounds when the zone moved", async () => {
    const shop = await aShop("Pacific/Auckland")
    const early = await writeSale(
      database.owner,
      shop,
      aSale({ placedAt: "2026-11-20T12:00:00Z", lines: [aLine(700)] }),
    )
    await writeSale(
      database.owner,
      shop,
      aSale({ placedAt: "2026-11-21T20:00:00Z", lines: [aLine(40)] }),
    )
    await fold()
    for (let news = 0; news < 3; news += 1)
      await withTx(database.pool, (tx) => noteOrders(tx, [early.orderId]))
    const accountId = shop.account.id
    const stale = await listStaleDays(database.pool.db, 100, 0)
    const day = stale.find((each) => each.accountId === accountId)!
    expect(day.day).toBe("2026-11-21")
    const slices = await countDay(database.pool, day)
    await database.owner.query("update org.account set time_zone = 'UTC' where id = $1", [
      accountId,
    ])
    await withTx(database.pool, (tx) => moveZone(tx, accountId))
    await withTx(database.pool, async (tx) => {
      if (await settleDay(tx, day, 1)) await replaceRollups(tx, accountId, day.day, slices)
    })
    await fold()
    const wish = { model: "last", dimension: "campaign", event: "" } as const
    const range = { from: "2026-01-01", to: "2027-01-01" }
    const rolled = await readRollups(database.pool.db, { ...wish, ...range, accountId })
    const sold = rolled.map((each) => [
      each.day,
      rowsBy("campaign", [each], []).map(({ now }) => now.soldMinor),
    ])
    expect(sold).toEqual([
      ["2026-11-20", [700]],
      ["2026-11-21", [40]],
    ])
  })

  it("counts the same visit and the same step once", async () => {
    const shop = await aShop()
    const accountId = shop.account.id
    const cartId = await writeOpenCart(database.owner, shop, [{ at: 1, ...reels }])
    const at = "2026-11-20T17:00:00.000Z"
    const visit: VisitToKeep = {
      accountId,
      visitId: randomUUID(),
      event: "",
      at,
      currency: "usd",
      touch: { at: 1, ...newsletter },
    }
    const step: StepToKeep = { accountId, cartId, step: "added", event: "", at, currency: "usd" }
    for (let times = 0; times < 2; times += 1) {
      await withTx(database.pool, (tx) => keepVisits(tx, [visit], [step]))
      await fold()
    }
    expect(await rowsFor(shop, {})).toMatchObject([
      { value: "november", now: { visits: 1, addedPpm: 0 } },
      { value: "reels", now: { visits: 0, addedPpm: 1e6 } },
    ])
  })

  it("takes an order for proof that its cart began", async () => {
    const shop = await aShop()
    await writeSale(database.owner, shop, aSale())
    await fold()
    const [row] = await rowsFor(shop, { event: "gala" })
    expect(row?.now).toMatchObject({ addedPpm: 1e6, beganPpm: 1e6, ordersPpm: 1e6 })
  })

  it("folds one day in several processes at once as in one", async () => {
    const shop = await aShop()
    for (let each = 0; each < 5; each += 1) await writeSale(database.owner, shop, aSale())
    await Promise.all([fold(), fold(), fold()])
    await fold()
    const [row] = await rowsFor(shop, {})
    expect(row?.now.soldMinor).toBe(5 * 5001)
  })

  it("keeps accounts apart", async () => {
    const [one, other] = [await aShop(), await aShop()]
    await writeSale(database.owner, one, aSale())
    await fold()
    expect(await rowsFor(other, {})).toEqual([])
  })
})

// Everything random that the report must get right: a naive recomputation over the raw rows has to say the same.

const anyTouch = record({
  at: integer({ min: 0, max: 4 }),
  source: option(constantFrom("newsletter", "Instagram"), { nil: undefined }),
  medium: option(constantFrom("email", "paid_social"), { nil: undefined }),
  campaign: option(constantFrom("a", "b", "c"), { nil: undefined }),
  term: option(constantFrom("=1+1", "x"), { nil: undefined }),
  ref: option(constantFrom("priya"), { nil: undefined }),
  clickIds: option(constantFrom({ gclid: "1" }, { fbclid: "2" }), { nil: undefined }),
  referrer: option(constantFrom("https://www.google.com/", "https://blog.example/x"), {
    nil: undefined,
  }),
  landingPage: option(constantFrom("https://club.example/", "https://club.example/gala?x"), {
    nil: undefined,
  }),
}).map((touch) => JSON.parse(JSON.stringify(touch)) as Touch)

// Around the night on which clocks in New York go back, and around midnights.
const anyMoment = integer({ min: 0, max: 96 }).map((hours) =>
  new Date(Date.parse("2026-10-30T12:30:00Z") + hours * 3_600_000).toISOString(),
)
const anyEvent = constantFrom("gala", "jam", "open-mic")
const anyCurrency = constantFrom("usd", "jpy")

const anySale = record({
  touches: array(anyTouch, { maxLength: 4 }),
  currency: anyCurrency,
  promoCode: option(constantFrom("LATE10", "NYE"), { nil: undefined }),
  placedAt: anyMoment,
  lines: array(
    record({
      event: anyEvent,
      totalMinor: integer({ min: 0, max: 9999 }),
      quantity: integer({ min: 1, max: 5 }),
      kind: constantFrom("ticket" as const, "merchandise" as const),
      startsAt: option(constantFrom("2026-11-01T00:00:00.000Z", "2026-11-03T01:30:00.000Z"), {
        nil: undefined,
      }),
    }).map(({ startsAt, ...line }) => ({ ...line, ...(startsAt && { startsAt }) })),
    { minLength: 1, maxLength: 3 },
  ),
  refund: option(constantFrom<"all" | number>("all", 1, 500), { nil: undefined }),
}).map(({ promoCode, ...sale }) => ({ ...sale, ...(promoCode && { promoCode }) }))

const anyVisit = record({
  at: anyMoment,
  event: constantFrom("", "gala", "jam"),
  currency: anyCurrency,
  touch: anyTouch,
})
const anyStep = record({
  at: anyMoment,
  event: constantFrom("", "gala"),
  currency: anyCurrency,
  step: constantFrom("added" as const, "began" as const),
  touches: array(anyTouch, { maxLength: 3 }),
})

const anyAsk = record({
  model: constantFrom(...models),
  dimension: constantFrom(...dimensions),
  event: constantFrom("", "gala", "jam"),
  currency: anyCurrency,
})

type AnySale = Sale & { refund: "all" | number | undefined }
type World = {
  readonly sales: readonly AnySale[]
  readonly visits: readonly Omit<VisitToKeep, "accountId" | "visitId">[]
  readonly steps: readonly (Omit<StepToKeep, "accountId" | "cartId"> & { touches: Touch[] })[]
}

async function write(shop: Storefront, { sales, visits, steps }: World): Promise<WrittenSale[]> {
  const accountId = shop.account.id
  const written: WrittenSale[] = []
  for (const sale of sales) written.push(await writeSale(database.owner, shop, sale))
  const stepped: StepToKeep[] = []
  for (const { touches, ...step } of steps) {
    const cartId = await writeOpenCart(database.owner, shop, touches)
    stepped.push({ ...step, accountId, cartId })
  }
  const seen = visits.map((visit) => ({ ...visit, accountId, visitId: randomUUID() }))
  await withTx(database.pool, (tx) => keepVisits(tx, seen, stepped))
  return written
}

/** What a report must say, told the slow way: from each sale, visit and step alone. */
function naive(
  world: World,
  day: (at: string) => boolean,
  ask: { model: Model; dimension: Dimension; event: string; currency: string },
): Map<string, Measures> {
  const told = new Map<string, Measures>()
  const credit = (
    touches: readonly Touch[],
    amounts: Partial<Measures>,
    promoCode?: string,
  ): void => {
    const inOrder = touches.toSorted((a, b) => a.at - b.at)
    const telling = inOrder.filter((touch) => {
      const { source, medium } = touchValues(touch).campaign
      return source !== "direct" || medium !== "none" || touch.source !== undefined
    })
    const chosen =
      ask.model === "linear"
        ? inOrder
        : ask.model === "first"
          ? inOrder.slice(0, 1)
          : [telling.at(-1) ?? inOrder.at(-1)].filter((touch) => touch !== undefined)
    const credited = chosen.length > 0 ? chosen : [directTouch]
    for (const [name, amount] of Object.entries(amounts) as [keyof Measures, number][])
      for (const [index, touch] of credited.entries()) {
        const stored = storedOf(ask.dimension)
        const at = groupOf(
          ask.dimension,
          stored === "promo" ? promoValue(promoCode) : touchValues(touch)[stored],
        )
        const key = [at.value, at.source, at.medium].join("|")
        const row = told.get(key) ?? nothing()
        told.set(key, row)
        const odd = BigInt(amount) % BigInt(credited.length)
        row[name] += Number(BigInt(amount) / BigInt(credited.length)) + (index < odd ? 1 : 0)
      }
  }
  const fits = (currency: string, at: string) => currency === ask.currency && day(at)
  for (const visit of world.visits)
    if (fits(visit.currency, visit.at) && visit.event === ask.event)
      credit([visit.touch], { visits: 1 })
  for (const step of world.steps)
    if (fits(step.currency, step.at) && step.event === ask.event)
      credit(step.touches, step.step === "added" ? { addedPpm: 1e6 } : { beganPpm: 1e6 })
  for (const sale of world.sales) {
    if (!fits(sale.currency, sale.placedAt)) continue
    const mine = sale.lines.filter((line) => ask.event === "" || line.event === ask.event)
    if (mine.length === 0) continue
    const total = (lines: Sale["lines"]) => lines.reduce((sum, line) => sum + line.totalMinor, 0)
    const isReturned = sale.refund === "all"
    const tickets = mine.filter((line) => line.kind === "ticket")
    const count = tickets.reduce((sum, line) => sum + line.quantity, 0)
    const refunded =
      sale.refund === undefined
        ? 0
        : isReturned
          ? total(sale.lines)
          : Math.min(Number(sale.refund), total(sale.lines))
    // A cart has no code yet that its sale could be told by.
    credit(sale.touches, { addedPpm: 1e6, beganPpm: 1e6 })
    credit(
      sale.touches,
      {
        ordersPpm: 1e6,
        returnedPpm: isReturned ? 1e6 : 0,
        ticketsPpm: isReturned ? 0 : count * 1e6,
        soldMinor: total(mine),
        refundedMinor: ask.event === "" ? refunded : refundOf(sale, refunded, ask.event),
      },
      sale.promoCode,
    )
  }
  return told
}

/** A refund is an event's by its share of the order; a cent that does not divide goes where the remainder is largest. */
function refundOf({ lines }: Sale, refunded: number, event: string): number {
  const events = [...new Set(lines.map((line) => line.event))].sort()
  const totals = events.map((each) =>
    lines.filter((line) => line.event === each).reduce((sum, line) => sum + line.totalMinor, 0),
  )
  const whole = totals.reduce((sum, each) => sum + each, 0)
  if (whole === 0) return 0
  const floors = totals.map((each) => Math.floor((each * refunded) / whole))
  const left = refunded - floors.reduce((sum, each) => sum + each, 0)
  const byRemainder = totals
    .map((each, index) => ({ index, remainder: (each * refunded) % whole }))
    .sort((a, b) => b.remainder - a.remainder || a.index - b.index)
  for (const { index } of byRemainder.slice(0, left)) floors[index]! += 1
  return floors[events.indexOf(event)] ?? 0
}

/** How each show sold by days to it, from each sale alone: tickets and minor units by show and days. */
function naiveShows({ sales }: World, event: string, currency: string): Map<string, number[]> {
  const told = new Map<string, number[]>()
  for (const sale of sales)
    for (const line of sale.lines) {
      const isCounted = sale.currency === currency && sale.refund !== "all" && line.event === event
      if (!isCounted || line.kind !== "ticket" || line.startsAt === undefined) continue
      const aheadMs = Date.parse(line.startsAt) - Date.parse(sale.placedAt)
      const key = `${line.startsAt} ${Math.floor(aheadMs / 86_400_000)}`
      const [tickets = 0, soldMinor = 0] = told.get(key) ?? []
      told.set(key, [tickets + line.quantity, soldMinor + line.totalMinor])
    }
  return told
}

describe("pruneVisits", () => {
  it("keeps visits of long ago as counts by day: a day that is counted anew has them still", async () => {
    const shop = await aShop("Pacific/Auckland")
    const accountId = shop.account.id
    const visit = (at: string, gclid: string, page: string) => ({
      accountId,
      visitId: randomUUID(),
      event: "",
      at,
      currency: "usd",
      touch: { at: 0, clickIds: { gclid }, referrer: `https://blog.example/${page}` },
    })
    const old = ["10", "11", "12", "13"].map((hour) =>
      visit(`2026-10-30T${hour}:30:00Z`, hour, "a"),
    )
    const young = visit("2026-10-31T12:30:00Z", "x", "b")
    await withTx(database.pool, (tx) => keepVisits(tx, [...old, young], []))
    await fold()
    const before = await rowsFor(shop, { dimension: "click" })
    expect(before.map(({ value, now }) => [value, now.visits])).toEqual([["google", 5]])
    await prune("2026-10-31T12:30:00Z")
    const { rows: left } = await database.owner.query(
      "select visit_id from marketing.visit where account_id = $1",
      [accountId],
    )
    expect(left).toEqual([{ visit_id: young.visitId }])
    const { rows: kept } = await database.owner.query(
      "select day::text, sum(count)::int as count, click_ids, referrer from marketing.old_visit where account_id = $1 group by 1, 3, 4 order by 1",
      [accountId],
    )
    const told = { click_ids: { gclid: "" }, referrer: "https://blog.example" }
    expect(kept).toEqual([
      { day: "2026-10-30", count: 1, ...told },
      { day: "2026-10-31", count: 3, ...told },
    ])
    await database.owner.query(
      "update marketing.report_day set rev = rev + 1 where account_id = $1",
      [accountId],
    )
    await fold()
    expect(await rowsFor(shop, { dimension: "click" })).toEqual(before)
  })
})

describe("a report", () => {
  it("says what a recomputation from the raw rows says, however the news came in", async () => {
    const anyWorld = record({
      sales: array(anySale, { maxLength: 12 }),
      visits: array(anyVisit, { maxLength: 10 }),
      steps: array(anyStep, { maxLength: 6 }),
    })
    const property = asyncProperty(
      constantFrom("America/New_York", "Pacific/Auckland", "UTC"),
      anyWorld,
      anyWorld,
      anyMoment,
      array(anyAsk, { minLength: 6, maxLength: 6 }),
      async (timeZone, early, late, oldest, asks) => {
        const shop = await aShop(timeZone)
        const sold = await write(shop, early)
        await fold()
        await prune(oldest)
        const soldLater = await write(shop, late)
        for (const [index, { refund }] of early.sales.entries())
          if (refund !== undefined) await writeRefund(database.owner, shop, sold[index]!, refund)
        await fold()
        for (const [index, { refund }] of late.sales.entries())
          if (refund !== undefined)
            await writeRefund(database.owner, shop, soldLater[index]!, refund)
        await prune(oldest)
        await fold()
        const world: World = {
          sales: [...early.sales, ...late.sales],
          visits: [...early.visits, ...late.visits],
          steps: [...early.steps, ...late.steps],
        }
        for (const event of ["gala", "jam"]) {
          const shows = await listShowSales(database.pool.db, shop.account.id, event, "usd")
          const curve = shows.map(({ startsAt, daysBefore, tickets, soldMinor }) => {
            return [`${startsAt} ${daysBefore}`, [tickets, soldMinor]] as const
          })
          expect(new Map(curve)).toEqual(naiveShows(world, event, "usd"))
        }
        const range = { from: "2026-10-31", to: "2026-11-01" }
        for (const ask of asks) {
          const expected = naive(
            world,
            (at) => {
              const day = dayOf(at, timeZone)
              return day >= range.from && day <= range.to
            },
            ask,
          )
          const days = await readRollups(database.pool.db, {
            accountId: shop.account.id,
            ...range,
            model: ask.model,
            dimension: storedOf(ask.dimension),
            event: ask.event,
          })
          const rows = rowsBy(
            ask.dimension,
            days.filter((day) => day.currency === ask.currency),
            [],
          )
          const said = new Map(
            rows.map(({ value, source, medium, now }) => [[value, source, medium].join("|"), now]),
          )
          expect(said).toEqual(expected)
        }
      },
    )
    await assert(property, { numRuns: 25 })
  })
})
