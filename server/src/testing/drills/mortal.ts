import { subscribe, unsubscribe } from "node:diagnostics_channel"
import { once } from "node:events"
import type { ClientRequest } from "node:http"
import type { Socket } from "node:net"
import type pg from "pg"
import type { PaymentDeps } from "#flows/payment-deps.ts"
import type { PaymentProvider } from "#gateways/payment-provider.ts"
import { openPool, type Pool } from "#store/db.ts"
import { appRole } from "#store/migrations.ts"

/** What a process reaches on its way through a flow: each is a moment at which it can die. */
export type Mortal = AsyncDisposable & {
  readonly deps: PaymentDeps
  /** Every moment so far, in order. */
  readonly moments: readonly string[]
  readonly isDead: () => boolean
}

export type MortalOptions = {
  readonly url: string
  readonly deps: PaymentDeps
  /** The moment (its place in `moments`) at which the process dies; never when absent. */
  readonly diesAt?: number
  /** How: its network is cut for good, unless told otherwise. */
  readonly die?: () => Promise<never>
}

/** Thrown inside a process that has died, where nobody is left to hear it. */
const dead = new Error("this process is dead")

/**
 * A server process that can die at any moment of a flow: before and after each COMMIT, and before each request to the provider, when it has
 * left and when its answer is there. Dying without `die` cuts every connection for good: for the database and the provider this is what
 * `kill -9` does, and nothing that still runs can be noticed by anybody.
 */
export function openMortal({ url, deps, diesAt, die }: MortalOptions): Mortal {
  const pool = openPool({ url, role: appRole, max: 4, report: () => {} })
  const clients = new Set<pg.PoolClient>()
  const moments: string[] = []
  let isDead = false
  let ended: Promise<void> | undefined
  const cut = async (): Promise<never> => {
    isDead = true
    ended = pool.end()
    for (const client of clients) streamOf(client).destroy()
    throw dead
  }
  const reach = async (moment: string): Promise<void> => {
    if (isDead) throw dead
    moments.push(moment)
    if (moments.length - 1 === diesAt) await (die ?? cut)()
  }
  pool.on("connect", (client) => {
    clients.add(client)
    client.on("error", () => {})
    watchCommits(client, reach)
  })
  return {
    deps: { ...deps, pool, payments: watchProvider(deps.payments, reach) },
    moments,
    isDead: () => isDead,
    [Symbol.asyncDispose]: () => ended ?? (pool as Pool).end(),
  }
}

type Reach = (moment: string) => Promise<void>

function streamOf(client: pg.PoolClient): Socket {
  return (client as unknown as { readonly connection: { readonly stream: Socket } }).connection
    .stream
}

function watchCommits(client: pg.PoolClient, reach: Reach): void {
  const query = client.query.bind(client) as (...args: unknown[]) => unknown
  const watched = (...args: unknown[]) => (args[0] === "commit" ? commit() : query(...args))
  const commit = async () => {
    await reach("before COMMIT")
    const answer = await query("commit")
    await reach("after COMMIT")
    return answer
  }
  Object.assign(client, { query: watched })
}

const requests = [
  "createIntent",
  "retrieveIntent",
  "cancelIntent",
  "findIntent",
  "createRefund",
  "findRefund",
] as const

function watchProvider(provider: PaymentProvider, reach: Reach): PaymentProvider {
  const watched = requests.map((name) => {
    const send = provider[name] as (...args: unknown[]) => Promise<unknown>
    return [name, (...args: unknown[]) => ask(name, () => send(...args), reach)] as const
  })
  return { ...provider, ...Object.fromEntries(watched) }
}

async function ask(name: string, send: () => Promise<unknown>, reach: Reach): Promise<unknown> {
  await reach(`before ${name}`)
  const left = untilARequestLeft()
  const answer = send()
  // When the process dies meanwhile, its request goes on without it.
  answer.catch(() => {})
  await Promise.race([left, answer])
  await reach(`${name} left`)
  const answered = await answer
  await reach(`${name} answered`)
  return answered
}

/** Resolves once the next HTTP request of this process is with the operating system: it arrives, whatever becomes of its sender. */
function untilARequestLeft(): Promise<void> {
  const channel = "http.client.request.start"
  return new Promise((resolve) => {
    const hear = (message: unknown) => {
      unsubscribe(channel, hear)
      const { request } = message as { readonly request: ClientRequest }
      if (request.writableFinished) resolve()
      else void once(request, "finish").then(() => resolve())
    }
    subscribe(channel, hear)
  })
}
