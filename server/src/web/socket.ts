import type { IncomingMessage, Server as HttpServer } from "node:http"
import {
  type Answer,
  type ClientMessages,
  type Handshake,
  parseCommand,
  parseHandshake,
  protocolVersion,
  type ServerMessages,
} from "@foyer/shared/protocol"
import { Server, type Socket } from "socket.io"
import type { ClientAddress } from "#web/client-address.ts"
import type { WebDeps } from "#web/deps.ts"
import { dispatch, fault } from "#web/dispatch.ts"
import { frameFor, glance } from "#web/frames.ts"
import { type LiveRoom, saysSomething } from "#web/live.ts"
import { mayEmbed } from "#web/origins.ts"
import { addInstance, cartOf, type Instance, openSession, type Session } from "#web/session.ts"

type PageSocket = Socket<ClientMessages, ServerMessages, object, { session: Session }>
type SocketDeps = WebDeps & { readonly room: LiveRoom; readonly clientAddress: ClientAddress }

/** A handshake the server will not serve; `code` reaches the widget as `error.data.code`. */
class Refused extends Error {
  readonly data: { readonly code: string }
  constructor(code: string, message: string) {
    super(message)
    this.data = { code }
  }
}

/** Serves the namespace `/v1`: commands in, frames out. */
export function serveSocket(http: HttpServer, deps: SocketDeps): Server {
  const io = new Server(http, {
    serveClient: false,
    transports: ["websocket"],
    maxHttpBufferSize: 32_768,
    connectTimeout: 10_000,
    cookie: false,
    allowEIO3: false,
    perMessageDeflate: false,
    // `cors` would not protect WebSockets: the Origin of each is checked here, before anything else is known.
    allowRequest: (request, answer) => {
      void mayConnect(deps, request).then((allowed) =>
        answer(allowed ? null : "origin not allowed", allowed),
      )
    },
  })
  const pages = io.of("/v1")
  pages.use((socket, next) => {
    void greet(deps, socket as PageSocket).then(
      () => next(),
      (error: unknown) => {
        if (!(error instanceof Refused)) deps.log.error({ error }, "a handshake failed")
        next(error instanceof Refused ? error : new Refused("server-error", "Try again."))
      },
    )
  })
  pages.on("connection", (socket) => void serve(deps, socket as PageSocket))
  return io
}

async function mayConnect(deps: SocketDeps, request: IncomingMessage): Promise<boolean> {
  const { origin } = request.headers
  if (origin === undefined) return false
  if (!(await deps.limits.allows("address-connect", deps.clientAddress(request)))) return false
  return origin === deps.publicUrl || deps.storefronts.allowsOrigin(origin)
}

/** Reads the handshake; refuses pages that none of their widgets may be on. */
async function greet(deps: SocketDeps, socket: PageSocket): Promise<void> {
  const parsed = parseHandshake(socket.handshake.auth)
  if (!parsed.ok) throw new Refused("bad-request", `The handshake${parsed.path} ${parsed.message}.`)
  const handshake = parsed.value
  if (handshake.protocol > protocolVersion || handshake.protocol < protocolVersion - 1)
    throw new Refused("please-reload", "This page has another version of the widget: reload it.")
  const session = sessionOf(deps, socket.request, socket.id, handshake)
  await refuseStrangers(deps, session)
  socket.data.session = session
}

async function refuseStrangers(deps: SocketDeps, session: Session): Promise<void> {
  const { widgets } = session.handshake
  const found = await Promise.all(widgets.map(({ widget }) => deps.storefronts.widget(widget)))
  if (widgets.length > 0 && found.every((each) => each === undefined))
    throw new Refused("unknown-widget", `There is no widget "${widgets[0]?.widget}".`)
  const allowed = found.map(
    (each) => each && mayEmbed(session.origin, each.shop, each.widget, deps.publicUrl),
  )
  if (widgets.length > 0 && !allowed.includes(true))
    throw new Refused("origin-not-allowed", `${session.origin} is not an allowed site.`)
}

export function sessionOf(
  deps: Pick<SocketDeps, "clientAddress" | "geography">,
  request: IncomingMessage,
  id: string,
  handshake: Handshake,
): Session {
  const address = deps.clientAddress(request)
  const country = deps.geography.countryOf({
    address,
    headers: request.headers,
    ...(handshake.timeZone && { timeZone: handshake.timeZone }),
  })
  const origin = request.headers.origin ?? ""
  return openSession({ id, handshake, address, origin, ...(country && { country }) })
}

async function serve(deps: SocketDeps, socket: PageSocket): Promise<void> {
  const { session } = socket.data
  const refresh = (instance: Instance) => show(deps, socket, instance)
  deps.room.enter(session, refresh)
  socket.on("disconnect", () => deps.room.leave(session))
  socket.on("command", (command, ack) => {
    void answer(deps, socket, command).then((answered) => {
      if (typeof ack === "function") ack(answered)
    })
  })
  for (const { instance, widget, at } of session.handshake.widgets) {
    const opened = addInstance(session, instance, widget, at)
    await refresh(opened).catch((error: unknown) => {
      deps.log.error({ error, widget }, "a widget's first frame failed")
      socket.conn.close() // it comes back with backoff and asks again
    })
  }
}

/** Sends one instance what it should see now, if that differs from what it has. */
async function show(deps: SocketDeps, socket: PageSocket, instance: Instance): Promise<void> {
  const { session } = socket.data
  const found = await deps.storefronts.widget(instance.widget)
  if (!found || !mayEmbed(session.origin, found.shop, found.widget, deps.publicUrl)) return
  await deps.turns(cartOf(session, instance).token ?? session.id, async () => {
    const greeted = instance.greeted
    const frame = await frameFor(deps, session, instance, found, glance)
    if (!greeted || saysSomething(frame)) socket.emit("frame", frame)
  })
}

/** Checks the shape and the pace, runs the command, and always has an answer: nothing a client sends may end the process. */
async function answer(deps: SocketDeps, socket: PageSocket, input: unknown): Promise<Answer> {
  try {
    const { session } = socket.data
    const patient =
      (await deps.limits.allows("socket-command", session.id)) &&
      (await deps.limits.allows("address-command", session.address))
    if (!patient) return fault("too-many-requests", "Too many commands: wait a few seconds.")
    const parsed = parseCommand(input)
    if (!parsed.ok) return fault("bad-request", `The command${parsed.path} ${parsed.message}.`)
    return await dispatch(deps, session, parsed.value)
  } catch (error) {
    deps.log.error({ error }, "a command failed")
    return fault(
      "server-error",
      "Something went wrong on our side. Nothing was charged; try again.",
    )
  }
}
