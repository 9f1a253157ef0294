import fc from "fast-check"
import { describe, expect, it } from "vitest"
import {
  checkDetails,
  checkedValue,
  fieldsFor,
  questionControl,
  questionsFor,
  valueOf,
} from "#core/details.ts"
import { priceCart } from "#core/price-cart.ts"
import type { Question } from "#core/storefront.ts"
import { context, event, line, shop } from "#testing/club.ts"

function question(id: string, given: Partial<Question> = {}): Question {
  return {
    id,
    section: "",
    sectionNote: "",
    label: id,
    help: "",
    kind: "text",
    choices: [],
    required: false,
    ...given,
  }
}

const seating = question("seating", {
  kind: "choice",
  required: true,
  choices: [
    { slug: "front", title: "At the front", description: "" },
    { slug: "back", title: "At the back", description: "" },
  ],
})
const rules = question("rules", { kind: "checkbox", required: true, eventId: "headliners" })
const story = question("story", { kind: "long-text" })
const elsewhere = question("elsewhere", { eventId: "improv", required: true })
const asking = shop({ questions: [seating, rules, elsewhere, story] })
const priced = priceCart(asking, { lines: [line("adult", 1)] }, context())
const sam = {
  email: "sam@example.com",
  firstName: "Sam",
  lastName: "Okafor",
  "q-seating": "front",
  "q-rules": "on",
}
const problems = (details: Readonly<Record<string, string>>) =>
  Object.fromEntries(
    checkDetails({ ...sam, ...details }, asking, priced).map(({ control, reason }) => [
      control,
      reason,
    ]),
  )

describe("what is asked", () => {
  it("is who buys, then what the events in the cart ask, in the organizer's order", () => {
    expect(questionsFor(asking, priced)).toEqual([seating, rules, story])
    expect(fieldsFor(asking, priced).map((field) => [field.control, field.required])).toEqual([
      ["email", true],
      ["firstName", true],
      ["lastName", true],
      ["phone", false],
      ["q-seating", true],
      ["q-rules", true],
      ["q-story", false],
    ])
  })

  it("is only what is asked for every event when nothing is in the cart", () => {
    expect(questionsFor(asking, { lines: [] })).toEqual([seating, story])
  })

  it("has control names of ours, so that a question called attributes harms nobody", () => {
    expect(questionControl(question("0190-id", { label: "attributes" }))).toBe("q-0190-id")
  })
})

describe("a form", () => {
  it("is complete with what is required", () => {
    expect(problems({})).toEqual({})
  })

  it("has its problems in the order of its controls", () => {
    expect(checkDetails({}, asking, priced)).toEqual([
      { control: "email", reason: "missing" },
      { control: "firstName", reason: "missing" },
      { control: "lastName", reason: "missing" },
      { control: "q-seating", reason: "missing" },
      { control: "q-rules", reason: "missing" },
    ])
  })

  it("takes nothing but spaces for missing", () => {
    expect(problems({ firstName: " \t\n", phone: "  " })).toEqual({ firstName: "missing" })
  })

  it("wants an address that can be written to", () => {
    expect(problems({ email: "sam@example" })).toEqual({ email: "not-an-email" })
    expect(problems({ email: " sam@example.com " })).toEqual({})
    expect(problems({ email: `${"a".repeat(250)}@example.com` })).toEqual({ email: "too-long" })
  })

  it.each([
    "416 555 0123",
    "+1 (416) 555-0123",
    "+49 30/1234567",
    "416.555.0123 x12",
    "+81-3-1234-5678 ext. 9",
  ])("takes %s for a telephone number", (phone) => {
    expect(problems({ phone })).toEqual({})
  })

  it.each([
    "12345",
    "call me",
    "555-CALL-NOW",
    "1234567890123456",
    "++1416",
    "416 555 0123 x123456789",
    "x12",
  ])("does not take %s for one", (phone) => {
    expect(problems({ phone })).toEqual({ phone: "not-a-phone" })
  })

  it("wants one of the choices, and a box checked by its own value", () => {
    expect(problems({ "q-seating": "balcony" })).toEqual({ "q-seating": "not-a-choice" })
    expect(problems({ "q-seating": "At the front" })).toEqual({ "q-seating": "not-a-choice" })
    expect(problems({ "q-rules": "yes, all of them" })).toEqual({ "q-rules": "not-a-choice" })
    expect(problems({ "q-rules": "no" })).toEqual({ "q-rules": "not-a-choice" })
    expect(problems({ "q-rules": checkedValue })).toEqual({})
  })

  it("has limits", () => {
    expect(problems({ firstName: "x".repeat(101) })).toEqual({ firstName: "too-long" })
    expect(problems({ firstName: "x".repeat(100) })).toEqual({})
    expect(problems({ "q-story": "x".repeat(2001) })).toEqual({ "q-story": "too-long" })
    expect(problems({ "q-story": "x".repeat(2000) })).toEqual({})
  })

  it("does not care for answers to what was not asked", () => {
    expect(problems({ "q-elsewhere": "x".repeat(9999), constructor: "x" })).toEqual({})
  })
})

it("reads a value without the space around it, and inherits none", () => {
  expect(valueOf({ email: " a@b.co " }, "email")).toBe("a@b.co")
  expect(valueOf({}, "email")).toBe("")
  expect(valueOf({}, "constructor")).toBe("")
})

it("judges any form without throwing, and only by its own controls", () => {
  const controls = fieldsFor(asking, priced).map((field) => field.control)
  const form = fc.dictionary(fc.constantFrom(...controls, "other"), fc.string({ unit: "binary" }))
  fc.assert(
    fc.property(form, (details) => {
      for (const problem of checkDetails(details, asking, priced))
        expect(controls).toContain(problem.control)
    }),
  )
})

it("asks nothing of an event that is not in the cart", () => {
  const improv = event({ id: "improv", slug: "improv", products: [] })
  expect(questionsFor({ ...asking, events: [...asking.events, improv] }, priced)).not.toContain(
    elsewhere,
  )
})
