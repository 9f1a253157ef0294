import fc from "fast-check"
import { afterAll, beforeAll, expect, it } from "vitest"
import { closeCall, holdIsNotExtended, play, stories } from "#testing/drills/late-money.ts"
import { withWrongBooks } from "#testing/drills/payment-drill.ts"
import { openPurchaseBench, type PurchaseBench } from "#testing/purchase.ts"

// A few of `npm run drill -- late-money`.
let bench: PurchaseBench
beforeAll(async () => {
  bench = await openPurchaseBench()
})
afterAll(() => bench[Symbol.asyncDispose]())

it("honours late money or sends it back, whoever competes", async () => {
  let paid = 0
  await fc.assert(
    fc.asyncProperty(stories, async (story) => {
      paid += (await play(bench, story)).paid
    }),
    { numRuns: 12, examples: [[closeCall]], endOnFailure: true },
  )
  expect(paid).toBeGreaterThan(0)
}, 60_000)

it("sees a hold that does not live as long as its payment", async () => {
  await withWrongBooks(async (wrong) => {
    for (const statement of holdIsNotExtended) await wrong.database.owner.query(statement)
    await expect(play(wrong, closeCall)).rejects.toThrow("money that came in time was sent back")
  })
})
