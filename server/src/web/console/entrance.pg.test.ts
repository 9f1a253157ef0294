import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { anEmail, aVisitor, goodPassword, newMember, newPerson } from "#testing/console.ts"
import { openWebWorld, type WebWorld } from "#testing/web-world.ts"

let world: WebWorld
let at: {
  readonly url: string
  readonly publicUrl: string
  readonly database: WebWorld["database"]
}
beforeAll(async () => {
  world = await openWebWorld()
  at = { url: world.url, publicUrl: world.app.publicUrl, database: world.database }
})
afterAll(() => world[Symbol.asyncDispose]())

describe("signing up", () => {
  it("signs in at once and leads to the first organization", async () => {
    const { visitor } = await newPerson(at)
    expect((await visitor.get("/console")).to).toBe("/console/new")
  })
})

describe("signing in", () => {
  it("leads to the account's first page of that role", async () => {
    const shop = await world.shop()
    const { visitor } = await newMember(at, shop.accountId, "marketer")
    expect((await visitor.get("/console")).to).toBe(`/console/${shop.slug}/reports`)
    expect((await visitor.get(`/console/${shop.slug}`)).to).toBe(`/console/${shop.slug}/reports`)
  })

  it("out and in again", async () => {
    const { visitor, email } = await newPerson(at)
    expect((await visitor.post("/console/sign-out")).to).toBe("/console/sign-in")
    expect((await visitor.get("/console")).to).toBe("/console/sign-in")
    const wrong = await visitor.post("/console/sign-in", { email, password: "wrong horse battery" })
    expect(wrong.status).toBe(422)
    expect((await visitor.post("/console/sign-in", { email, password: goodPassword })).to).toBe(
      "/console",
    )
    expect((await visitor.get("/console")).to).toBe("/console/new")
  })

  it("of nobody and with a wrong password look the same", async () => {
    const { email } = await newPerson(at)
    const other = anEmail()
    const [known, unknown] = await Promise.all(
      [email, other].map((each) =>
        aVisitor(at).post("/console/sign-in", { email: each, password: "wrong horse battery" }),
      ),
    )
    expect(known!.text.replaceAll(email, "")).toBe(unknown!.text.replaceAll(other, ""))
  })
})

it("sends who is signed out to sign in, and back", async () => {
  const seen = await aVisitor(at).get("/console/some-club/orders?q=1")
  expect(seen.to).toBe(`/console/sign-in?to=${encodeURIComponent("/console/some-club/orders?q=1")}`)
})
