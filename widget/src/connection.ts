import type { Answer, Command, FaultCode, Frame, Handshake } from "@foyer/shared/protocol"
import type { ByHttp } from "./by-http.ts"
import { openSocket, type PageSocket } from "./socket.ts"

export type Connection = {
  /** Answers `undefined` when none came in time or the connection went; never buffers. */
  readonly send: (command: Command, answered: (answer: Answer | undefined) => void) => void
  readonly retry: () => void
  readonly close: () => void
}

export type Listener = {
  /** Asked anew on each connect. */
  readonly handshake: () => Handshake
  readonly up: () => void
  readonly down: () => void
  readonly refused: (code: FaultCode) => void
  readonly frame: (frame: Frame) => void
  /** The page itself forbids every way to the server. */
  readonly blocked: () => void
}

const firstDelayMs = 400
const longestDelayMs = 8000
/** A WebSocket that never opened is perhaps not allowed here. */
const triesBeforeHttp = 2

/** One WebSocket to `origin`, kept open while the page is shown; plain requests where WebSockets cannot be had. */
export function openConnection(origin: string, listener: Listener): Connection {
  let socket: PageSocket | undefined
  let byHttp: ByHttp | undefined
  let timer: ReturnType<typeof setTimeout> | undefined
  let tries = 0
  let isUp = false
  let wasUp = false
  let isWanted = true

  const connect = () => {
    clearTimeout(timer)
    isWanted = true
    socket ??= openSocket(origin, { ...listener, up, ended, refused })
  }

  const up = () => {
    byHttp?.close()
    byHttp = undefined
    tries = 0
    isUp = wasUp = true
    listener.up()
  }

  const ended = () => {
    socket = undefined
    isUp = false
    if (!byHttp?.isUp()) listener.down()
    if (!isWanted) return
    const delay = Math.min(longestDelayMs, firstDelayMs * 2 ** tries++)
    timer = setTimeout(connect, delay * (0.5 + Math.random()))
    if (tries === triesBeforeHttp && !wasUp) void fallBack()
  }

  const refused = (code: FaultCode) => {
    isWanted = false
    listener.refused(code)
  }

  const fallBack = async () => {
    const { openByHttp } = await import("./by-http.ts")
    if (!isUp && isWanted) byHttp = openByHttp(origin, { ...listener, refused }, rest)
  }

  const rest = () => {
    clearTimeout(timer)
    isWanted = false
    socket?.close()
  }

  // An open socket would keep the page out of the back-forward cache; a page that returns from it asks for everything anew.
  const comeBack = ({ persisted }: PageTransitionEvent) => {
    if (persisted) connect()
  }
  window.addEventListener("pagehide", rest)
  window.addEventListener("pageshow", comeBack)
  connect()

  return {
    send: (command, answered) => {
      if (isUp) socket?.send(command, answered)
      else if (byHttp) byHttp.send(command, answered)
      else answered(undefined)
    },
    retry: connect,
    close: () => {
      window.removeEventListener("pagehide", rest)
      window.removeEventListener("pageshow", comeBack)
      rest()
      byHttp?.close()
    },
  }
}
