import { expect, it } from "vitest"
import { openLimits } from "#web/limits.ts"

it("lets through as much as the budget has, for each key by itself", async () => {
  const limits = openLimits()
  const tries = Array.from({ length: 45 }, () => limits.allows("socket-command", "a"))
  expect((await Promise.all(tries)).filter(Boolean)).toHaveLength(40)
  expect(await limits.allows("socket-command", "b")).toBe(true)
  expect(await limits.allows("address-command", "a")).toBe(true)
})

it("gives back what was no guess", async () => {
  const limits = openLimits()
  for (let attempt = 0; attempt < 30; attempt += 1) {
    expect(await limits.allows("sign-in-pair", "a")).toBe(true)
    await limits.forgives("sign-in-pair", "a")
  }
  const guesses = []
  for (let guess = 0; guess < 11; guess += 1) guesses.push(await limits.allows("sign-in-pair", "a"))
  expect(guesses.filter(Boolean)).toHaveLength(10)
})
