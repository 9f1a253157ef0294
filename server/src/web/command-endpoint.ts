import { randomUUID } from "node:crypto"
import type { HttpBindings } from "@hono/node-server"
import { type Answer, parseCommand, parseHandshake } from "@foyer/shared/protocol"
import { Hono } from "hono"
import { bodyLimit } from "hono/body-limit"
import type { ClientAddress } from "#web/client-address.ts"
import type { WebDeps } from "#web/deps.ts"
import { dispatch, fault } from "#web/dispatch.ts"
import { mayEmbed } from "#web/origins.ts"
import { sessionOf } from "#web/socket.ts"

/** The same command over HTTP, for networks and pages that stop WebSockets: a thin transport, because commands are idempotent. */
export function commandRoutes(deps: WebDeps & { readonly clientAddress: ClientAddress }) {
  const routes = new Hono<{ Bindings: HttpBindings }>()

  routes.use("/v1/w/:account/:widget/command", async (c, next) => {
    const found = await deps.storefronts.widget(
      `${c.req.param("account")}/${c.req.param("widget")}`,
    )
    if (!found) return c.json(fault("unknown-widget", "There is no such widget."), 404)
    const origin = c.req.header("origin")
    if (!mayEmbed(origin, found.shop, found.widget, deps.publicUrl))
      return c.json(fault("origin-not-allowed", "This page is not an allowed site."), 403)
    c.header("Access-Control-Allow-Origin", origin ?? "")
    c.header("Vary", "Origin")
    if (c.req.method !== "OPTIONS") return next()
    c.header("Access-Control-Allow-Methods", "POST")
    c.header("Access-Control-Allow-Headers", "Content-Type")
    c.header("Access-Control-Max-Age", "86400")
    return c.body(null, 204)
  })

  routes.post(
    "/v1/w/:account/:widget/command",
    bodyLimit({
      maxSize: 32_768,
      onError: (c) => c.json(fault("bad-request", "The body is over 32 kB."), 413),
    }),
    async (c) => {
      const address = deps.clientAddress(c.env.incoming)
      if (!(await deps.limits.allows("address-command", address)))
        return c.json(fault("too-many-requests", "Too many commands: wait a few seconds."), 429)
      const body: unknown = await c.req.json().catch(() => undefined)
      const { handshake: said, command: asked } = (body ?? {}) as Record<string, unknown>
      const handshake = parseHandshake(said)
      if (!handshake.ok)
        return c.json(fault("bad-request", `.handshake${handshake.path} ${handshake.message}`), 400)
      const command = parseCommand(asked)
      if (!command.ok)
        return c.json(fault("bad-request", `.command${command.path} ${command.message}`), 400)
      if (command.value.widget !== `${c.req.param("account")}/${c.req.param("widget")}`)
        return c.json(fault("bad-request", "The command names another widget than the URL."), 400)
      const session = sessionOf(deps, c.env.incoming, randomUUID(), handshake.value)
      const answer = await dispatch(deps, session, command.value)
      return c.json(answer, statusOf(answer))
    },
  )
  return routes
}

function statusOf(answer: Answer): 200 | 400 | 403 | 404 | 409 | 500 {
  if (answer.ok) return 200
  switch (answer.code) {
    case "unknown-widget":
      return 404
    case "origin-not-allowed":
      return 403
    case "op-reused":
      return 409
    case "server-error":
      return 500
    case "bad-request":
    case "please-reload":
    case "too-many-requests":
      return 400
  }
}
