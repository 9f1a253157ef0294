import { fork } from "node:child_process"
import { once } from "node:events"
import { setTimeout as pause } from "node:timers/promises"
import { applyWebhook, receiveWebhook } from "#flows/apply-webhook.ts"
import type { PaymentDeps } from "#flows/payment-deps.ts"
import type { PaymentProvider, ProviderAnswer } from "#gateways/payment-provider.ts"
import { type Mortal, openMortal } from "#testing/drills/mortal.ts"
import type { LastWill } from "#testing/drills/mortal-child.ts"
import { perform } from "#testing/drills/payment-act.ts"
import {
  faultyRequest,
  type FlowName,
  type Scene,
  scenes,
  sweepNow,
} from "#testing/drills/payment-scenes.ts"
import { judge } from "#testing/drills/payment-verdict.ts"
import { planFault, providerAt, type PurchaseBench } from "#testing/purchase.ts"

/** What the provider does to the flow's request. "late" takes longer than we wait, and has its effect after that. */
export const faults = {
  none: undefined,
  "drop request": { action: "drop-request", times: 1 },
  "drop response": { action: "drop-response", times: 1 },
  "drop responses": { action: "drop-response", times: 9 },
  late: { action: "delay", times: 1, delayMs: 700 },
  "429": { action: "429", times: 1 },
  "409": { action: "409", times: 1 },
  "409 for long": { action: "409", times: 9 },
  "500": { action: "500", times: 1 },
  "500 for long": { action: "500", times: 9 },
  "500 with effect": { action: "500-after-effect", times: 1 },
  "401": { action: "401", times: 1 },
} as const
export type FaultName = keyof typeof faults

export const memories = ["kept", "pruned"] as const
export const helpers = ["sweeper", "webhook", "shopper"] as const

/** One row of the matrix: what was done, what the provider did, at which moment the process died, and who came to help. */
export type Case = {
  readonly flow: FlowName
  readonly fault: FaultName
  /** The provider's memory of idempotency keys, when help comes. */
  readonly keys: (typeof memories)[number]
  readonly helper: (typeof helpers)[number]
  readonly diesAt?: number
  /** Dies as a process of its own, by SIGKILL; otherwise by losing its network for good. */
  readonly isKilled?: boolean
}

export type Result = {
  readonly case: Case
  /** Whether it came to the moment at which it was to die. */
  readonly isDead: boolean
  readonly moments: readonly string[]
  readonly violations: readonly string[]
}

/** A wrong program: what it makes of the provider. */
export type Mutation = (provider: PaymentProvider) => PaymentProvider

/** Runs one case from a new purchase to its end, and judges it. */
export async function runCase(
  bench: PurchaseBench,
  given: Case,
  mutate: Mutation = (provider) => provider,
): Promise<Result> {
  await bench.bench.admin("DELETE", "/sandbox/faults")
  const scene = await scenes[given.flow](bench)
  const provider = providerAt(bench.bench, patienceMs(given))
  const deps = { ...bench.deps, payments: mutate(impatient(provider)) }
  const fault = faults[given.fault]
  if (fault) await planFault(bench, { ...faultyRequest[given.flow], ...fault })
  const { moments, isDead } = given.isKilled
    ? await liveAndBeKilled(bench, scene, given)
    : await liveAndDie(bench, deps, scene, given.diesAt)
  await bench.bench.admin("DELETE", "/sandbox/faults")
  await timePasses(bench, given)
  await help(bench, deps, scene, given.helper)
  const isOver = await goOnUntilOver(bench, deps, scene, given)
  await pause(lateMs(given))
  await sweepNow(deps)
  const violations = await judge(bench, scene)
  return {
    case: given,
    moments,
    isDead,
    violations: isOver ? violations : ["it never came to its end", ...violations],
  }
}

async function liveAndDie(
  bench: PurchaseBench,
  deps: PaymentDeps,
  scene: Scene,
  diesAt: number | undefined,
): Promise<{ readonly moments: readonly string[]; readonly isDead: boolean }> {
  const { url } = bench.database
  await using mortal: Mortal = openMortal({
    url,
    deps,
    ...(diesAt !== undefined && { diesAt }),
  })
  await perform(mortal.deps, scene.act).catch(() => {})
  return { moments: mortal.moments, isDead: mortal.isDead() }
}

/** The same in a child process, which is killed where it stands. */
async function liveAndBeKilled(
  { database, bench }: PurchaseBench,
  { act }: Scene,
  given: Case,
): Promise<{ readonly moments: readonly string[]; readonly isDead: boolean }> {
  const { secretKey, webhookSecret, port } = bench.sandbox
  const api = { host: "127.0.0.1", port, protocol: "http" } as const
  const provider = { secretKey, webhookSecret, api, timeoutMs: patienceMs(given) }
  const child = fork(new URL("mortal-child.ts", import.meta.url), {
    execArgv: [],
    serialization: "advanced",
  })
  const { diesAt = Infinity } = given
  child.send({ url: database.url, provider, act, diesAt } satisfies LastWill)
  const [, signal] = await once(child, "exit")
  return { moments: [], isDead: signal === "SIGKILL" }
}

/** Help comes at once, or a day later: nobody waits for a call any more, and the provider has forgotten its keys. */
async function timePasses(bench: PurchaseBench, given: Case): Promise<void> {
  if (given.keys === "pruned") {
    await pause(Math.max(lateMs(given), 20))
    await bench.bench.admin("POST", "/sandbox/prune", { olderThanSeconds: 0 })
  }
  await forgetCallers(bench)
}

/** Nobody waits for the answer of a call any more. */
async function forgetCallers({ database }: PurchaseBench): Promise<void> {
  await database.owner.query(
    "update pay.provider_call set started_at = started_at - interval '60 seconds' where outcome is null",
  )
}

/** How long the provider's answers are waited for: briefly only where one comes late on purpose, because a busy machine is late, too. */
function patienceMs({ fault }: Case): number {
  return fault === "late" ? 300 : 5000
}

/** For how long a request that we have given up may still be at work over there. */
function lateMs({ fault }: Case): number {
  const plan = faults[fault]
  return plan?.action === "delay" ? plan.delayMs : 0
}

async function help(
  bench: PurchaseBench,
  deps: PaymentDeps,
  scene: Scene,
  helper: Case["helper"],
): Promise<void> {
  if (helper === "sweeper") await sweepNow(deps)
  else if (helper === "shopper") await perform(deps, scene.act).catch(() => {})
  else await tellAll(bench, deps)
}

/** Every webhook so far, in the wrong order and twice. */
async function tellAll({ bench }: PurchaseBench, deps: PaymentDeps): Promise<void> {
  const told = bench.webhooks.arrivals.slice(-6).toReversed()
  for (const { payload, signature } of [...told, ...told]) {
    const event = deps.payments.verifyWebhook(payload, signature)
    if (!event) throw new Error("a webhook of the sandbox is not signed by it")
    await receiveWebhook(deps, event)
    await applyWebhook(deps, { provider: deps.payments.name, eventId: event.id }).catch(() => {})
  }
}

/** More would be a purchase that is stuck. */
const mostRounds = 6

async function goOnUntilOver(
  bench: PurchaseBench,
  deps: PaymentDeps,
  scene: Scene,
  given: Case,
): Promise<boolean> {
  for (let round = 0; round < mostRounds; round++) {
    if (await scene.isOver()) return true
    await scene.goOn(deps).catch(() => {})
    await sweepNow(deps)
    await pause(lateMs(given) / 2)
    await forgetCallers(bench)
  }
  return scene.isOver()
}

/** A provider that asks to be left alone is given a moment, not the seconds it asks for. */
function impatient(provider: PaymentProvider): PaymentProvider {
  const soon = async <T>(asked: Promise<ProviderAnswer<T>>): Promise<ProviderAnswer<T>> => {
    const answer = await asked
    return answer.result === "retry" ? { ...answer, retryAfterMs: 10 } : answer
  }
  return {
    ...provider,
    createIntent: (wish, key) => soon(provider.createIntent(wish, key)),
    cancelIntent: (id, key) => soon(provider.cancelIntent(id, key)),
    createRefund: (wish, key) => soon(provider.createRefund(wish, key)),
  }
}
