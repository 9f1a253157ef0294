import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { type ConsoleVisitor, newMember } from "#testing/console.ts"
import { openPageServer, type PageServer } from "#testing/page-server.ts"
import { openWebWorld, type WebShop, type WebWorld } from "#testing/web-world.ts"

let site: PageServer
let world: WebWorld
let shop: WebShop
let manager: ConsoleVisitor
let path: string
const member = async (role: "manager" | "marketer") =>
  (
    await newMember(
      { url: world.url, publicUrl: world.app.publicUrl, database: world.database },
      shop.accountId,
      role,
    )
  ).visitor

beforeAll(async () => {
  site = await openPageServer()
  world = await openWebWorld({}, undefined, { trustedPages: [site.origin] })
  shop = await world.shop()
  manager = await member("manager")
  path = `/console/${shop.slug}/widgets/main/check`
  const { publicUrl } = world.app
  const script = `<script src="${publicUrl}/v1/w/${shop.widget}.js" async></script>`
  const element = `<foyer-checkout widget="${shop.widget}" consent="granted"></foyer-checkout>`
  const body = `<h1>Shows</h1>${script}${element}`
  site.pages.set("/good", { body })
  site.pages.set("/empty", { body: "<h1>Shows</h1>" })
  site.pages.set("/policed", {
    body,
    headers: { "content-security-policy": "default-src 'self'" },
  })
})
afterAll(async () => {
  await world[Symbol.asyncDispose]()
  await site[Symbol.asyncDispose]()
})

const check = async (page: string) => {
  const answer = await manager.post(path, { address: `${site.origin}${page}` })
  expect([answer.status, answer.to]).toEqual([303, path])
  return (await manager.get(path)).text
}

describe("check my page", () => {
  it("asks for an address first", async () => {
    expect((await manager.get(path)).text).toContain("Check my page")
    const empty = await manager.post(path, { address: "  " })
    expect(empty.status).toBe(422)
    expect(empty.text).toContain("Name your page.")
  })

  it("says what is missing, with the lines to paste", async () => {
    const text = await check("/empty")
    expect(text).toContain("The script is not in the page")
    expect(text).toContain(`/v1/w/${shop.widget}.js`)
    expect(text).toContain("The place for the tickets is missing")
  })

  it("names what a policy lacks, the payment's origins too", async () => {
    const text = await check("/policed")
    expect(text).toContain("script-src")
    expect(text).toContain(new URL(world.app.sandboxUrl!).host)
  })

  it("allows the site by one press, looks again, and finds nothing wrong", async () => {
    expect(await check("/good")).toContain(`Allow ${site.origin}`)
    const allowed = await manager.post(`${path}/allow`, { origin: site.origin })
    expect([allowed.status, allowed.to]).toEqual([303, path])
    const { text } = await manager.get(path)
    expect(text).toContain("may show your tickets now")
    expect(text).toContain("Your page is ready to sell.")
    const { rows } = await world.database.owner.query(
      "select action, after from org.audit where account_id = $1 and action = 'site.added'",
      [shop.accountId],
    )
    expect(rows).toHaveLength(1)
  })

  it.each([
    ["http://127.0.0.1:1/", "not the address of a page"],
    ["http://localhost/", "private network"],
    ["http://169.254.169.254/latest/meta-data", "private network"],
    ["file:///etc/passwd", "not the address of a page"],
    ["not an address", "not the address of a page"],
  ])("refuses to look at %s", async (address, words) => {
    await manager.post(path, { address })
    expect((await manager.get(path)).text).toContain(words)
  })

  it("is not a marketer's, and leads to no other account's widget", async () => {
    const marketer = await member("marketer")
    expect((await marketer.get(path)).status).toBe(403)
    expect((await marketer.post(path, { address: site.origin })).status).toBe(403)
    expect((await marketer.post(`${path}/allow`, { origin: site.origin })).status).toBe(403)
    expect((await manager.get(path.replace("main", "none"))).status).toBe(404)
    expect(
      (await manager.post(path.replace("main", "none"), { address: site.origin })).status,
    ).toBe(404)
  })
})
