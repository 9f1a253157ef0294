import type { IncomingMessage, Server as HttpServer } from "node:http"
import type { Answer, ClientMessages, FaultCode, ServerMessages } from "@foyer/shared/protocol"
import { Server, type Socket } from "socket.io"
import type { ClientAddress } from "#web/client-address.ts"
import { serveConsoleLive } from "#web/console/live.ts"
import { type Crowd, openCrowd } from "#web/crowd.ts"
import type { WebDeps } from "#web/deps.ts"
import { dispatch, fault, frameTurn } from "#web/dispatch.ts"
import { type Drain, openDrain } from "#web/drain.ts"
import { frameFor, glance } from "#web/frames.ts"
import { greet } from "#web/greet.ts"
import { type LiveRoom, saysSomething } from "#web/live.ts"
import { mayEmbed } from "#web/origins.ts"
import { type Instance, instanceOf, type Session } from "#web/session.ts"

type PageSocket = Socket<ClientMessages, ServerMessages, object, { session: Session }>
export type SocketDeps = WebDeps & {
  readonly room: LiveRoom
  readonly clientAddress: ClientAddress
}

/** What arrives before any namespace: one WebSocket. */
type Transport = {
  readonly request: IncomingMessage
  close(): void
  once(event: "close", listener: () => void): void
}

/** Who is connected, and whether anybody may still come. */
type Lobby = { readonly drain: Drain; readonly crowd: Crowd }

/** Reaches the widget as a `connect_error` whose `data.code` says why; it does not try again by itself. */
type Refused = Error & { readonly data: { readonly code: FaultCode } }

/**
 * Serves the namespace `/v1`: commands in, frames out. Disposing answers the commands under way, takes no new ones, and closes the transports
 * only: a page that is told to disconnect would never come back.
 */
export function serveSocket(http: HttpServer, deps: SocketDeps): AsyncDisposable {
  const drain = openDrain()
  const lobby = { drain, crowd: openCrowd() }
  const transports = new Set<Transport>()
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
      void whyNot(deps, lobby, request).then((reason) => answer(reason, reason === undefined))
    },
  })
  io.engine.on("connection", (transport: Transport) => {
    const leave = lobby.crowd.enter(deps.clientAddress(transport.request))
    transports.add(transport)
    transport.once("close", () => {
      transports.delete(transport)
      leave()
    })
    if (drain.isClosed) transport.close()
  })
  io.use((_socket, next) => next(new Error("there is nothing in this namespace")))
  const pages = io.of("/v1")
  pages.use((socket, next) => void drain.run(() => admit(deps, socket as PageSocket, next)))
  pages.on("connection", (socket) => void drain.run(() => serve(deps, drain, socket as PageSocket)))
  serveConsoleLive(io, deps, drain)
  return {
    async [Symbol.asyncDispose]() {
      await drain.close()
      for (const transport of transports) transport.close()
    },
  }
}

/** Why a connection is refused before anything is known of it but its address and Origin. Never rejects: nobody would hear it. */
async function whyNot(
  deps: SocketDeps,
  { drain, crowd }: Lobby,
  request: IncomingMessage,
): Promise<string | undefined> {
  try {
    if (drain.isClosed) return "closing"
    const address = deps.clientAddress(request)
    if (crowd.isFull(address) || !(await deps.limits.allows("address-connect", address)))
      return "too many connections"
    return (await isHostPage(deps, request.headers.origin)) ? undefined : "origin not allowed"
  } catch (error) {
    deps.log.error({ error }, "a connection could not be checked")
    return "try again"
  }
}

/** Whether any account has pages of that origin. Which widget may be in a sandboxed frame (`null`) is only known after the handshake. */
async function isHostPage(deps: SocketDeps, origin: string | undefined): Promise<boolean> {
  if (origin === undefined) return false
  return origin === deps.publicUrl || origin === "null" || deps.storefronts.allowsOrigin(origin)
}

/** Reads the handshake. A fault is no refusal: the page comes back with backoff and asks again. */
async function admit(
  deps: SocketDeps,
  socket: PageSocket,
  next: (refused?: Refused) => void,
): Promise<void> {
  try {
    const greeted = greet(deps, socket.request, socket.id, socket.handshake.auth)
    if (!greeted.ok) return next(refused(greeted.code, greeted.message))
    socket.data.session = greeted.session
    next(await refusalOf(deps, greeted.session))
  } catch (error) {
    deps.log.error({ error }, "a handshake failed")
    askAgainLater(socket)
  }
}

/** Why the page may show none of the widgets it names. One that it may not show beside one that it may is simply not served. */
async function refusalOf(deps: SocketDeps, session: Session): Promise<Refused | undefined> {
  const { widgets } = session.handshake
  const found = await Promise.all(widgets.map(({ widget }) => deps.storefronts.widget(widget)))
  const known = found.filter((each) => each !== undefined)
  const [first] = widgets
  if (!first) return undefined
  if (known.length === 0) return refused("unknown-widget", `There is no widget "${first.widget}".`)
  const isAllowed = known.some(({ shop, widget }) =>
    mayEmbed(session.origin, shop, widget, deps.publicUrl),
  )
  return isAllowed
    ? undefined
    : refused("origin-not-allowed", `${session.origin} is not an allowed site.`)
}

function refused(code: FaultCode, message: string): Refused {
  return Object.assign(new Error(message), { data: { code } })
}

/** Without an answer a widget shows nothing. It comes back when its transport closes: not all at once, and not at once. */
function askAgainLater(socket: PageSocket): void {
  setTimeout(() => socket.conn.close(), 500 + Math.random() * 2000).unref()
}

async function serve(deps: SocketDeps, drain: Drain, socket: PageSocket): Promise<void> {
  const { session } = socket.data
  forgetRequest(socket)
  const refresh = (instance: Instance) => drain.run(() => show(deps, socket, instance))
  deps.room.enter(session, refresh)
  socket.on("disconnect", () => deps.room.leave(session))
  socket.on("command", (command, ack) => {
    // A client without a callback is served all the same.
    const answer = typeof ack === "function" ? ack : () => {}
    void drain.run(() => receive(deps, session, command, answer))
  })
  for (const { instance, widget, at } of session.handshake.widgets)
    await show(deps, socket, instanceOf(session, instance, widget, at))
}

/** socket.io keeps what a connection began with for as long as it lives. All that it said is in the session. */
function forgetRequest({ conn, handshake }: PageSocket): void {
  Object.assign(conn, { request: undefined })
  Object.assign(handshake, { headers: {}, auth: {}, query: {} })
}

/** Sends one instance what it should see now, if that differs from what it has. Never rejects. */
async function show(deps: SocketDeps, socket: PageSocket, instance: Instance): Promise<void> {
  const { session } = socket.data
  try {
    const found = await deps.storefronts.widget(instance.widget)
    if (!found || !mayEmbed(session.origin, found.shop, found.widget, deps.publicUrl)) return
    await deps.turns(frameTurn(session, instance.id), async () => {
      if (!socket.connected) return
      const isFirst = !instance.greeted
      const frame = await frameFor(deps, session, instance, found, glance)
      if (isFirst || saysSomething(frame)) socket.emit("frame", frame)
    })
  } catch (error) {
    deps.log.error({ error, widget: instance.widget }, "a frame could not be shown")
    if (!instance.greeted) askAgainLater(socket)
  }
}

/** Checks the pace, then has the command run. */
async function receive(
  deps: SocketDeps,
  session: Session,
  command: unknown,
  answer: (answer: Answer) => void,
): Promise<void> {
  const isPatient =
    (await deps.limits.allows("socket-command", session.id)) &&
    (await deps.limits.allows("address-command", session.address))
  if (isPatient) await dispatch(deps, session, command, answer)
  else answer(fault("too-many-requests", "Too many commands: wait a few seconds."))
}
