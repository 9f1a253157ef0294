import { describe, expect, it } from "vitest"
import { canMove, type Machine, transitions } from "#core/order-state.ts"

describe("moves", () => {
  it("honours late money but never takes a payment back", () => {
    expect(canMove("order", "expired", "paid")).toBe(true)
    expect(canMove("order", "canceled", "paid")).toBe(false)
    expect(canMove("order", "paid", "awaiting_payment")).toBe(false)
    expect(canMove("payment", "succeeded", "failed")).toBe(false)
    expect(canMove("payment", "failed", "submitting")).toBe(true)
  })

  it("lets a cart thaw and come back, but never reopen once completed", () => {
    expect(canMove("cart", "frozen", "open")).toBe(true)
    expect(canMove("cart", "expired", "open")).toBe(true)
    expect(canMove("cart", "completed", "open")).toBe(false)
  })

  it("takes staying for no move", () => {
    expect(canMove("hold", "sold", "sold")).toBe(true)
    expect(canMove("hold", "sold", "held")).toBe(false)
  })

  it("begins only where a row may begin", () => {
    expect(canMove("order", "(new)", "paid")).toBe(true)
    expect(canMove("order", "(new)", "refunded")).toBe(false)
    expect(canMove("hold", "(new)", "held")).toBe(true)
  })
})

it.each(Object.keys(transitions) as Machine[])("every state of %s can be reached", (machine) => {
  const moves: Readonly<Record<string, readonly string[]>> = transitions[machine]
  const reached = new Set(["(new)"])
  for (const state of reached) for (const next of moves[state] ?? []) reached.add(next)
  expect([...reached].toSorted()).toEqual(Object.keys(moves).toSorted())
})

it.each<[Machine, readonly string[]]>([
  ["cart", ["completed"]],
  ["order", ["refunded"]],
  ["hold", ["expired", "released", "sold"]],
  ["payment", ["canceled", "succeeded"]],
  ["refund", ["failed"]],
  ["redemption", []],
  ["conversion", ["acknowledged"]],
])("%s ends in %j and nowhere else", (machine, ends) => {
  const moves: Readonly<Record<string, readonly string[]>> = transitions[machine]
  const final = Object.keys(moves).filter((state) => moves[state]?.length === 0)
  expect(final.toSorted()).toEqual(ends)
})

it("no move leads back to before there was a row, and none stays where it is", () => {
  for (const moves of Object.values(transitions))
    for (const [from, states] of Object.entries<readonly string[]>(moves)) {
      expect(states).not.toContain("(new)")
      expect(states).not.toContain(from)
      expect(new Set(states).size).toBe(states.length)
    }
})
