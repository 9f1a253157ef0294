import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { runMatrix, tryMutants, withWrongBooks } from "#testing/drills/payment-drill.ts"
import { flows } from "#testing/drills/payment-scenes.ts"
import { runCase } from "#testing/drills/payment-matrix.ts"
import { openPurchaseBench, type PurchaseBench } from "#testing/purchase.ts"

// A selection of `npm run drill -- matrix`.
let bench: PurchaseBench
beforeAll(async () => {
  bench = await openPurchaseBench()
})
afterAll(() => bench[Symbol.asyncDispose]())

const wrong = ({ violations }: { readonly violations: readonly string[] }) => violations.length > 0

describe.each(flows)("a process that dies in %s", (flow) => {
  it("at any moment of it leaves a purchase that comes to its end", async () => {
    const results = await runMatrix(bench, {
      flows: [flow],
      faults: ["none"],
      memories: ["pruned"],
    })
    expect(results.filter(wrong)).toEqual([])
    const [, ...deadly] = results
    expect(deadly.every(({ isDead }) => isDead)).toBe(true)
  })

  it("after a lost answer does too", async () => {
    const given = { flow, fault: "500 with effect", keys: "kept", helper: "sweeper" } as const
    const { violations, moments } = await runCase(bench, given)
    expect(violations).toEqual([])
    const last = await runCase(bench, { ...given, diesAt: moments.length - 2, helper: "webhook" })
    expect(last.violations).toEqual([])
  })
})

it.each(["begin-payment", "refund"] as const)("survives SIGKILL in %s", async (flow) => {
  const given = { flow, fault: "none", keys: "kept", helper: "shopper" } as const
  const result = await runCase(bench, { ...given, diesAt: 3, isKilled: true })
  expect(result).toMatchObject({ isDead: true, violations: [] })
})

it("sees every wrong program", async () => {
  const verdicts = await withWrongBooks((wrongBench) => tryMutants(wrongBench, 1))
  for (const { mutant, caught } of verdicts)
    expect({ mutant, caught }).toEqual({ mutant, caught: 1 })
}, 60_000)
