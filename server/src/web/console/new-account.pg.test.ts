import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { aVisitor, newPerson } from "#testing/console.ts"
import { openWebWorld, type WebWorld } from "#testing/web-world.ts"

let world: WebWorld
let at: { readonly url: string; readonly publicUrl: string }
beforeAll(async () => {
  world = await openWebWorld()
  at = { url: world.url, publicUrl: world.app.publicUrl }
})
afterAll(() => world[Symbol.asyncDispose]())

const club = { name: "Comedy Cellar", country: "CA", currency: "cad", timeZone: "America/Toronto" }

describe("a new organization", () => {
  it("belongs to who made it, shows its widget at once and begins its history", async () => {
    const { visitor } = await newPerson(at)
    const made = await visitor.post("/console/new", { ...club, name: " Comedy\tCellar " })
    expect(made.to).toBe("/console/comedy-cellar/first-run")
    expect((await visitor.get("/console")).to).toBe("/console/comedy-cellar/today")
    expect((await world.get("/v1/w/comedy-cellar/main")).status).toBe(200)
    const { rows } = await world.database.owner.query(
      `select role, action, after from org.account a join org.member m on m.account_id = a.id
         join org.audit l on l.account_id = a.id where slug = 'comedy-cellar'`,
    )
    expect(rows).toEqual([{ role: "owner", action: "account.created", after: club }])
  })

  it("of a name that is taken gets an address of its own, also when two are made at once", async () => {
    const people = await Promise.all([1, 2, 3].map(() => newPerson(at)))
    const made = await Promise.all(
      people.map(({ visitor }) => visitor.post("/console/new", { ...club, name: "The Attic" })),
    )
    expect(new Set(made.map(({ to }) => to))).toEqual(
      new Set(
        ["the-attic", "the-attic-2", "the-attic-3"].map((slug) => `/console/${slug}/first-run`),
      ),
    )
  })

  it("may be the second one: its owner can switch", async () => {
    const { visitor } = await newPerson(at)
    const [one, two] = [
      await visitor.post("/console/new", { ...club, name: "First" }),
      await visitor.post("/console/new", { ...club, name: "Second" }),
    ]
    const page = await visitor.get(one.to!.replace("first-run", "settings/team"))
    expect(page.text).toContain(`href="${two.to!.replace("/first-run", "")}"`)
  })

  it("with wrong fields is refused at each of them, and what was typed stays", async () => {
    const { visitor } = await newPerson(at)
    const seen = await visitor.post("/console/new", {
      name: '<b>"Cellar"',
      country: "XX",
      currency: "doubloons",
      timeZone: "Mars/Olympus",
    })
    expect(seen.status).toBe(422)
    for (const words of ["Choose a country.", "Choose the currency", "Choose a time zone."])
      expect(seen.text).toContain(words)
    expect(seen.text).toContain('value="&#60;b&#62;&#34;Cellar&#34;"')
    expect((await visitor.post("/console/new", { ...club, name: " \u202e " })).text).toContain(
      "Give it a name.",
    )
    expect((await visitor.post("/console/new", { ...club, currency: "isk" })).status).toBe(422)
    expect((await visitor.post("/console/new", {})).status).toBe(422)
    expect((await visitor.get("/console")).to).toBe("/console/new")
  })

  it("is for who is signed in", async () => {
    expect((await aVisitor(at).get("/console/new")).to).toContain("/console/sign-in")
    expect((await aVisitor(at).post("/console/new", club)).status).toBe(401)
  })
})
