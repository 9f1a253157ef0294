import { once } from "node:events"
import { type AddressInfo, createServer, type Socket } from "node:net"

/** As much of Redis as a bus needs: clients subscribe to channels and publish to them. https://redis.io/docs/latest/develop/reference/protocol-spec/ */
export type RedisServer = AsyncDisposable & {
  readonly url: string
  /** Every client loses its connection, and may come back. */
  drop(): void
}

export async function startRedis(): Promise<RedisServer> {
  const subscribers = new Map<Socket, string>()
  const sockets = new Set<Socket>()
  const server = createServer((socket) => {
    sockets.add(socket)
    socket
      .on("error", () => {})
      .on("close", () => {
        sockets.delete(socket)
        subscribers.delete(socket)
      })
    let rest = ""
    socket.setEncoding("latin1").on("data", (chunk: string) => {
      const { commands, left } = readCommands(rest + chunk)
      rest = left
      for (const command of commands) answer(socket, command, subscribers)
    })
  })
  server.listen(0, "127.0.0.1")
  await once(server, "listening")
  const { port } = server.address() as AddressInfo
  const drop = () => sockets.forEach((socket) => socket.destroy())
  return {
    url: `redis://127.0.0.1:${port}`,
    drop,
    async [Symbol.asyncDispose]() {
      drop()
      await new Promise((closed) => server.close(closed))
    },
  }
}

function answer(
  socket: Socket,
  [name = "", channel = "", text = ""]: readonly string[],
  subscribers: Map<Socket, string>,
): void {
  const word = name.toUpperCase()
  if (word === "SUBSCRIBE") {
    subscribers.set(socket, channel)
    socket.write(`*3\r\n${bulk("subscribe")}${bulk(channel)}:1\r\n`, "latin1")
  } else if (word === "PUBLISH") {
    const heard = [...subscribers].filter(([, wanted]) => wanted === channel)
    const message = `*3\r\n${bulk("message")}${bulk(channel)}${bulk(text)}`
    for (const [each] of heard) each.write(message, "latin1")
    socket.write(`:${heard.length}\r\n`)
  } else socket.write("+OK\r\n")
}

const bulk = (text: string) => `$${text.length}\r\n${text}\r\n`

/** Commands are arrays of bulk strings; the last one may not have arrived whole. */
function readCommands(text: string): { commands: string[][]; left: string } {
  const commands: string[][] = []
  let left = text
  for (;;) {
    const command = readCommand(left)
    if (!command) return { commands, left }
    commands.push(command.words)
    left = left.slice(command.length)
  }
}

function readCommand(text: string): { words: string[]; length: number } | undefined {
  const head = /^\*(\d+)\r\n/.exec(text)
  if (!head) return undefined
  const words: string[] = []
  let at = head[0].length
  for (let i = 0; i < Number(head[1]); i++) {
    const size = /^\$(\d+)\r\n/.exec(text.slice(at))
    if (!size) return undefined
    const start = at + size[0].length
    at = start + Number(size[1]) + 2
    if (text.length < at) return undefined
    words.push(text.slice(start, at - 2))
  }
  return { words, length: at }
}
