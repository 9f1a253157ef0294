import { expect, it } from "vitest"
import { canonicalJson } from "#core/canonical-json.ts"
import type { CatalogueFile, EventEntry } from "#core/catalogue-file.ts"
import type { LooseFile } from "#testing/catalogue-file.ts"
import type { TestDatabase } from "#testing/database.ts"
import { anOrganizer } from "#testing/organizer.ts"
import { listAudit } from "#store/audit.ts"
import { assertBooks } from "#testing/books.ts"
import { type CatalogueEdit, editCatalogue } from "./edit-catalogue.ts"
import { exportCatalogue } from "./export-catalogue.ts"
import { seeCatalogue } from "./see-catalogue.ts"

const eventOf = (file: CatalogueFile, slug = "show") =>
  file.events.find((event) => event.slug === slug)

/** An edit of the show, as its page makes it. */
function editing(change: (event: EventEntry) => object, more: Partial<CatalogueEdit> = {}) {
  return {
    permission: "edit-events",
    action: "event.changed",
    subject: "event:show",
    events: ["show"],
    edit: (file) => ({
      ...file,
      events: file.events.map((event) =>
        event.slug === "show" ? { ...event, ...change(event) } : event,
      ),
    }),
    ...more,
  } as const satisfies CatalogueEdit
}

async function fileIn(database: TestDatabase): Promise<CatalogueFile> {
  return JSON.parse((await exportCatalogue(database, "the-club"))!) as CatalogueFile
}

const second = (file: LooseFile) =>
  file.events.push({ ...structuredClone(file.events[0]), slug: "second" })

it("changes one event and nothing of the others, and shops see it at once", async () => {
  const { database, deps, owner, storefronts } = await anOrganizer(second)
  const before = await fileIn(database)
  const shop = await storefronts.bySlug("the-club")
  const saved = await editCatalogue(
    deps,
    owner,
    editing(({ products: [admission, ...more] }) => ({
      title: "A Better Show",
      products: [{ ...admission, capacity: 80 }, ...more],
    })),
  )
  expect(saved).toMatchObject({ outcome: "saved", summary: { created: 0, archived: 0 } })
  const after = await fileIn(database)
  expect(eventOf(after)).toEqual({
    ...eventOf(before),
    title: "A Better Show",
    products: [{ ...eventOf(before)!.products[0], capacity: 80 }, eventOf(before)!.products[1]],
  })
  expect({ ...after, events: [] }).toEqual({ ...before, events: [] })
  expect(eventOf(after, "second")).toEqual(eventOf(before, "second"))
  const now = await storefronts.bySlug("the-club")
  expect(now?.events[0]?.title).toBe("A Better Show")
  expect(now?.rev).toBe(shop!.rev + 1)
  await assertBooks(database.owner)
})

it("shows and edits the same file, whether it reads all of it or the part", async () => {
  const { deps, owner, database } = await anOrganizer(second)
  const whole = await fileIn(database)
  const all = await seeCatalogue(deps, owner, { permission: "see-events" })
  expect(all).toMatchObject({ outcome: "seen" })
  expect(JSON.parse(JSON.stringify(all)) as object).toEqual({ outcome: "seen", file: whole })
  const part = await seeCatalogue(deps, owner, { permission: "see-events", events: ["second"] })
  if (part.outcome !== "seen") throw new Error(part.outcome)
  expect(canonicalJson(eventOf(part.file, "second"))).toBe(canonicalJson(eventOf(whole, "second")))
  expect(eventOf(part.file)).toMatchObject({ title: "The Show", showtimes: [], products: [] })
  const identity = await editCatalogue(
    deps,
    owner,
    editing((event) => event),
  )
  expect(identity).toMatchObject({ outcome: "saved", summary: { changed: 0 } })
})

it("refuses with the faults of the changed file, and changes nothing", async () => {
  const { deps, owner, database } = await anOrganizer(second)
  const before = await fileIn(database)
  const refused = async (change: (event: EventEntry) => object) =>
    editCatalogue(deps, owner, editing(change))
  expect(await refused(() => ({ title: "", minPerOrder: "two" }))).toEqual({
    outcome: "refused",
    faults: [
      { path: "events[0].title", message: "must not be empty" },
      { path: "events[0].minPerOrder", message: "must be a whole number" },
    ],
  })
  expect(await refused(() => ({ showtimes: [{ at: "2031-03-09T02:30" }] }))).toMatchObject({
    faults: [{ path: "events[0].showtimes[0].at" }],
  })
  expect(await refused(() => ({ title: "nul \u0000 inside" }))).toMatchObject({
    faults: [{ path: "events[0].title", message: "has a character that cannot be written" }],
  })
  const own = editing(() => ({}), {
    edit: () => ({ outcome: "refused", faults: [{ path: "events", message: "not today" }] }),
  })
  expect(await editCatalogue(deps, owner, own)).toMatchObject({
    faults: [{ path: "events", message: "not today" }],
  })
  expect(await fileIn(database)).toEqual(before)
})

it("says at its own field which capacity is below what is sold and held", async () => {
  const { deps, owner, database } = await anOrganizer()
  await database.owner.query(
    "alter table inv.variant disable trigger user; update inv.variant set sold = 4 where capacity in (5, 70)",
  )
  const differently = await editCatalogue(
    deps,
    owner,
    editing(({ showtimes }) => ({
      showtimes: showtimes.map((showtime) => ({
        ...showtime,
        differences: showtime.differences?.map((each) => ({ ...each, capacity: 3 })),
      })),
    })),
  )
  expect(differently).toEqual({
    outcome: "refused",
    faults: [
      {
        path: "events[0].showtimes[1].differences[0].capacity",
        message: "3 is less than what is sold (4) and held (0) of admission 2030-12-05T20:00",
      },
    ],
  })
})

it("writes down who changed what, in words of the file, and nothing where nothing changed", async () => {
  const { deps, owner, database } = await anOrganizer()
  await editCatalogue(
    deps,
    owner,
    editing(({ products: [admission, ...more] }) => ({
      title: "Renamed",
      products: [{ ...admission, capacity: null }, ...more],
    })),
  )
  await editCatalogue(
    deps,
    owner,
    editing((event) => event),
  )
  await editCatalogue(
    deps,
    owner,
    editing(() => ({ title: "" })),
  )
  expect(await listAudit(database.pool.db, owner.accountId, { limit: 10 })).toMatchObject([
    {
      who: "Dana",
      action: "event.changed",
      subject: "event:show",
      before: {
        "events.show.title": "The Show",
        "events.show.products.admission.capacity": 70,
      },
      after: {
        "events.show.title": "Renamed",
        "events.show.products.admission.capacity": null,
      },
    },
  ])
})

it("makes and archives events that it names", async () => {
  const { deps, owner, database } = await anOrganizer()
  const edit = (change: (file: CatalogueFile) => readonly EventEntry[]) =>
    editCatalogue(deps, owner, {
      permission: "edit-events",
      action: "event.created",
      subject: "event:copy",
      events: ["show", "copy"],
      edit: (file) => ({ ...file, events: change(file) }),
    })
  await edit(({ events }) => [...events, { ...events[0]!, slug: "copy", title: "Copy" }])
  expect((await fileIn(database)).events.map(({ slug }) => slug)).toEqual(["show", "copy"])
  const archived = await edit(({ events }) => events.filter(({ slug }) => slug === "show"))
  expect(archived).toMatchObject({ outcome: "saved", summary: { changed: 0 } })
  const left = await fileIn(database)
  expect(left.events.map(({ slug }) => slug)).toEqual(["show"])
  await edit(({ events }) => [...events, { ...events[0]!, slug: "copy", title: "Again" }])
  expect(eventOf(await fileIn(database), "copy")?.title).toBe("Again")
  await assertBooks(database.owner)
})

it("throws rather than empty an event whose inside it has not read", async () => {
  const { deps, owner, database } = await anOrganizer(second)
  const before = await fileIn(database)
  const wrong = (edit: CatalogueEdit["edit"]) =>
    editCatalogue(deps, owner, { ...editing(() => ({})), edit })
  const reached = /reached into another event/
  await expect(wrong((file) => ({ ...file, events: [] }))).rejects.toThrow(reached)
  await expect(
    wrong((file) => ({
      ...file,
      events: file.events.map((each) => ({ ...each, ...file.events[0] })),
    })),
  ).rejects.toThrow(reached)
  await expect(
    wrong((file) => ({ ...file, account: { ...file.account, slug: "mine-now" } })),
  ).rejects.toThrow("keeps its slug")
  expect(await fileIn(database)).toEqual(before)
})

it("asks whether the person may", async () => {
  const { deps, actor, database } = await anOrganizer()
  const before = await fileIn(database)
  for (const role of ["box-office", "marketer", "finance"] as const)
    expect(
      await editCatalogue(
        deps,
        actor(role),
        editing(() => ({ title: "x" })),
      ),
    ).toEqual({
      outcome: "forbidden",
      permission: "edit-events",
    })
  expect(await seeCatalogue(deps, actor("marketer"), { permission: "see-events" })).toMatchObject({
    outcome: "forbidden",
  })
  expect(await fileIn(database)).toEqual(before)
})
