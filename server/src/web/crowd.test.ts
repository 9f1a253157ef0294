import { expect, it } from "vitest"
import { openCrowd } from "#web/crowd.ts"

it("is full at its limit, for each address by itself, until somebody leaves", () => {
  const crowd = openCrowd(2)
  const leave = crowd.enter("a")
  crowd.enter("a")
  expect(crowd.isFull("a")).toBe(true)
  expect(crowd.isFull("b")).toBe(false)
  leave()
  expect(crowd.isFull("a")).toBe(false)
})

it("counts nobody's leaving twice", () => {
  const crowd = openCrowd(2)
  const leave = crowd.enter("a")
  crowd.enter("a")
  leave()
  leave()
  crowd.enter("a")
  expect(crowd.isFull("a")).toBe(true)
})
