import { once } from "node:events"
import { createServer } from "node:net"

/** Free for as long as nobody else takes them: the system gives each only once in a while. */
export async function freePorts(count: number): Promise<number[]> {
  const servers = await Promise.all(
    Array.from({ length: count }, async () => {
      const server = createServer().listen(0, "127.0.0.1")
      await once(server, "listening")
      return server
    }),
  )
  const ports = servers.map((server) => {
    const address = server.address()
    if (address === null || typeof address === "string") throw new Error("no port")
    return address.port
  })
  await Promise.all(
    servers.map(async (server) => {
      server.close()
      await once(server, "close")
    }),
  )
  return ports
}
