import fc from "fast-check"
import { expect, it } from "vitest"
import { writtenOnce } from "#web/written-once.ts"

it("arrives as the text it was, in any frame and however often it is sent", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), (html) => {
      const region = { id: "shelf", html: writtenOnce(html) }
      const plain = JSON.stringify(["frame", { regions: [{ id: "shelf", html }] }])
      for (const _ of ["one", "another"])
        expect(JSON.stringify(["frame", { regions: [region] }])).toBe(plain)
    }),
  )
})
