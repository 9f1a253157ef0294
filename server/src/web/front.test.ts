import { expect, it } from "vitest"
import { frontRoutes } from "#web/front.ts"

it("leads to the demo where there is one", async () => {
  const answer = await frontRoutes("/demo").request("/")
  expect(answer.status).toBe(302)
  expect(answer.headers.get("location")).toBe("/demo")
})

it("says what this is where there is none", async () => {
  expect(await (await frontRoutes(undefined).request("/")).text()).toContain("Foyer")
})

it("has no icon, and says so without an error", async () => {
  expect((await frontRoutes(undefined).request("/favicon.ico")).status).toBe(204)
})
