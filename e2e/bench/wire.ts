import { once } from "node:events"
import { WebSocket } from "ws"

/** One page's connection, as thin as it can be: socket.io's packets on a WebSocket, so that thousands fit in one process. */
export type Wire = {
  /** Sends an event; resolves with its ack. */
  ask(event: string, body: unknown): Promise<unknown>
  /** Called with each event that the server sends. */
  onEvent: (event: string, body: unknown) => void
  close(): void
}

export type WireOptions = {
  readonly url: string
  readonly origin: string
  /** The client's address, as a proxy in front would tell it: limits count each shopper apart. */
  readonly address: string
  readonly auth: unknown
}

/** Connects to the namespace `/v1`; rejects when the server refuses. */
export async function connect({ url, origin, address, auth }: WireOptions): Promise<Wire> {
  const socket = new WebSocket(
    `${url.replace(/^http/, "ws")}/socket.io/?EIO=4&transport=websocket`,
    {
      origin,
      headers: { "x-forwarded-for": address },
      perMessageDeflate: false,
      skipUTF8Validation: true,
    },
  )
  const waiting = new Map<number, (answer: unknown) => void>()
  let last = 0
  const wire: Wire = {
    ask(event, body) {
      const id = ++last
      socket.send(`42/v1,${id}${JSON.stringify([event, body])}`)
      return new Promise((answer) => waiting.set(id, answer))
    },
    onEvent: () => {},
    close: () => socket.terminate(),
  }
  const joined = Promise.withResolvers<void>()
  socket.on("message", (data: Buffer) => {
    const text = data.toString()
    if (text === "2") socket.send("3")
    else if (text.startsWith("0")) socket.send(`40/v1,${JSON.stringify(auth)}`)
    else if (text.startsWith("40")) joined.resolve()
    else if (text.startsWith("44")) joined.reject(new Error(text))
    else receive(text, waiting, wire)
  })
  socket.on("error", joined.reject)
  await Promise.race([joined.promise, once(socket, "close").then(() => joined.promise)])
  return wire
}

function receive(text: string, waiting: Map<number, (answer: unknown) => void>, wire: Wire): void {
  const [, kind, id, body] = /^4([23])\/v1,(\d*)(.*)$/s.exec(text) ?? []
  if (kind === undefined || body === undefined) return
  const parts = JSON.parse(body) as unknown[]
  if (kind === "2") return wire.onEvent(String(parts[0]), parts[1])
  waiting.get(Number(id))?.(parts[0])
  waiting.delete(Number(id))
}
