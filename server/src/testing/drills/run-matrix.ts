import { runMatrix, tryMutants, withWrongBooks } from "#testing/drills/payment-drill.ts"
import { type FlowName, flows } from "#testing/drills/payment-scenes.ts"
import type { Result } from "#testing/drills/payment-matrix.ts"
import { openPurchaseBench } from "#testing/purchase.ts"

/** `npm run drill -- matrix [flow]`: every case, then every wrong program. Answers what went wrong. */
export async function drillMatrix(only: readonly string[]): Promise<string[]> {
  const faults: string[] = []
  let [cases, died, killed] = [0, 0, 0]
  const tell = (result: Result) => {
    cases++
    if (result.isDead) died++
    if (result.isDead && result.case.isKilled) killed++
    if (result.violations.length > 0) faults.push(lineOf(result))
    if (cases % 50 === 0) console.log(`${cases} cases, ${faults.length} violations`)
  }
  {
    await using bench = await openPurchaseBench()
    const chosen = flows.filter((flow) => only.length === 0 || only.includes(flow))
    const kills = ({ fault, keys }: Result["case"]) => fault === "none" && keys === "kept"
    await runMatrix(bench, { flows: chosen as FlowName[], kills, tell })
  }
  console.log(`${cases} cases: ${died} died on the way, ${killed} of them by SIGKILL`)
  const verdicts = await withWrongBooks((bench) => tryMutants(bench))
  for (const { mutant, cases: tried, caught } of verdicts) {
    console.log(`mutant "${mutant}": seen in ${caught} of ${tried} cases`)
    if (caught === 0) faults.push(`mutant "${mutant}" was not seen`)
  }
  return faults
}

function lineOf({ case: given, moments, violations }: Result): string {
  return `${JSON.stringify(given)} (${moments.at(-1)}): ${violations.join("; ")}`
}
