import { expect, it } from "vitest"
import { aStorefront } from "#testing/fixtures.ts"
import { mayEmbed } from "#web/origins.ts"

const own = "https://tickets.example.com"
const shop = aStorefront({ allowedOrigins: new Set(["https://club.example"]) })
const [widget = { id: "", slug: "main", title: "", allowNullOrigin: false }] = shop.widgets

it.for([
  ["https://club.example", true],
  [own, true],
  ["https://club.example.evil.example", false],
  ["https://evil.example", false],
  ["http://club.example", false],
  ["https://club.example:8443", false],
  ["https://CLUB.example", false],
  ["null", false],
  ["", false],
  [undefined, false],
] as const)("a page of %s: %s", ([origin, may]) => {
  expect(mayEmbed(origin, shop, widget, own)).toBe(may)
})

it("a sandboxed frame may embed only what allows it", () => {
  expect(mayEmbed("null", shop, { ...widget, allowNullOrigin: true }, own)).toBe(true)
})
