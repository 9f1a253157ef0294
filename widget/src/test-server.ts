import type { Answer, Command, Frame, Handshake, Place } from "@foyer/shared/protocol"
import { PacketType, readPacket, writePacket } from "./packets.ts"

type Ack = (answer: Answer) => void

let opened = 0

/**
 * A Foyer server inside the page, behind the browser's own `WebSocket`: it keeps what it was told and answers when the test says so. Like the
 * real one it greets each widget of a handshake with `view`.
 */
export function openServer(view: (place: Place) => string) {
  const original = window.WebSocket
  const host = `server-${++opened}.test`
  const handshakes: Handshake[] = []
  const commands: { readonly command: Command; readonly ack: Ack }[] = []
  const sockets = new Set<PageSocket>()
  let seq = 0
  let isDown = false
  let refusal: unknown

  const frame = (instance: string, at: Place, more: Partial<Frame> = {}): Frame => ({
    instance,
    rev: 1,
    seq: ++seq,
    at,
    now: Date.now(),
    regions: [{ id: "layout", html: view(at) }],
    ...more,
  })

  class PageSocket extends EventTarget {
    static readonly OPEN = 1
    readyState = 0
    onopen: (() => void) | undefined
    onmessage: ((event: { data: string }) => void) | undefined
    onclose: (() => void) | undefined
    onerror: (() => void) | undefined

    constructor(url: string) {
      super()
      // A page of an earlier test may still be trying to reach its own server.
      if (new URL(url).host === host) setTimeout(() => (isDown ? this.#refuse() : this.#open()))
    }

    #open() {
      this.readyState = 1
      sockets.add(this)
      this.onopen?.()
      this.say(
        `0{"sid":"x","pingInterval":25000,"pingTimeout":20000,"upgrades":[],"maxPayload":1000}`,
      )
    }

    #refuse() {
      this.close()
    }

    say(data: string) {
      this.onmessage?.({ data })
    }

    packet(type: number, data: unknown, id?: number) {
      this.say(`4${writePacket({ type, data, ...(id !== undefined && { id }) })}`)
    }

    send(text: string) {
      // No network answers before the sender has returned.
      if (text.startsWith("4")) queueMicrotask(() => this.#read(readPacket(text.slice(1))))
    }

    #read(packet: ReturnType<typeof readPacket>) {
      if (!packet) throw new Error("the widget said what is no packet")
      const { type, data, id } = packet
      if (type === PacketType.CONNECT) this.#greet(data as Handshake)
      if (type === PacketType.EVENT && id !== undefined)
        commands.push({
          command: (data as [string, Command])[1],
          ack: (answer) => this.packet(PacketType.ACK, [answer], id),
        })
    }

    #greet(handshake: Handshake) {
      handshakes.push(handshake)
      if (refusal) return this.packet(PacketType.CONNECT_ERROR, refusal)
      this.packet(PacketType.CONNECT, { sid: "s" })
      for (const { instance, at } of handshake.widgets)
        this.packet(PacketType.EVENT, ["frame", frame(instance, at, { words: undefined as never })])
    }

    close() {
      if (this.readyState === 3) return
      this.readyState = 3
      sockets.delete(this)
      this.onclose?.()
    }
  }

  window.WebSocket = PageSocket as unknown as typeof WebSocket
  return {
    origin: `http://${host}`,
    handshakes,
    commands,
    frame,
    connections: () => sockets.size,
    push: (made: Frame) => {
      for (const socket of sockets) socket.packet(PacketType.EVENT, ["frame", made])
    },
    drop: () => {
      for (const socket of sockets) socket.close()
    },
    goDown: (down: boolean) => {
      isDown = down
      if (down) for (const socket of sockets) socket.close()
    },
    refuse: (code: string) => (refusal = { message: "no", data: { code } }),
    close: () => {
      for (const socket of sockets) socket.close()
      window.WebSocket = original
    },
  }
}
