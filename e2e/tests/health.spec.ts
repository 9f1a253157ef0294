import { startApp } from "@foyer/server/app.ts"
import { readConfig } from "@foyer/server/config.ts"
import { testDatabase } from "@foyer/server/testing/database.ts"
import { expect, test } from "@playwright/test"

test("the server runs inside the test process, on a database of its own", async ({ request }) => {
  await using database = await testDatabase()
  const read = readConfig({ PORT: "0", LOG_LEVEL: "silent" })
  if (!read.ok) throw new Error(read.faults.join("\n"))
  await using app = await startApp(read.config, database.url)
  const ready = await request.get(`http://127.0.0.1:${app.port}/readyz`)
  expect(await ready.json()).toEqual({ ok: true })
})
