import type { IncomingMessage, ServerResponse } from "node:http"
import { settle } from "./attempt.ts"
import type { Sandbox, Work } from "./call.ts"
import { ownWork } from "./courier.ts"
import { inTransaction } from "./database.ts"
import { planFault } from "./faults.ts"
import { readFaultPlan } from "./fault-plan.ts"
import { pruneKeys } from "./idempotency.ts"
import { lockIntent } from "./intents.ts"
import type { Life } from "./life.ts"
import { settleRefund } from "./refunds.ts"
import { sandboxVersion } from "./version.ts"

type Given = Readonly<Record<string, unknown>>
type Result = { readonly status: number; readonly body: object }
type AdminRoute = (sandbox: Sandbox, given: Given, query: URLSearchParams) => Promise<Result>

const done = (body: object): Result => ({ status: 200, body })
const wrong = (message: string): Result => ({ status: 400, body: { error: message } })

const routes: Readonly<Record<string, AdminRoute>> = {
  "GET /sandbox/health": async ({ options }) =>
    done({
      name: "foyer-payment-sandbox",
      version: sandboxVersion,
      identity: identityOf(options),
    }),
  "GET /sandbox/calls": listCalls,
  "GET /sandbox/objects": listStored,
  "GET /sandbox/webhooks": listWebhooks,
  "POST /sandbox/webhooks": sendAgain,
  "GET /sandbox/faults": async ({ pool }) =>
    done({ data: (await pool.query("select * from fault order by id")).rows }),
  "POST /sandbox/faults": addFault,
  "DELETE /sandbox/faults": async ({ pool }) => {
    await pool.query("delete from fault")
    return done({})
  },
  "POST /sandbox/settle": settleNow,
  "POST /sandbox/prune": prune,
  "POST /sandbox/reset": reset,
}

/** Says which sandbox this is without telling its keys. */
export function identityOf(options: Sandbox["options"]): string {
  return [
    options.databaseName,
    options.webhookUrl,
    options.publicOrigin,
    options.keys.publishableKey,
  ].join(" ")
}

/** Answers an admin request. They are for this machine only: no proxy, no foreign name, no page of another site. */
export async function handleAdmin(
  sandbox: Sandbox,
  life: Life,
  request: IncomingMessage,
  response: ServerResponse,
  url: URL,
  body: string,
): Promise<void> {
  if (!isLocal(request)) {
    reply(response, {
      status: 403,
      body: { error: "The sandbox's admin routes answer on this machine only." },
    })
    return
  }
  const name = `${request.method} ${url.pathname}`
  if (name === "GET /sandbox/hold") return hold(life, response)
  if (name === "POST /sandbox/stop") return stop(sandbox, life, request, response)
  const route = routes[name]
  const given = parseJson(body)
  if (route === undefined)
    reply(response, { status: 404, body: { error: `There is no ${name} here.` } })
  else if (given === undefined) reply(response, wrong("The body must be a JSON object."))
  else reply(response, await route(sandbox, given, url.searchParams))
}

/** Stays open as long as the one who holds lives: when the connection breaks, nobody has to say so. */
function hold(life: Life, response: ServerResponse): void {
  response.on("close", life.hold())
  response.writeHead(200, { "Content-Type": "text/plain" }).flushHeaders()
}

/** Ends the sandbox for its last holder. There is no answer then: the connection breaks when nothing listens here any more. */
function stop(
  { options }: Sandbox,
  life: Life,
  request: IncomingMessage,
  response: ServerResponse,
): void {
  if (request.headers.authorization !== `Bearer ${options.keys.secretKey}`) {
    reply(response, { status: 401, body: { error: "Stopping needs the secret key." } })
  } else if (life.hasParent() || life.holders() > 1) {
    reply(response, { status: 409, body: { error: "Somebody else still needs this sandbox." } })
  } else life.stop()
}

function isLocal(request: IncomingMessage): boolean {
  const peer = (request.socket.remoteAddress ?? "").replace("::ffff:", "")
  const host = (request.headers.host ?? "").replace(/:\d+$/, "")
  const isForwarded = "forwarded" in request.headers || "x-forwarded-for" in request.headers
  const isFromPage = request.headers["sec-fetch-site"] !== undefined && request.method !== "GET"
  return (
    (peer.startsWith("127.") || peer === "::1") &&
    ["127.0.0.1", "localhost", "[::1]"].includes(host) &&
    !isForwarded &&
    !isFromPage
  )
}

function parseJson(body: string): Given | undefined {
  if (body === "") return {}
  try {
    const value: unknown = JSON.parse(body)
    return typeof value === "object" && value !== null && !Array.isArray(value)
      ? { ...value }
      : undefined
  } catch {
    return undefined
  }
}

function reply(response: ServerResponse, { status, body }: Result): void {
  response.writeHead(status, { "Content-Type": "application/json", "Cache-Control": "no-store" })
  response.end(JSON.stringify(body))
}

function limitOf(query: URLSearchParams): number {
  const limit = Number(query.get("limit") ?? 100)
  return Number.isInteger(limit) && limit > 0 ? Math.min(limit, 1000) : 100
}

async function listCalls(
  { pool }: Sandbox,
  _given: Given,
  query: URLSearchParams,
): Promise<Result> {
  const { rows } = await pool.query(
    `select id, at, method, path, params, idempotency_key, key_kind, status, is_replayed, fault, error
       from call where ($1::text is null or path like $1) and ($2::text is null or params::text like '%' || $2 || '%')
      order by seq desc limit $3`,
    [query.get("path"), query.get("contains"), limitOf(query)],
  )
  return done({ data: rows })
}

async function listStored(
  { pool }: Sandbox,
  _given: Given,
  query: URLSearchParams,
): Promise<Result> {
  const { rows } = await pool.query<{ body: object }>(
    `select body from object where ($1::text is null or kind = $1) and ($2::text is null or id = $2)
      order by seq desc limit $3`,
    [query.get("kind"), query.get("id"), limitOf(query)],
  )
  return done({ data: rows.map((row) => row.body) })
}

async function listWebhooks(
  { pool }: Sandbox,
  _given: Given,
  query: URLSearchParams,
): Promise<Result> {
  const { rows } = await pool.query(
    `select d.id, d.event_id, o.body->>'type' as type, d.subject_id, d.status, d.fault, d.due_at, d.attempts
       from delivery d join object o on o.id = d.event_id
      where ($1::text is null or d.subject_id = $1) order by d.id desc limit $2`,
    [query.get("subject"), limitOf(query)],
  )
  return done({ data: rows })
}

async function sendAgain(sandbox: Sandbox, given: Given): Promise<Result> {
  const { rowCount } = await sandbox.pool.query(
    `insert into delivery (event_id, subject_id, status)
     select id, body->'data'->'object'->>'id', 'pending' from object where id = $1 and kind = 'event'`,
    [String(given["event"])],
  )
  if (rowCount === 0) return wrong(`No such event: '${String(given["event"])}'`)
  sandbox.wake()
  return done({})
}

async function addFault({ pool }: Sandbox, given: Given): Promise<Result> {
  const plan = readFaultPlan(given)
  if (typeof plan === "string") return wrong(plan)
  return done({ id: await inTransaction(pool, (tx) => planFault(tx, plan)) })
}

async function settleNow(sandbox: Sandbox, given: Given): Promise<Result> {
  const id = String(given["id"])
  const result = await inTransaction(sandbox.pool, async (tx) => {
    const work = ownWork(tx, sandbox.options)
    return id.startsWith("re_") ? settleRefund(work, id) : settlePayment(work, id)
  })
  sandbox.wake()
  return result
}

async function settlePayment(work: Work, id: string): Promise<Result> {
  const intent = await lockIntent(work.tx, id)
  const { rows } = await work.tx.query<{ outcome: "succeeded" | "failed" }>(
    "select outcome from settlement where intent_id = $1",
    [id],
  )
  const outcome = rows[0]?.outcome
  if (intent === undefined || outcome === undefined) return wrong(`'${id}' is not processing.`)
  await settle(work, intent.body, outcome)
  return done({})
}

async function prune({ pool }: Sandbox, given: Given): Promise<Result> {
  const seconds = given["olderThanSeconds"] ?? 86_400
  if (typeof seconds !== "number" || !(seconds >= 0))
    return wrong("olderThanSeconds must be a number of seconds.")
  return done({ pruned: await inTransaction(pool, (tx) => pruneKeys(tx, seconds)) })
}

const tables = ["delivery", "settlement", "object", "idempotency_key", "call", "fault"]

async function reset({ pool }: Sandbox): Promise<Result> {
  await inTransaction(pool, async (tx) => {
    // Writers are let finish and then wait; in the order in which they come to these tables themselves. Readers go on, which a
    // truncation would not let them: the courier reads in another order.
    await tx.query("lock table object, settlement, delivery in exclusive mode")
    for (const table of tables) await tx.query(`delete from ${table}`)
  })
  return done({})
}
