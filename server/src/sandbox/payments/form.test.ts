import fc from "fast-check"
import { expect, it } from "vitest"
import { decodeForm, listOf, wholeOf } from "./form.ts"
import { matches } from "./faults.ts"
import { isWellFormed, testCards } from "./test-cards.ts"

it("decodes brackets into groups and lists", () => {
  const fields = decodeForm(
    "amount=500&metadata[order]=o%201&expand[0]=a&expand[1]=b&created[gte]=7&x[]=1&x[]=2",
  )
  expect(fields).toMatchObject({ amount: "500", metadata: { order: "o 1" }, created: { gte: "7" } })
  expect(listOf(fields, "expand")).toEqual(["a", "b"])
  expect(listOf(fields, "x")).toEqual(["1", "2"])
})

it("reads whole numbers only", () => {
  const read = (text: string) => wholeOf({ amount: text }, "amount")
  expect([read("12"), read("-3"), read("1.5"), read("1e3"), read("")]).toEqual([
    12,
    -3,
    NaN,
    NaN,
    NaN,
  ])
})

it("never throws and never touches a prototype, whatever is posted", () => {
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string(),
        fc.constantFrom("__proto__[x]=1", "constructor[prototype][x]=1", "a[b]=1&a=2&a[c]=3"),
      ),
      (text) => {
        decodeForm(text)
        expect(Reflect.get({}, "x")).toBeUndefined()
      },
    ),
  )
})

it("keeps to one segment when a pattern has a star", () => {
  expect(matches("/v1/payment_intents/*/confirm", "/v1/payment_intents/pi_1/confirm")).toBe(true)
  expect(matches("/v1/payment_intents/*", "/v1/payment_intents/pi_1/confirm")).toBe(false)
  expect(matches("payment_intent.*", "payment_intent.succeeded")).toBe(true)
  expect(matches("payment_intent.succeeded", "payment_intentXsucceeded")).toBe(false)
})

it("has test cards that pass the check of their last digit, and no other digit does", () => {
  for (const { number } of testCards) {
    expect(isWellFormed(number)).toBe(true)
    const last = Number(number.at(-1))
    expect(isWellFormed(number.slice(0, -1) + ((last + 1) % 10))).toBe(false)
  }
})
