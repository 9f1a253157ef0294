import { once } from "node:events"
import { connect, createServer, type Socket } from "node:net"

export type WireTap = AsyncDisposable & {
  /** The tapped server's URL: everything passes through here. */
  readonly url: string
  /** Cuts every later connection that sends `text`: before the server sees it, or after the server has answered it. */
  cut(text: string, when: "before" | "after-answer"): void
  /** Breaks every connection at once and takes no new one: the network is gone, or the server behind it. */
  sever(): void
  /** Resolves when this many connections have been tried in vain since `sever`. */
  untilTried(times: number): Promise<void>
  /** New connections get a poor network: every byte is late, and only so many pass in a second, each way. */
  slow(network: PoorNetwork): void
  /** From now on nothing is cut, and new connections are as fast as they can be. */
  mend(): void
}

export type PoorNetwork = {
  /** One way, in milliseconds. */
  readonly delayMs: number
  readonly bytesPerSecond: number
}

/** A network between a client and PostgreSQL, or any other server, that can break at the worst moment, on purpose. */
export async function tapWire(serverUrl: string): Promise<WireTap> {
  const target = new URL(serverUrl)
  const sockets = new Set<Socket>()
  let trap: { text: string; when: "before" | "after-answer" } | undefined

  let network: PoorNetwork | undefined
  let isSevered = false
  let tried = 0
  const tries = new EventTarget()

  const server = createServer((client) => {
    if (isSevered) {
      tried++
      tries.dispatchEvent(new Event("try"))
      client.on("error", () => {}).destroy()
      return
    }
    const backend = connect(Number(target.port), target.hostname)
    const both = [client, backend]
    const end = () => both.forEach((socket) => socket.destroy())
    for (const socket of both) {
      sockets.add(socket)
      socket.on("error", end).on("close", end)
    }
    const [toBackend, toClient] = [pipe(backend, network), pipe(client, network)]
    client.on("data", (chunk) => {
      const isTrapped = trap !== undefined && chunk.includes(trap.text)
      if (isTrapped && trap?.when === "before") return end()
      if (isTrapped) backend.removeAllListeners("data").once("data", end)
      toBackend(chunk)
    })
    backend.on("data", toClient)
  })
  server.listen(0, "127.0.0.1")
  await once(server, "listening")
  const address = server.address()
  if (address === null || typeof address === "string") throw new Error("the tap has no port")
  const url = new URL(serverUrl)
  url.port = String(address.port)

  return {
    url: url.href,
    cut: (text, when) => {
      trap = { text, when }
    },
    sever: () => {
      isSevered = true
      tried = 0
      for (const socket of sockets) socket.destroy()
    },
    async untilTried(times) {
      while (tried < times) await once(tries, "try")
    },
    slow: (wanted) => {
      network = wanted
    },
    mend: () => {
      trap = undefined
      network = undefined
      isSevered = false
    },
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy()
      await new Promise((closed) => server.close(closed))
    },
  }
}

/** Writes what it is given to `socket`, in order, as late as the network says. */
function pipe(socket: Socket, network: PoorNetwork | undefined): (chunk: Buffer) => void {
  if (!network) return (chunk) => void socket.write(chunk)
  const { delayMs, bytesPerSecond } = network
  let isFreeAt = 0
  return (chunk) => {
    const now = performance.now()
    isFreeAt = Math.max(now, isFreeAt) + (chunk.length / bytesPerSecond) * 1000
    setTimeout(() => socket.writable && socket.write(chunk), isFreeAt - now + delayMs)
  }
}
