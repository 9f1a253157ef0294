import { expect, it } from "vitest"
import { aStorefront } from "#testing/fixtures.ts"
import { returnRoutes } from "#web/return.ts"

const shop = aStorefront({ allowedOrigins: new Set(["https://club.example"]) })
const [widget] = shop.widgets
const routes = returnRoutes({
  publicUrl: "https://tickets.example",
  storefronts: {
    widget: async (name: string) => (widget && name === "club/main" ? { shop, widget } : undefined),
  } as Parameters<typeof returnRoutes>[0]["storefronts"],
})
const secret =
  "payment_intent=pi_1&payment_intent_client_secret=pi_1_secret_x&redirect_status=succeeded"
const back = (to: string, name = "club/main") =>
  routes.request(`/v1/return/${name}?to=${encodeURIComponent(to)}&${secret}`)

it("leads back to the page the shopper left, without what the provider appended", async () => {
  const response = await back("https://club.example/shows?day=2#buy")
  expect(response.status).toBe(303)
  expect(response.headers.get("location")).toBe(
    "https://club.example/shows?day=2&foyer-return=1#buy",
  )
  expect(response.headers.get("referrer-policy")).toBe("no-referrer")
  expect(response.headers.get("cache-control")).toBe("no-store")
})

it.each([
  ["a stranger's page", "https://evil.example/"],
  ["a page of the club's name on another scheme", "http://club.example/"],
  ["a script", "javascript:alert(1)"],
  ["data", "data:text/html,x"],
  ["nothing", ""],
  ["a path", "/shows"],
])("leads to the hosted page instead of %s", async (_, to) => {
  const response = await back(to)
  expect(response.headers.get("location")).toBe(
    "https://tickets.example/v1/w/club/main?foyer-return=1",
  )
})

it("knows no other widget", async () => {
  expect((await back("https://club.example/", "club/other")).status).toBe(404)
})
