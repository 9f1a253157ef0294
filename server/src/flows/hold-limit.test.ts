import { expect, it } from "vitest"
import { openHoldLimit } from "#flows/hold-limit.ts"

function limitOf(most: number) {
  let nowMs = 0
  const limit = openHoldLimit(most, () => nowMs)
  const take = (address: string, line: string, quantity: number) =>
    limit.take({ address, line }, quantity, 1000)
  const takeAtLeast = (address: string, line: string, quantity: number) =>
    limit.takeAtLeast({ address, line }, quantity, 1000)
  return { take, takeAtLeast, pass: (ms: number) => (nowMs += ms) }
}

it("counts what an address holds over all its carts", () => {
  const { take } = limitOf(10)
  expect(take("a", "cart 1", 6)).toBeDefined()
  expect(take("a", "cart 2", 5)).toBeUndefined()
  expect(take("a", "cart 2", 4)).toBeDefined()
  expect(take("b", "cart 3", 10)).toBeDefined()
})

it("counts a line as it is now, not each click on it", () => {
  const { take } = limitOf(10)
  for (const quantity of [1, 5, 10]) expect(take("a", "cart 1", quantity)).toBeDefined()
  expect(take("a", "cart 1", 2)).toBeDefined()
  expect(take("a", "cart 2", 8)).toBeDefined()
})

it("forgets what was refused after all", () => {
  const { take } = limitOf(10)
  take("a", "cart 1", 4)
  take("a", "cart 1", 10)?.()
  expect(take("a", "cart 2", 7)).toBeUndefined()
  expect(take("a", "cart 2", 6)).toBeDefined()
})

it("forgets with time", () => {
  const { take, pass } = limitOf(10)
  take("a", "cart 1", 10)
  pass(999)
  expect(take("a", "cart 2", 1)).toBeUndefined()
  pass(1)
  expect(take("a", "cart 2", 10)).toBeDefined()
})

it("lets go even when it is full", () => {
  const { take } = limitOf(10)
  take("a", "cart 1", 10)
  expect(take("a", "cart 1", 9)).toBeDefined()
  expect(take("a", "cart 1", 0)).toBeDefined()
  expect(take("a", "cart 2", 10)).toBeDefined()
})

it("never counts less for what may only grow", () => {
  const { take, takeAtLeast } = limitOf(10)
  take("a", "cart 1", 8)
  expect(takeAtLeast("a", "cart 1", 2)).toBeDefined()
  expect(take("a", "cart 2", 3)).toBeUndefined()
  takeAtLeast("a", "cart 1", 10)?.()
  expect(take("a", "cart 2", 2)).toBeDefined()
})
