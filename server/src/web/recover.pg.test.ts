import { afterAll, beforeAll, expect, it } from "vitest"
import { openStorefronts, type Storefronts } from "#flows/storefronts.ts"
import { aToken } from "#testing/fixtures.ts"
import { type Counter, openCounter } from "#testing/shopper.ts"
import { openLimits } from "#web/limits.ts"
import { recoverRoutes } from "#web/recover.ts"

const publicUrl = "https://tickets.example.com"
let counter: Counter
let storefronts: Storefronts
let routes: ReturnType<typeof recoverRoutes>
beforeAll(async () => {
  counter = await openCounter()
  storefronts = openStorefronts({ pool: counter.pool, checkEveryMs: 0 })
  routes = recoverRoutes({
    pool: counter.pool,
    live: { touched: () => {} },
    limits: openLimits(),
    storefronts,
    publicUrl,
    clientAddress: () => "192.0.2.1",
  })
})
afterAll(async () => {
  storefronts[Symbol.dispose]()
  await counter[Symbol.asyncDispose]()
})

const ask = async (body: unknown, origin = publicUrl, account = counter.shop.account.slug) => {
  const init = { method: "POST", headers: { origin }, body: JSON.stringify(body) }
  const response = await routes.request(`/v1/w/${account}/main/recover`, init, { incoming: {} })
  return response.status
}
const link = () => ({ token: aToken(), cart: aToken() })

it("says no more than that a link is not good", async () => {
  expect(await ask(link())).toBe(410)
})

it("hears only our own pages", async () => {
  expect(await ask(link(), "https://evil.example")).toBe(403)
  expect(await ask(link(), "null")).toBe(403)
})

it.each([
  ["nothing", null],
  ["no tokens", {}],
  ["half", { token: "a".repeat(43) }],
  ["a short token", { token: "a", cart: "a".repeat(43) }],
  ["a list", { token: ["a".repeat(43)], cart: "a".repeat(43) }],
])("refuses %s", async (_, body) => {
  expect(await ask(body)).toBe(400)
})

it("refuses a body beyond all measure, and an account that is not", async () => {
  expect(await ask({ ...link(), more: "x".repeat(2000) })).toBe(413)
  expect(await ask(link(), publicUrl, "nobody")).toBe(400)
})
