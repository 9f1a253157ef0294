import fc from "fast-check"
import { expect, it } from "vitest"
import { parseJson } from "./json-text.ts"

it("reads what JSON.parse reads", () => {
  fc.assert(
    fc.property(fc.json(), fc.constantFrom("", " ", "\n\t"), (text, space) => {
      expect(parseJson(space + text + space)).toEqual({ ok: true, value: JSON.parse(text) })
    }),
  )
})

it("refuses what JSON.parse refuses, whatever was cut off or put in", () => {
  const change = fc.record({
    at: fc.nat(200),
    cut: fc.nat(3),
    put: fc.constantFrom("", ",", "}", "'", "x", "\u0001"),
  })
  fc.assert(
    fc.property(fc.json({ maxDepth: 3 }), change, (text, { at, cut, put }) => {
      const broken = text.slice(0, at) + put + text.slice(at + cut)
      const read = parseJson(broken)
      const accepted = accepts(broken)
      if (!accepted) expect(read.ok).toBe(false)
      else if (!read.ok) expect(read.message).toContain("second time")
    }),
  )
})

it.each([
  ["", 1, 1, "the text ends too early"],
  ['{"a": 1,\n "b": }', 2, 7, '"}" cannot begin a value'],
  ['{"a": 1\n "b": 2}', 2, 2, 'expected a comma or }, not "\\""'],
  ["[1, 2", 1, 6, "the text ends before a closing ]"],
  ['{"a": 1, }', 1, 10, 'expected a name in quotes, not "}"'],
  ['{"a" 1}', 1, 6, 'expected a colon after "a", not "1"'],
  ["{'a': 1}", 1, 2, 'expected a name in quotes, not "\'"'],
  ['"two\nlines"', 1, 1, "this text is not closed, or holds a line break or an unknown escape"],
  ["{} {}", 1, 4, "the document ends here, but the text goes on"],
  ['{"a": 1, "b": 2, "a": 3}', 1, 18, '"a" is here for the second time in one object'],
  ["[".repeat(200), 1, 102, "this is nested deeper than 100 levels"],
])("says where %j is broken", (text, line, column, message) => {
  expect(parseJson(text)).toEqual({ ok: false, line, column, message })
})

function accepts(text: string): boolean {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}
