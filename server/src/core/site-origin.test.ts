import fc from "fast-check"
import { expect, it } from "vitest"
import { siteOrigin } from "#core/site-origin.ts"

it.each([
  ["club.example", "https://club.example"],
  ["  www.club.example/tickets?x=1#y ", "https://www.club.example"],
  ["HTTPS://Club.Example:443/", "https://club.example"],
  ["http://club.example:8080/a", "http://club.example:8080"],
  ["localhost:3000/page", "http://localhost:3000"],
  ["127.0.0.1:5173", "http://127.0.0.1:5173"],
  ["bücher.example", "https://xn--bcher-kva.example"],
])("takes %j as %s", (pasted, origin) => {
  expect(siteOrigin(pasted)).toEqual({ ok: true, origin })
})

it.each([
  ["", "empty"],
  ["   ", "empty"],
  ["my site", "not-an-address"],
  ["club", "not-an-address"],
  ["javascript://club.example/%0aalert(1)", "not-a-site"],
  ["file:///etc/passwd", "not-a-site"],
  ["https://user:secret@club.example", "has-password"],
  ["https://", "not-an-address"],
])("refuses %j as %s", (pasted, reason) => {
  expect(siteOrigin(pasted)).toEqual({ ok: false, reason })
})

it("never answers anything but an origin, and the same one again for it", () => {
  fc.assert(
    fc.property(fc.oneof(fc.webUrl(), fc.string(), fc.domain()), (text) => {
      const found = siteOrigin(text)
      if (!found.ok) return
      expect(new URL(found.origin).origin).toBe(found.origin)
      expect(siteOrigin(found.origin)).toEqual(found)
    }),
  )
})
