import type { ConversionPayload, Destination, PixelCall } from "@foyer/shared/conversion"
import type { Consent } from "@foyer/shared/protocol"
import type { SafeStorage } from "./safe-storage.ts"

export type Outcome = {
  readonly destination: Destination
  readonly outcome: "fired" | "no-consent" | "missing-library"
}
type Acknowledge = (outcomes: readonly Outcome[]) => void
export type Order = { readonly order: string; readonly payloads: readonly ConversionPayload[] }

export type Conversions = {
  readonly tell: (order: Order, acknowledge: Acknowledge) => void
  readonly consent: (consent: Consent) => void
}

/** The host page's own libraries, by the names they give themselves. */
export type Libraries = Readonly<Record<string, unknown>>

/**
 * Fires an order's conversions with the libraries the host has loaded itself, once per order and destination over reloads and tabs, and only with
 * the host's consent: what came before it waits.
 */
export function createConversions(
  storage: SafeStorage,
  libraries: Libraries,
  given: Consent,
): Conversions {
  const waiting = new Map<string, { order: Order; acknowledge: Acknowledge }>()
  let consent = given

  const fire = async ({ order, payloads }: Order, acknowledge: Acknowledge) => {
    const outcomes = await oneTabAtATime(() =>
      payloads.flatMap((payload) => fireOnce(order, payload, storage, libraries)),
    )
    if (outcomes.length > 0) acknowledge(outcomes)
  }

  const tell = (order: Order, acknowledge: Acknowledge) => {
    if (consent === "granted") return void fire(order, acknowledge)
    if (waiting.has(order.order)) return
    waiting.set(order.order, { order, acknowledge })
    const outcomes = order.payloads
      .filter(({ destination }) => storage.get(mark(order.order, destination)) === undefined)
      .map(({ destination }) => ({ destination, outcome: "no-consent" as const }))
    if (outcomes.length > 0) acknowledge(outcomes)
  }

  return {
    tell,
    consent: (changed) => {
      consent = changed
      if (changed !== "granted") return
      const held = [...waiting.values()]
      waiting.clear()
      for (const each of held) void fire(each.order, each.acknowledge)
    },
  }
}

const mark = (order: string, destination: string) => `foyer.v1.told.${order}.${destination}`

function fireOnce(
  order: string,
  { destination, calls }: ConversionPayload,
  storage: SafeStorage,
  libraries: Libraries,
): readonly Outcome[] {
  const key = mark(order, destination)
  // A lost acknowledgement is said again; the call is not made again.
  if (storage.get(key) !== undefined) return [{ destination, outcome: "fired" }]
  const call = calls.find(({ library }) => isLoaded(libraries[library]))
  if (!call) {
    console.warn(`foyer: ${destination} is configured, but this page has not loaded its library`)
    return [{ destination, outcome: "missing-library" }]
  }
  storage.set(key, "1")
  run(call, libraries[call.library])
  return [{ destination, outcome: "fired" }]
}

const isLoaded = (library: unknown) => typeof library === "function" || Array.isArray(library)

function run({ args }: PixelCall, library: unknown): void {
  try {
    if (typeof library === "function") library(...args)
    else if (Array.isArray(library)) library.push(...args)
  } catch (error) {
    console.warn("foyer: the page's pixel failed", error)
  }
}

/** A completed order reaches every tab at once: they look at the marks one after the other. */
async function oneTabAtATime<T>(work: () => T): Promise<T> {
  const locks = "locks" in navigator ? navigator.locks : undefined
  if (!locks) return work()
  let done: { readonly value: T } | undefined
  try {
    await locks.request("foyer.v1.conversions", () => (done = { value: work() }))
  } catch {
    // A sandboxed frame has no locks; it has no other tab to race with either.
  }
  return done ? done.value : work()
}
