import type { Answer, Command, FaultCode, Frame, Handshake } from "@foyer/shared/protocol"
import { PacketType, type Packet, readPacket, writePacket } from "./packets.ts"

/** One life of a connection: it opens once and ends once. */
export type PageSocket = {
  /** Answers `undefined` when none came in time or the connection went. */
  readonly send: (command: Command, answered: (answer: Answer | undefined) => void) => void
  readonly close: () => void
}

type Heard = {
  readonly handshake: () => Handshake
  readonly up: () => void
  readonly frame: (frame: Frame) => void
  /** The server will not have this page. `ended` follows. */
  readonly refused: (code: FaultCode) => void
  readonly ended: () => void
}

const patienceMs = 10_000

/**
 * Speaks with the server's socket.io over one WebSocket: engine.io 4's handshake and heartbeat, and socket.io 5's packets of one namespace.
 * Neither polling, upgrades, binary data nor buffers: what the widget never uses is not loaded by every shopper.
 */
export function openSocket(origin: string, heard: Heard): PageSocket {
  const acks = new Map<number, (answer: Answer | undefined) => void>()
  let lastId = 0
  let isOver = false
  let socket: WebSocket | undefined
  let silence: ReturnType<typeof setTimeout>

  const end = () => {
    if (isOver) return
    isOver = true
    clearTimeout(silence)
    window.removeEventListener("offline", end)
    socket?.close()
    for (const answered of acks.values()) answered(undefined)
    heard.ended()
  }

  const endIn = (ms: number) => {
    clearTimeout(silence)
    silence = setTimeout(end, ms)
  }

  const say = (packet: Packet) => socket?.send(`4${writePacket(packet)}`)

  const receive = ({ type, id, data }: Packet) => {
    if (type === PacketType.CONNECT) heard.up()
    else if (type === PacketType.EVENT) heard.frame((data as [string, Frame])[1])
    else if (type === PacketType.ACK) acks.get(id ?? -1)?.((data as [Answer])[0])
    else {
      if (type === PacketType.CONNECT_ERROR) heard.refused(codeIn(data))
      end()
    }
  }

  let beatMs = 0
  const read = (text: string) => {
    const body = text.slice(1)
    if (text[0] === "0") {
      const { pingInterval, pingTimeout } = JSON.parse(body) as Record<string, number>
      beatMs = (pingInterval ?? 0) + (pingTimeout ?? 0)
      say({ type: PacketType.CONNECT, data: heard.handshake() })
    }
    if (text[0] === "2") socket?.send("3")
    if (text[0] === "4") {
      const packet = readPacket(body)
      if (packet) receive(packet)
    }
    if (!isOver) endIn(beatMs)
  }

  endIn(patienceMs)
  window.addEventListener("offline", end)
  try {
    socket = new WebSocket(`${origin.replace(/^http/, "ws")}/socket.io/?EIO=4&transport=websocket`)
    // Where a content policy forbids it, Chromium tells of the error only.
    socket.onclose = socket.onerror = end
    socket.onmessage = ({ data }: MessageEvent<string>) => {
      try {
        if (!isOver) read(data)
      } catch (error) {
        console.warn("foyer: not understood", error)
        end()
      }
    }
  } catch {
    // A content policy may refuse the constructor itself; nobody listens before this returns.
    queueMicrotask(end)
  }

  return {
    send: (command, answered) => {
      const id = ++lastId
      const settle = (answer: Answer | undefined) => {
        clearTimeout(late)
        if (acks.delete(id)) answered(answer)
      }
      const late = setTimeout(settle, patienceMs, undefined)
      acks.set(id, settle)
      say({ type: PacketType.EVENT, id, data: ["command", command] })
    },
    close: end,
  }
}

function codeIn(data: unknown): FaultCode {
  return (data as { data?: { code?: FaultCode } }).data?.code ?? "server-error"
}
