import type {
  Answer,
  ClientMessages,
  Command,
  FaultCode,
  Frame,
  Handshake,
  ServerMessages,
} from "@foyer/shared/protocol"
import { Manager, type Socket } from "socket.io-client"

export type Connection = {
  /** Answers `undefined` when none came in time or the connection went; never buffers. */
  readonly send: (command: Command, answered: (answer: Answer | undefined) => void) => void
  readonly retry: () => void
  readonly close: () => void
}

type Listener = {
  /** Asked anew on each connect. */
  readonly handshake: () => Handshake
  readonly up: () => void
  readonly down: () => void
  readonly refused: (code: FaultCode) => void
  readonly frame: (frame: Frame) => void
}

const ackTimeoutMs = 10_000

/** One WebSocket to `origin`, kept open while the page is shown. */
export function openConnection(origin: string, listener: Listener): Connection {
  const manager = new Manager(origin, {
    transports: ["websocket"],
    reconnectionDelay: 400,
    reconnectionDelayMax: 8000,
    randomizationFactor: 0.5,
    timeout: 10_000,
  })
  const socket: Socket<ServerMessages, ClientMessages> = manager.socket("/v1", {
    auth: (give) => give(listener.handshake()),
  })
  socket.on("connect", listener.up)
  socket.on("disconnect", listener.down)
  socket.on("connect_error", (error: Error & { data?: { code?: FaultCode } }) => {
    listener.down()
    // Only the server's own refusal ends the retries; trouble on the way there does not.
    if (!socket.active) listener.refused(error.data?.code ?? "server-error")
  })
  socket.on("frame", listener.frame)
  const stopFollowing = followPage(socket)
  return {
    send: (command, answered) => {
      if (!socket.connected) return answered(undefined)
      socket
        .timeout(ackTimeoutMs)
        .emit("command", command, (lost: Error | null, answer: Answer) =>
          answered(lost ? undefined : answer),
        )
    },
    retry: () => void socket.connect(),
    close: () => {
      stopFollowing()
      socket.disconnect()
    },
  }
}

/** An open socket would keep the page out of the back-forward cache; a page that returns from it asks for everything anew. */
function followPage(socket: Socket<ServerMessages, ClientMessages>): () => void {
  const leave = () => void socket.disconnect()
  const comeBack = (event: PageTransitionEvent) => {
    if (event.persisted) socket.connect()
  }
  window.addEventListener("pagehide", leave)
  window.addEventListener("pageshow", comeBack)
  return () => {
    window.removeEventListener("pagehide", leave)
    window.removeEventListener("pageshow", comeBack)
  }
}
