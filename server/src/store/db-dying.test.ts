import { once } from "node:events"
import { type AddressInfo, createServer } from "node:net"
import { expect, it } from "vitest"
import { openPool, withTx } from "#store/db.ts"

// PostgreSQL's messages: a letter, the length of what follows with itself, the body.
function message(type: string, body: Buffer | string): Buffer {
  const bytes = Buffer.from(body)
  const head = Buffer.alloc(5)
  head.write(type)
  head.writeInt32BE(bytes.length + 4, 1)
  return Buffer.concat([head, bytes])
}

const authenticated = message("R", Buffer.alloc(4))
const ready = message("Z", "I")
const terminated = message(
  "E",
  "SFATAL\0VFATAL\0C57P01\0Mterminating connection due to administrator command\0\0",
)

it("survives a backend that says in one breath that it is ready and that it dies", async () => {
  const server = createServer((socket) => {
    socket.once("data", () => socket.end(Buffer.concat([authenticated, ready, terminated])))
    socket.on("error", () => {})
  })
  server.listen(0, "127.0.0.1")
  await once(server, "listening")
  const { port } = server.address() as AddressInfo
  const url = `postgres://somebody:secret@127.0.0.1:${port}/anything`
  const pool = openPool({ url, report: () => {} })
  const work = withTx(pool, async () => "never")
  await expect(work).rejects.toThrow()
  await pool.end()
  server.close()
})
