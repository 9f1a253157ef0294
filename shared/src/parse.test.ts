import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { list, object, oneOf, optional, record, text, whole } from "./parse.ts"

const accepts = (parsed: { readonly ok: boolean }) => parsed.ok

describe("text", () => {
  it("keeps what fits, line breaks and tabs included", () => {
    expect(text(20)("two\nlines\t🎭")).toEqual({ ok: true, value: "two\nlines\t🎭" })
  })

  it.for([
    ["too long", "123456"],
    ["too short", ""],
    ["a number", 12],
    ["nothing", undefined],
    ["a list of letters", ["a"]],
    ["an object that looks like text", { length: 3, toString: () => "abc" }],
    ["a NUL, which PostgreSQL refuses", "a\u0000b"],
    ["an escape, which a terminal obeys", "a\u001b[2J"],
    ["half of a surrogate pair, which jsonb refuses", "a\ud83d"],
  ])("refuses what is %s", ([, input]) => {
    expect(accepts(text(5, 1)(input))).toBe(false)
  })

  it("takes a pattern as a whole rule", () => {
    const code = text(8, 1, /^[a-z]+$/)
    expect(accepts(code("abc"))).toBe(true)
    expect(code("abc\n")).toMatchObject({ ok: false, message: "must match ^[a-z]+$" })
  })
})

describe("whole", () => {
  it.for([0, 1, 1000])("takes %s", (input) => {
    expect(whole(0, 1000)(input)).toEqual({ ok: true, value: input })
  })

  it.for([-1, 1.5, 1001, 1e9, Number.NaN, Number.POSITIVE_INFINITY, "1", null, undefined, [1], 1n])(
    "refuses %s",
    (input) => {
      expect(accepts(whole(0, 1000)(input))).toBe(false)
    },
  )

  it("never takes more than a number can count", () => {
    expect(accepts(whole(0, Number.MAX_VALUE)(2 ** 53))).toBe(false)
  })
})

describe("object", () => {
  const schema = object({ name: text(5), age: optional(whole(0, 9)) })

  it("drops every key it does not know", () => {
    const parsed = schema({ name: "a", age: 1, isAdmin: true })
    expect(parsed).toStrictEqual({ ok: true, value: { name: "a", age: 1 } })
  })

  it("takes null and undefined for absent", () => {
    expect(schema({ name: "a", age: null })).toStrictEqual({ ok: true, value: { name: "a" } })
    expect(schema({ name: null })).toMatchObject({ ok: false, path: ".name" })
  })

  it("reads own properties only", () => {
    expect(accepts(schema(Object.create({ name: "inherited" })))).toBe(false)
    expect(accepts(object({ constructor: text(99) })({}))).toBe(false)
  })

  it("names the path of the fault", () => {
    const nested = object({ list: list(schema, 3) })
    expect(nested({ list: [{ name: "a" }, { name: 1 }] })).toMatchObject({
      path: ".list[1].name",
      message: "must be text",
    })
  })
})

describe("list and oneOf", () => {
  it("refuse what is only like a list, and one that is too long", () => {
    expect(accepts(list(whole(0, 9), 2)({ length: 1, 0: 1 }))).toBe(false)
    expect(accepts(list(whole(0, 9), 2)([1, 2, 3]))).toBe(false)
  })

  it("know no value by inheritance", () => {
    expect(accepts(oneOf("a", "b")("toString"))).toBe(false)
  })
})

describe("record", () => {
  const schema = record(text(20, 1), whole(0, 9), 3)

  it("refuses bad keys, bad values and too many", () => {
    expect(schema({ "": 1 })).toMatchObject({ ok: false, path: "." })
    expect(schema({ a: "x" })).toMatchObject({ ok: false, path: ".a" })
    expect(accepts(schema({ a: 1, b: 1, c: 1, d: 1 }))).toBe(false)
  })

  it("has no name that was not sent", () => {
    const parsed = schema({ a: 1 })
    if (!parsed.ok) throw new Error(parsed.message)
    expect(parsed.value["constructor"]).toBeUndefined()
    expect(parsed.value["toString"]).toBeUndefined()
  })

  it("never reaches a prototype", () => {
    expect(accepts(schema(JSON.parse('{"__proto__": 1}')))).toBe(true)
    expect(({} as Record<string, unknown>)["polluted"]).toBeUndefined()
    const nested = record(text(20), object({ polluted: text(9) }), 3)
    const parsed = nested(JSON.parse('{"__proto__": {"polluted": "yes"}}'))
    expect(parsed.ok && Object.getPrototypeOf(parsed.value)).toBeNull()
    expect(({} as Record<string, unknown>)["polluted"]).toBeUndefined()
  })
})

it("never throws, and what it lets through it lets through again unchanged", () => {
  const schema = object({
    name: text(5, 1, /^[a-z]+$/),
    tags: list(oneOf("x", "y"), 3),
    counts: record(text(3, 1), whole(0, 9), 3),
    more: optional(object({ age: whole(0, 9) })),
  })
  const near = fc.record(
    {
      name: fc.oneof(fc.constantFrom("abc", "A", "toolong"), fc.anything()),
      tags: fc.oneof(fc.array(fc.constantFrom("x", "y", "z"), { maxLength: 4 }), fc.anything()),
      counts: fc.oneof(fc.dictionary(fc.string(), fc.integer()), fc.anything()),
      more: fc.oneof(fc.record({ age: fc.nat(12) }), fc.anything()),
    },
    { requiredKeys: [] },
  )
  fc.assert(
    fc.property(fc.oneof(near, fc.anything({ withNullPrototype: true })), (input) => {
      const parsed = schema(input)
      if (parsed.ok) expect(schema(parsed.value)).toEqual(parsed)
    }),
  )
})
