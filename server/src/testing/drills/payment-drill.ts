import { type FlowName, flows } from "#testing/drills/payment-scenes.ts"
import {
  type Case,
  type FaultName,
  faults,
  helpers,
  memories,
  type Result,
  runCase,
} from "#testing/drills/payment-matrix.ts"
import { mutants } from "#testing/drills/payment-mutants.ts"
import { openPurchaseBench, type PurchaseBench } from "#testing/purchase.ts"

export type MatrixOptions = {
  readonly flows?: readonly FlowName[]
  readonly faults?: readonly FaultName[]
  readonly memories?: readonly Case["keys"][]
  /** Which cases die of SIGKILL in a process of their own. */
  readonly kills?: (given: Case) => boolean
  readonly tell?: (result: Result) => void
}

/** Every flow under every fault, first to its end and then dying at each of its moments in turn, with the provider's memory kept and lost. */
export async function runMatrix(
  bench: PurchaseBench,
  options: MatrixOptions = {},
): Promise<Result[]> {
  const { tell = () => {}, kills = () => false } = options
  const results: Result[] = []
  const run = async (given: Case) => {
    const isKilled = given.diesAt !== undefined && kills(given)
    const result = await runCase(bench, { ...given, isKilled })
    results.push(result)
    tell(result)
    return result
  }
  for (const flow of options.flows ?? flows)
    for (const fault of options.faults ?? (Object.keys(faults) as FaultName[])) {
      const { moments } = await run({ flow, fault, keys: "kept", helper: "sweeper" })
      for (const keys of options.memories ?? memories)
        for (const diesAt of moments.keys())
          await run({ flow, fault, keys, helper: helpers[diesAt % helpers.length]!, diesAt })
    }
  return results
}

export type MutantVerdict = {
  readonly mutant: string
  readonly cases: number
  readonly caught: number
}

/** Runs each wrong program where it must be seen to be wrong. */
export async function tryMutants(bench: PurchaseBench, most = Infinity): Promise<MutantVerdict[]> {
  const verdicts: MutantVerdict[] = []
  for (const [mutant, { mutate, where }] of Object.entries(mutants)) {
    let [cases, caught] = [0, 0]
    for (const given of casesOf(where)) {
      if (caught >= most) break
      const { violations } = await runCase(bench, given, mutate)
      cases++
      if (violations.length > 0) caught++
    }
    verdicts.push({ mutant, cases, caught })
  }
  return verdicts
}

function casesOf(where: Partial<Case>): Case[] {
  const { fault = "drop responses", keys = "kept" } = where
  return (["begin-payment", "refund"] as const).flatMap((flow) =>
    [undefined, 3, 4].map((diesAt) => ({
      flow,
      fault,
      keys,
      helper: "sweeper" as const,
      ...(diesAt !== undefined && { diesAt }),
    })),
  )
}

/** A bench whose books may end up wrong: that is what is wanted of it. */
export async function withWrongBooks<T>(work: (bench: PurchaseBench) => Promise<T>): Promise<T> {
  const { database, bench, deps, ...rest } = await openPurchaseBench()
  await using _parts = [database, bench, deps.lane].reduce(
    (stack, part) => (stack.use(part), stack),
    new AsyncDisposableStack(),
  )
  return await work({ database, bench, deps, ...rest })
}
