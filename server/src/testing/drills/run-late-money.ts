import fc from "fast-check"
import { closeCall, holdIsNotExtended, play, stories } from "#testing/drills/late-money.ts"
import { withWrongBooks } from "#testing/drills/payment-drill.ts"
import { openPurchaseBench } from "#testing/purchase.ts"

/** `npm run drill -- late-money [stories]`: random stories, and the wrong program that they must see. */
export async function drillLateMoney([count = "300"]: readonly string[]): Promise<string[]> {
  await using bench = await openPurchaseBench()
  let [played, paid, returned] = [0, 0, 0]
  const told = await fc.check(
    fc.asyncProperty(stories, async (story) => {
      const tally = await play(bench, story)
      paid += tally.paid
      returned += tally.returned
      if (++played % 50 === 0) console.log(`${played} stories`)
    }),
    { numRuns: Number(count), examples: [[closeCall]], endOnFailure: true },
  )
  console.log(`${played} stories: ${paid} orders paid, ${returned} returned`)
  const isSeen = await withWrongBooks(async (wrong) => {
    for (const statement of holdIsNotExtended) await wrong.database.owner.query(statement)
    return play(wrong, closeCall).then(
      () => false,
      () => true,
    )
  })
  console.log(`mutant "a hold that is not extended": ${isSeen ? "seen" : "not seen"}`)
  return [
    ...(told.failed ? [fc.defaultReportMessage(told) ?? "a story failed"] : []),
    ...(isSeen ? [] : ["the hold that is not extended was not seen"]),
  ]
}
