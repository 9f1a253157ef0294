import fc from "fast-check"
import { expect, it } from "vitest"
import { isEmail } from "#core/email.ts"
import { personEmail, personName } from "#core/person.ts"

it("a name is one line of at most 100 characters without invisible signs, whatever was typed", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary", maxLength: 300 }), (typed) => {
      const name = personName(typed)
      expect(Array.from(name).length).toBeLessThanOrEqual(100)
      expect(name).not.toMatch(/[\p{Cc}\u202a-\u202e\u2066-\u2069]|^\s|\s$|\s\s/u)
      expect(name.isWellFormed()).toBe(true)
      expect(personName(name)).toBe(name)
    }),
  )
})

it.for([
  ["Dana@Club.Example", "dana@club.example"],
  [" o'brien+club@club.example ", "o'brien+club@club.example"],
  ["dana@Müller.example", "dana@xn--mller-kva.example"],
  ["dana@club", undefined],
  ["dana", undefined],
  ["", undefined],
  ["a{b}@club.example", undefined],
  ["dana@club.example\r\nBcc: all@club.example", undefined],
  ["dana@club.example, all@club.example", undefined],
  ["<dana@club.example>", undefined],
  [`${"d".repeat(65)}@club.example`, undefined],
  ["dana@127.0.0.1", undefined],
] as const)("an address typed as %j is kept as %j", ([typed, kept]) => {
  expect(personEmail(typed)).toBe(kept)
})

it("an address is kept as an address, always spelled alike", () => {
  fc.assert(
    fc.property(fc.emailAddress(), (typed) => {
      const kept = personEmail(typed)
      fc.pre(kept !== undefined)
      expect(kept).toMatch(/^[\x21-\x7e]+$/)
      expect(kept).toBe(kept.toLowerCase())
      expect(isEmail(kept)).toBe(true)
      expect(personEmail(kept.toUpperCase())).toBe(kept)
    }),
  )
})
