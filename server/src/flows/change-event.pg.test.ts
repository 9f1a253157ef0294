import { expect, it, onTestFinished } from "vitest"
import { assertBooks } from "#testing/books.ts"
import { anOrganizer, sellAll } from "#testing/organizer.ts"
import { addDates, changeEvent, changeShowtime, copyEvent } from "./change-event.ts"
import { createEvent } from "./create-event.ts"
import { seeEvent } from "./see-event.ts"
import { seeEvents } from "./see-events.ts"

const entry = {
  title: "Late Show",
  venue: { name: "Cellar", city: "Toronto", country: "CA", subdivision: "ON" },
  showtimes: [{ at: "2030-12-31T22:00" }],
  products: [
    { title: "General admission", capacity: 60, priceTypes: [{ prices: { cad: "20.00" } }] },
  ],
}

const listed = async ({ deps, owner }: Awaited<ReturnType<typeof anOrganizer>>) => {
  const seen = await seeEvents(deps, owner, { tab: "current", page: 1 })
  if (seen.outcome !== "seen") throw new Error(seen.outcome)
  return seen
}

async function untilSomebodyWaits({ database }: Awaited<ReturnType<typeof anOrganizer>>) {
  const waiting = "datname = current_database() and wait_event_type = 'Lock'"
  for (;;) {
    const { rowCount } = await database.owner.query(`select from pg_stat_activity where ${waiting}`)
    if (rowCount) return
  }
}

it("makes an event: a draft that no shopper sees until it is published", async () => {
  const world = await anOrganizer()
  const { deps, owner, storefronts } = world
  const made = await createEvent(deps, owner, { value: entry, status: "draft" })
  expect(made).toEqual({ outcome: "created", slug: "late-show" })
  const slugs = async () => (await storefronts.bySlug("the-club"))!.events.map(({ slug }) => slug)
  expect(await slugs()).toEqual(["show"])
  expect(await listed(world)).toMatchObject({
    counts: { current: 2, "on-sale": 1, drafts: 1, past: 0 },
    events: [{ slug: "show" }, { slug: "late-show", state: "draft" }],
  })
  expect(await changeEvent(deps, owner, "late-show", "publish")).toMatchObject({
    outcome: "changed",
  })
  expect(await slugs()).toEqual(["show", "late-show"])
  const again = await createEvent(deps, owner, { value: entry, status: "on-sale" })
  expect(again).toEqual({ outcome: "created", slug: "late-show-2" })
  await assertBooks(world.database.owner)
})

it("says at the fields what is wrong with a new event", async () => {
  const { deps, owner } = await anOrganizer()
  const refused = async (value: unknown, status: "draft" | "on-sale" = "draft") => {
    const made = await createEvent(deps, owner, { value, status })
    return made.outcome === "refused" ? made.faults.map(({ path }) => path) : made
  }
  expect(await refused({ venue: {}, showtimes: [], products: [] })).toEqual([
    "title",
    "venue.name",
    "venue.city",
    "venue.country",
    "showtimes[0].at",
  ])
  expect(await refused({ ...entry, showtimes: [{ at: "2031-03-09T02:30" }] })).toEqual([
    "showtimes[0].at",
  ])
  const over = { ...entry, showtimes: [{ at: "2029-12-31T22:00" }] }
  expect(await refused(over, "on-sale")).toEqual(["showtimes[0].at"])
  const [ticket] = entry.products
  const cheap = { ...entry, products: [{ ...ticket, priceTypes: [{ prices: { cad: "x" } }] }] }
  expect(await refused(cheap)).toEqual(["products[0].priceTypes[0].prices.cad"])
})

it("does not put an event on sale that cannot be sold", async () => {
  const { deps, owner } = await anOrganizer()
  await createEvent(deps, owner, { value: { ...entry, products: [] }, status: "draft" })
  expect(await changeEvent(deps, owner, "late-show", "publish")).toEqual({
    outcome: "refused",
    message: "It still needs a ticket type with a price.",
  })
})

it("pauses, resumes and archives, and says what stays sold", async () => {
  const world = await anOrganizer()
  const { deps, owner, storefronts } = world
  await sellAll(world.database, "2030-12-05T20:00", 4)
  await changeEvent(deps, owner, "show", "pause")
  expect((await storefronts.bySlug("the-club"))!.events[0]!.status).toBe("paused")
  expect((await listed(world)).events[0]!.state).toBe("paused")
  await changeEvent(deps, owner, "show", "resume")
  expect(await changeEvent(deps, owner, "show", "archive")).toEqual({
    outcome: "changed",
    sold: 4,
  })
  expect((await storefronts.bySlug("the-club"))!.events).toEqual([])
  expect((await listed(world)).events).toEqual([])
  expect(await changeEvent(deps, owner, "show", "pause")).toEqual({ outcome: "gone" })
  expect(await seeEvent(deps, owner, "show")).toEqual({ outcome: "gone" })
})

it("does not leave a widget with nothing to show", async () => {
  const { deps, owner } = await anOrganizer((file) => (file.widgets[0].events = ["show"]))
  expect(await changeEvent(deps, owner, "show", "archive")).toMatchObject({
    outcome: "refused",
    message: expect.stringContaining("widget main shows only this event"),
  })
})

it("copies an event as a draft of its own", async () => {
  const world = await anOrganizer()
  const { deps, owner } = world
  expect(await copyEvent(deps, owner, "show")).toEqual({ outcome: "copied", slug: "show-copy" })
  expect(await copyEvent(deps, owner, "show")).toEqual({ outcome: "copied", slug: "show-copy-2" })
  expect(await copyEvent(deps, owner, "none")).toEqual({ outcome: "gone" })
  const copy = await seeEvent(deps, owner, "show-copy")
  expect(copy).toMatchObject({
    event: { title: "The Show (copy)", status: "draft" },
    widgets: [],
    prices: [
      { currency: "cad", name: "Adult", totalMinor: 1467 },
      { currency: "cad", name: "Pay what you like", isLeast: true },
      { currency: "jpy", name: "Adult", unitMinor: 1200 },
    ],
  })
  await assertBooks(world.database.owner)
})

it("adds dates over the change of the clock, and refuses the hour that it skips", async () => {
  const world = await anOrganizer()
  const { deps, owner } = world
  const wish = { at: "2031-03-02T02:30", every: "week", times: 3 } as const
  expect(await addDates(deps, owner, "show", wish)).toMatchObject({
    outcome: "refused",
    faults: [{ field: "at", message: expect.stringContaining("9 March 2031") }],
  })
  const late = { at: "2031-10-26T01:30", every: "week", times: 2 } as const
  expect(await addDates(deps, owner, "show", late)).toEqual({
    outcome: "added",
    count: 2,
    doubled: ["2031-11-02T01:30"],
  })
  const { rows } = await world.database.owner.query(
    `select to_char(starts_at at time zone 'UTC', 'MM-DD HH24:MI') as at from catalogue.showtime where starts_local > '2031-01-01' order by 1`,
  )
  expect(rows.map(({ at }: { at: string }) => at)).toEqual(["10-26 05:30", "11-02 05:30"])
  expect(await addDates(deps, owner, "none", late)).toEqual({ outcome: "gone" })
  await assertBooks(world.database.owner)
})

it("moves a date that nobody has tickets for, and no other", async () => {
  const world = await anOrganizer()
  const { deps, owner } = world
  const move = (at: string, to: string) =>
    changeShowtime(deps, owner, "show", at, { do: "move", to })
  expect(await move("2030-12-05T20:00", "2030-12-06T21:00")).toMatchObject({ outcome: "changed" })
  const seen = await seeEvent(deps, owner, "show")
  if (seen.outcome !== "seen") throw new Error(seen.outcome)
  expect(seen.event.showtimes[1]).toMatchObject({
    at: "2030-12-06T21:00",
    differences: [{ product: "admission", capacity: 5 }],
  })
  await sellAll(world.database, "2030-12-06T21:00", 2)
  expect(await move("2030-12-06T21:00", "2030-12-07T21:00")).toMatchObject({
    outcome: "refused",
    message: expect.stringContaining("2 tickets are sold or held"),
  })
  expect(await move("2030-12-03T19:30", "2030-12-06T21:00")).toMatchObject({
    outcome: "refused",
    message: expect.stringContaining("already"),
  })
  expect(await changeShowtime(deps, owner, "show", "2030-12-06T21:00", { do: "cancel" })).toEqual({
    outcome: "changed",
    sold: 2,
    held: 0,
  })
  const gone = await changeShowtime(deps, owner, "show", "2001-01-01T00:00", { do: "cancel" })
  expect(gone).toEqual({ outcome: "gone" })
})

it("does not move a date that is being sold", async () => {
  const world = await anOrganizer()
  const { deps, owner, database } = world
  const at = "2030-12-05T20:00"
  await sellAll(database, at, 0)
  const sale = await database.owner.connect()
  onTestFinished(() => sale.release())
  await sale.query("begin")
  await sale.query(
    `update inv.variant set sold = 2 where variant_id in (
       select v.id from catalogue.variant v join catalogue.showtime s on s.id = v.showtime_id where s.starts_local = $1::timestamp)`,
    [at],
  )
  const moving = changeShowtime(deps, owner, "show", at, { do: "move", to: "2030-12-06T21:00" })
  await Promise.race([moving, untilSomebodyWaits(world)])
  await sale.query("commit")
  expect(await moving).toMatchObject({
    outcome: "refused",
    message: expect.stringContaining("2 tickets are sold or held"),
  })
})

it("keeps the last date of what is sold by date", async () => {
  const { deps, owner } = await anOrganizer((file) => {
    file.events[0].showtimes = [{ at: "2030-12-05T20:00" }]
  })
  expect(
    await changeShowtime(deps, owner, "show", "2030-12-05T20:00", { do: "remove" }),
  ).toMatchObject({ outcome: "refused", message: expect.stringContaining("cancel it instead") })
})

it("asks whether the person may", async () => {
  const { deps, actor } = await anOrganizer()
  const forbidden = { outcome: "forbidden", permission: "edit-events" }
  const seller = actor("box-office")
  expect(await changeEvent(deps, seller, "show", "archive")).toEqual(forbidden)
  expect(await copyEvent(deps, seller, "show")).toEqual(forbidden)
  expect(await createEvent(deps, seller, { value: entry, status: "draft" })).toEqual(forbidden)
  const wish = { at: "2031-01-01T20:00", every: "once" } as const
  expect(await addDates(deps, seller, "show", wish)).toEqual(forbidden)
  const change = { do: "cancel" } as const
  expect(await changeShowtime(deps, seller, "show", "2030-12-05T20:00", change)).toEqual(forbidden)
  expect(await seeEvents(deps, seller, { tab: "current", page: 1 })).toMatchObject({
    outcome: "seen",
  })
  expect(await seeEvent(deps, actor("marketer"), "show")).toMatchObject({ outcome: "forbidden" })
})
