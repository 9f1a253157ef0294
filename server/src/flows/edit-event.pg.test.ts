import { expect, it } from "vitest"
import { canonicalJson } from "#core/canonical-json.ts"
import type { CatalogueFile } from "#core/catalogue-file.ts"
import { asForm, type Side } from "#core/conflict.ts"
import { type EventPart, pagePart, questionsPart, ticketsPart } from "#core/event-part.ts"
import type { LooseFile } from "#testing/catalogue-file.ts"
import { anOrganizer, sellAll } from "#testing/organizer.ts"
import { editEvent } from "./edit-event.ts"
import { seeCatalogue } from "./see-catalogue.ts"

type World = Awaited<ReturnType<typeof anOrganizer>>

async function shown({ deps, owner }: World, part: EventPart) {
  const seen = await seeCatalogue(deps, owner, { permission: "see-events", events: ["show"] })
  if (seen.outcome !== "seen") throw new Error(seen.outcome)
  const value = part.get(seen.file)
  return { seen: canonicalJson(value), value: asForm(part, value) as LooseFile }
}

const tickets = ticketsPart("show")

async function save(
  world: World,
  part: EventPart,
  change: (value: LooseFile) => void,
  from?: { readonly seen: string; readonly value: LooseFile },
) {
  const { seen, value } = from ?? (await shown(world, part))
  const typed = structuredClone(value)
  change(typed)
  return editEvent(world.deps, world.owner, { slug: "show", part, attempt: { value: typed, seen } })
}

it("saves a page of an event, and nothing when nothing was changed", async () => {
  const world = await anOrganizer()
  expect(await save(world, tickets, () => {})).toEqual({ outcome: "saved", isChanged: false })
  expect(await save(world, pagePart("show"), () => {})).toEqual({
    outcome: "saved",
    isChanged: false,
  })
  const saved = await save(world, tickets, (value) => {
    value.products[0].priceTypes[0].prices.cad = "28.00"
    value.products[0].capacity = 90
  })
  expect(saved).toEqual({ outcome: "saved", isChanged: true })
  const { value } = await shown(world, tickets)
  expect(value.products[0]).toMatchObject({ capacity: 90 })
  expect(value.products[0].priceTypes[0].prices).toEqual({ cad: "28.00", jpy: "1200" })
})

it("says faults by the names of the form's fields", async () => {
  const world = await anOrganizer((file) => {
    file.events.unshift({ ...structuredClone(file.events[0]), slug: "first" })
  })
  await sellAll(world.database, "2030-12-05T20:00", 3)
  const refused = await save(world, tickets, (value) => {
    value.products[0].priceTypes[0].saleEnds = "2030-12-24T20:00"
  })
  expect(refused).toMatchObject({
    outcome: "refused",
    faults: [
      {
        path: "products[0].priceTypes[0].saleEnds",
        message: "is after the last show begins, on 2030-12-17 at 19:30",
      },
    ],
  })
  expect(
    await save(world, tickets, (value) => {
      value.products[0].priceTypes[0].prices.cad = "cheap"
      value.maxPerOrder = "many"
    }),
  ).toMatchObject({
    faults: [{ path: "products[0].priceTypes[0].prices.cad" }, { path: "maxPerOrder" }],
  })
})

it("refuses a capacity below what is sold, with the numbers, at its field", async () => {
  const world = await anOrganizer()
  await sellAll(world.database, "2030-12-03T19:30", 30)
  const refused = await save(world, tickets, (value) => (value.products[0].capacity = 20))
  expect(refused).toMatchObject({
    outcome: "refused",
    faults: [
      {
        path: "products[0].capacity",
        message: "20 is less than what is sold (30) and held (0) of admission 2030-12-03T19:30",
      },
    ],
  })
})

it("lets two people edit different pages, and the second of one page choose place by place", async () => {
  const world = await anOrganizer()
  const page = pagePart("show")
  const [ofPage, first, second] = [
    await shown(world, page),
    await shown(world, tickets),
    await shown(world, tickets),
  ]
  const theirs = await save(
    world,
    tickets,
    (value) => {
      value.products[0].priceTypes[0].prices.cad = "20.00"
      value.products[0].capacity = 100
    },
    first,
  )
  expect(theirs).toMatchObject({ outcome: "saved" })
  expect(await save(world, page, (value) => (value.title = "Mine"), ofPage)).toMatchObject({
    outcome: "saved",
  })
  const typed = structuredClone(second.value)
  typed.products[0].priceTypes[0].prices.cad = "25.00"
  typed.minPerOrder = 2
  const attempt = { value: typed, seen: second.seen }
  const asked = await editEvent(world.deps, world.owner, { slug: "show", part: tickets, attempt })
  if (asked.outcome !== "conflict") throw new Error(asked.outcome)
  const changedBy = asked.conflict.disagreements.map(({ path, by }) => [path, by] as const)
  expect(Object.fromEntries(changedBy)).toEqual({
    minPerOrder: "you",
    "products.admission.capacity": "them",
    "products.admission.priceTypes.adult.prices.cad": "both",
  })
  const choices = new Map<string, Side>([
    ["products.admission.priceTypes.adult.prices.cad", "theirs"],
  ])
  const edit = {
    slug: "show",
    part: tickets,
    attempt: { ...attempt, answer: { theirs: asked.conflict.theirs, choices } },
  }
  const resolved = await editEvent(world.deps, world.owner, edit)
  expect(resolved).toMatchObject({ outcome: "saved" })
  const { value } = await shown(world, tickets)
  expect(value).toMatchObject({
    minPerOrder: 2,
    products: [{ capacity: 100, priceTypes: [{ prices: { cad: "20.00" } }, {}] }],
  })
  const late = await editEvent(world.deps, world.owner, edit)
  expect(late.outcome).toBe("conflict")
})

it("leaves the later of two who save at the same moment to choose", async () => {
  const world = await anOrganizer()
  const page = pagePart("show")
  const from = await shown(world, page)
  const saves = await Promise.all(
    ["First", "Second"].map((title) => save(world, page, (value) => (value.title = title), from)),
  )
  expect(saves.map(({ outcome }) => outcome).toSorted()).toEqual(["conflict", "saved"])
  const winner = saves[0]?.outcome === "saved" ? "First" : "Second"
  expect((await shown(world, page)).value.title).toBe(winner)
  expect(saves.find(({ outcome }) => outcome === "conflict")).toMatchObject({
    conflict: { disagreements: [{ path: "title", seen: "The Show", before: winner }] },
  })
})

it("keeps the questions of other events and of all", async () => {
  const world = await anOrganizer()
  const saved = await save(world, questionsPart("show"), (value) => {
    value.questions.push({ label: "Step-free entry?", kind: "checkbox", section: "Access" })
  })
  expect(saved).toMatchObject({ outcome: "saved" })
  const seen = await seeCatalogue(world.deps, world.owner, { permission: "see-events", events: [] })
  const { questions } = (seen as { file: CatalogueFile }).file
  expect(questions?.map(({ slug, event }) => [slug, event])).toEqual([
    ["news", undefined],
    ["step-free-entry", "show"],
  ])
})

it("says that an event is gone, and asks whether the person may", async () => {
  const world = await anOrganizer()
  const part = pagePart("other")
  const editOf = (seen: string) => ({ slug: "other", part, attempt: { value: {}, seen } })
  for (const seen of ['{"title":"x"}', "null"])
    expect(await editEvent(world.deps, world.owner, editOf(seen))).toEqual({ outcome: "gone" })
  expect(await editEvent(world.deps, world.actor("box-office"), editOf("null"))).toEqual({
    outcome: "forbidden",
    permission: "edit-events",
  })
})
