import { randomUUID } from "node:crypto"
import type { HttpBindings } from "@hono/node-server"
import { type Answer, type FaultCode, parseCommand } from "@foyer/shared/protocol"
import { Hono } from "hono"
import { bodyLimit } from "hono/body-limit"
import type { ClientAddress } from "#web/client-address.ts"
import type { WebDeps } from "#web/deps.ts"
import { dispatch, fault, serverFault } from "#web/dispatch.ts"
import { greet } from "#web/greet.ts"
import { mayEmbed } from "#web/origins.ts"

const path = "/v1/w/:account/:widget/command"

/** As much as a socket takes. */
const largestBytes = 32_768

const statuses = {
  "bad-request": 400,
  "please-reload": 400,
  "origin-not-allowed": 403,
  "unknown-widget": 404,
  "op-reused": 409,
  "too-many-requests": 429,
  "server-error": 500,
} as const satisfies Record<FaultCode, number>

/** The same command over HTTP, for networks and pages that stop WebSockets: a thin transport, because commands are idempotent. */
export function commandRoutes(deps: WebDeps & { readonly clientAddress: ClientAddress }) {
  const routes = new Hono<{ Bindings: HttpBindings }>()

  routes.use(path, async (c, next) => {
    c.header("Vary", "Origin")
    c.header("Cache-Control", "no-store")
    const origin = c.req.header("origin")
    // A page that is refused may read why: its organizer looks at the console.
    if (origin !== undefined) c.header("Access-Control-Allow-Origin", origin)
    if (c.req.method === "OPTIONS") {
      c.header("Access-Control-Allow-Methods", "POST")
      c.header("Access-Control-Allow-Headers", "Content-Type")
      c.header("Access-Control-Max-Age", "86400")
      return c.body(null, 204)
    }
    const name = `${c.req.param("account")}/${c.req.param("widget")}`
    const found = await deps.storefronts.widget(name)
    if (!found) return c.json(fault("unknown-widget", `There is no widget "${name}".`), 404)
    if (!mayEmbed(origin, found.shop, found.widget, deps.publicUrl))
      return c.json(fault("origin-not-allowed", "This page is not an allowed site."), 403)
    return next()
  })

  routes.post(
    path,
    bodyLimit({
      maxSize: largestBytes,
      onError: (c) => c.json(fault("bad-request", "The body is over 32 kB."), 413),
    }),
    async (c) => {
      const name = `${c.req.param("account")}/${c.req.param("widget")}`
      const said = await c.req.json<unknown>().catch(() => undefined)
      const answer = await answerTo(deps, c.env.incoming, name, said)
      return c.json(answer, answer.ok ? 200 : statuses[answer.code])
    },
  )

  routes.onError((error, c) => {
    deps.log.error({ error }, "a command over HTTP failed")
    return c.json(serverFault, 500)
  })
  return routes
}

/** What one request came to: a page that lives for one command. */
async function answerTo(
  deps: WebDeps & { readonly clientAddress: ClientAddress },
  request: HttpBindings["incoming"],
  widget: string,
  said: unknown,
): Promise<Answer> {
  if (!(await deps.limits.allows("address-command", deps.clientAddress(request))))
    return fault("too-many-requests", "Too many commands: wait a few seconds.")
  const { handshake, command } = (said ?? {}) as Record<string, unknown>
  const greeted = greet(deps, request, randomUUID(), handshake)
  if (!greeted.ok) return greeted
  const parsed = parseCommand(command)
  if (parsed.ok && parsed.value.widget !== widget)
    return fault("bad-request", "The command names another widget than the URL.")
  return new Promise((answer) => void dispatch(deps, greeted.session, command, answer))
}
