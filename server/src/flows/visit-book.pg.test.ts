import { randomUUID } from "node:crypto"
import { afterAll, beforeAll, expect, it } from "vitest"
import { openVisitBook } from "#flows/visit-book.ts"
import { openPool } from "#store/db.ts"
import { type TestDatabase, testDatabase } from "#testing/database.ts"
import { aStorefront, insertStorefront } from "#testing/fixtures.ts"
import { writeOpenCart } from "#testing/report-rows.ts"

let database: TestDatabase
beforeAll(async () => {
  database = await testDatabase()
})
afterAll(() => database[Symbol.asyncDispose]())

const at = "2026-11-20T17:00:00.000Z"
const aShop = () => insertStorefront(database.owner, aStorefront())

const aVisit = (accountId: string, visitId: string = randomUUID()) => ({
  accountId,
  visitId,
  at,
  currency: "cad",
  touch: { at: 1, source: "a\u0007b", campaign: " x " },
})

async function kept(accountId: string) {
  const { rows } = await database.owner.query<{ source: string; campaign: string; event: string }>(
    "select source, campaign, event_slug as event from marketing.visit where account_id = $1 order by event_slug",
    [accountId],
  )
  return rows
}

it("counts a page once, and each event that it was shown once, whichever process hears of it", async () => {
  const { account } = await aShop()
  const visit = aVisit(account.id)
  await using one = openVisitBook({ pool: database.pool })
  await using other = openVisitBook({ pool: database.pool })
  for (const book of [one, other, one]) {
    book.saw(visit)
    book.saw({ ...visit, event: "gala" })
    await book.flush()
  }
  const clean = { source: "ab", campaign: "x" }
  expect(await kept(account.id)).toEqual([
    { ...clean, event: "" },
    { ...clean, event: "gala" },
  ])
})

it("keeps how far a cart came, for each event in it", async () => {
  const shop = await aShop()
  const accountId = shop.account.id
  const cartId = await writeOpenCart(database.owner, shop, [])
  await using book = openVisitBook({ pool: database.pool })
  const step = { accountId, cartId, at, currency: "cad" } as const
  book.stepped({ ...step, step: "added", events: ["gala"] })
  book.stepped({ ...step, step: "added", events: ["gala", "jam"] })
  book.stepped({ ...step, step: "began", events: ["gala", "jam"] })
  await book.flush()
  const { rows } = await database.owner.query(
    "select step, array_agg(event_slug order by event_slug) as events from marketing.step where cart_id = $1 group by 1 order by 1",
    [cartId],
  )
  expect(rows).toEqual([
    { step: "added", events: ["", "gala", "jam"] },
    { step: "began", events: ["", "gala", "jam"] },
  ])
})

it("marks the day that a note changes, in the account's own zone", async () => {
  const shop = aStorefront()
  const accountId = shop.account.id
  await insertStorefront(database.owner, {
    ...shop,
    account: { ...shop.account, timeZone: "Pacific/Auckland" },
  })
  await using book = openVisitBook({ pool: database.pool })
  book.saw(aVisit(accountId))
  await book.flush()
  const { rows } = await database.owner.query(
    "select day::text from marketing.report_day where account_id = $1 and rev > folded_rev",
    [accountId],
  )
  expect(rows).toEqual([{ day: "2026-11-21" }])
})

it("gives up what cannot be written, says so, and goes on", async () => {
  const { account } = await aShop()
  const reported: unknown[] = []
  await using book = openVisitBook({
    pool: database.pool,
    report: (error) => reported.push(error),
  })
  book.saw(aVisit(randomUUID()))
  await book.flush()
  book.saw(aVisit(account.id))
  await book.flush()
  expect(reported).toHaveLength(1)
  expect(await kept(account.id)).toHaveLength(1)
})

it("loses only what cannot be written of many notes that are written at once", async () => {
  const { account } = await aShop()
  const reported: unknown[] = []
  await using book = openVisitBook({
    pool: database.pool,
    report: (error) => reported.push(error),
    flushEveryMs: 3_600_000,
  })
  for (let each = 0; each < 20; each += 1) {
    book.saw(aVisit(account.id))
    if (each === 7) book.saw(aVisit(randomUUID()))
    if (each === 13) book.saw({ ...aVisit(account.id), at: "no moment" })
  }
  await book.flush()
  expect(reported).toHaveLength(2)
  expect(await kept(account.id)).toHaveLength(20)
})

it("holds no more than it may while the database is away", async () => {
  const { account } = await aShop()
  const reported: unknown[] = []
  const away = openPool({ url: "postgres://nobody@127.0.0.1:1/none", report: () => {} })
  const book = openVisitBook({
    pool: away,
    mostWaiting: 3,
    report: (error) => reported.push(error),
  })
  for (let each = 0; each < 10; each += 1) book.saw(aVisit(account.id))
  await book[Symbol.asyncDispose]()
  await away.end()
  expect(reported).toHaveLength(1)
})

it("writes what is left when it closes", async () => {
  const { account } = await aShop()
  const book = openVisitBook({ pool: database.pool, flushEveryMs: 3_600_000 })
  book.saw(aVisit(account.id))
  await book[Symbol.asyncDispose]()
  expect(await kept(account.id)).toHaveLength(1)
})
