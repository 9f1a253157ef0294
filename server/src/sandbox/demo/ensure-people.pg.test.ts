import { expect, it } from "vitest"
import { readConfig } from "#config.ts"
import { startApp } from "#app.ts"
import { aVisitor, newPerson } from "#testing/console.ts"
import { testDatabase } from "#testing/database.ts"

async function startDemo(databaseUrl: string, demo = true) {
  const read = readConfig({ PORT: "0", LOG_LEVEL: "silent", TRUST_PROXY: "127.0.0.1" })
  if (!read.ok) throw new Error(read.faults.join("\n"))
  return startApp({ ...read.config, demo }, databaseUrl)
}

it("lets everybody be the demo's people by one press, each with their own part of the console", async () => {
  await using database = await testDatabase()
  await using app = await startDemo(database.url)
  const at = { url: `http://127.0.0.1:${app.port}`, publicUrl: app.publicUrl }
  const { text } = await aVisitor(at).get("/console/sign-in")
  const firstPages = []
  for (const { name, email, password } of app.demoPeople ?? []) {
    expect(text).toContain(`Sign in as ${name}`)
    const visitor = aVisitor(at)
    const form = text.slice(0, text.indexOf(`value="${email}"`))
    const [, to = ""] = /.*name="to" value="([^"]*)"/s.exec(form) ?? []
    const entered = await visitor.post("/console/sign-in", { email, password, to })
    expect(entered.to).toBe(to)
    expect((await visitor.get(to)).status).toBe(200)
    firstPages.push(to)
  }
  expect(firstPages).toEqual([
    "/console/laughing-stock/today",
    "/console/laughing-stock/reports",
    "/console/laughing-stock/today",
    "/console/lantern-hall/today",
  ])
})

it("keeps them over a restart, and shows no password where there is no demo", async () => {
  await using database = await testDatabase()
  await using first = await startDemo(database.url)
  await newPerson({ url: `http://127.0.0.1:${first.port}`, publicUrl: first.publicUrl })
  const count = async () =>
    (await database.owner.query("select count(*)::int as people from auth.person")).rows[0]
  expect(await count()).toEqual({ people: 5 })
  await using again = await startDemo(database.url)
  expect(await count()).toEqual({ people: 5 })
  expect(again.demoPeople).toHaveLength(4)
  await using plain = await startDemo(database.url, false)
  const page = await fetch(`http://127.0.0.1:${plain.port}/console/sign-in`)
  const text = await page.text()
  expect(plain.demoPeople).toBeUndefined()
  expect(text).not.toContain(again.demoPeople?.[0]?.password)
})
