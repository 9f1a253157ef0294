import { expect, it } from "vitest"
import { wantedOf } from "#core/bring-events.ts"
import type { FoundEvent } from "#core/found-event.ts"
import { findKept, keepFind } from "#store/found-events.ts"
import { newId } from "#store/ids.ts"
import { anOrganizer } from "#testing/organizer.ts"
import { bringEvents } from "./bring-events.ts"

const aFound = (title: string): FoundEvent => ({
  title,
  description: "",
  venue: { name: "The Cellar", street: "", city: "Toronto", subdivision: "", country: "" },
  times: ["2099-12-31T21:00"],
  tickets: [],
  problems: [],
})

async function aFinder() {
  const organizer = await anOrganizer()
  const { accountId, owner, database } = organizer
  const { db } = database.pool
  const keep = async (titles: readonly string[], createdAt = "2099-11-20T12:00:00Z") => {
    const found = titles.map(aFound)
    const id = newId()
    const find = { id, source: "A page", found, notes: [], createdAt }
    await keepFind(db, accountId, owner.userId, find)
    return { id, wanted: found.map(wantedOf), status: "draft" as const }
  }
  return { ...organizer, keep, kept: (id: string) => findKept(db, accountId, id) }
}

it("takes a find and makes its events in one transaction", async () => {
  const { deps, owner, database, keep } = await aFinder()
  const asked = await keep(["Gala"])
  expect(await bringEvents(deps, owner, asked)).toEqual({ outcome: "saved", slugs: ["gala"] })
  const { rows } = await database.owner.query(
    `select f.xmin = e.xmin as together from org.found_events f, catalogue.event e
     where f.id = $1 and e.account_id = f.account_id and e.slug = 'gala'`,
    [asked.id],
  )
  expect(rows).toEqual([{ together: true }])
  expect(await bringEvents(deps, owner, asked)).toEqual({ outcome: "taken" })
})

it("says at the event what the catalogue refuses of it, and leaves the find to be taken", async () => {
  const { deps, owner, keep, kept } = await aFinder()
  const { wanted, ...asked } = await keep(["Long", "Short"])
  const long = wanted.map((each, i) => (i === 0 ? { ...each, title: "x".repeat(300) } : each))
  const brought = await bringEvents(deps, owner, { ...asked, wanted: long })
  expect(brought).toMatchObject({ outcome: "refused", faults: [{ index: 0, field: "title" }] })
  expect(await kept(asked.id)).not.toHaveProperty("takenAt")
})

it("keeps the newest twenty finds of an account", async () => {
  const { database, keep, kept } = await aFinder()
  const at = (minute: number) => new Date(Date.UTC(2099, 0, 1, 0, minute)).toISOString()
  const oldest = await keep(["Oldest"], at(0))
  for (let minute = 1; minute <= 20; minute += 1) await keep(["Show"], at(minute))
  expect(await kept(oldest.id)).toBeUndefined()
  const { rows } = await database.owner.query("select count(*)::int as n from org.found_events")
  expect(rows).toEqual([{ n: 20 }])
})
