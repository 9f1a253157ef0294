import { createServer } from "node:http"
import { expect, it } from "vitest"
import { listen, StartRefused } from "#web/listen.ts"

it("says which variable to set when the port is taken", async () => {
  const first = createServer()
  const port = await listen(first, { port: 0, host: "127.0.0.1", variable: "PORT" })
  const second = listen(createServer(), { port, host: "127.0.0.1", variable: "DEMO_PORT" })
  await expect(second).rejects.toThrow(StartRefused)
  await expect(second).rejects.toThrow(`port ${port} is already taken`)
  await expect(second).rejects.toThrow("DEMO_PORT")
  await new Promise((closed) => first.close(closed))
})
