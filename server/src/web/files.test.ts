import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterAll, beforeAll, expect, it } from "vitest"
import { hostPolicy, stripeOrigins } from "#web/embed.ts"
import { fileRoutes, readFiles } from "#web/files.ts"

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "foyer-files-"))
  await writeFile(join(folder, "a.js"), "1")
  await writeFile(join(folder, "secret.txt"), "no")
})
afterAll(() => rm(folder, { recursive: true }))

it("serves what it read, to any origin, and 304 when nothing changed", async () => {
  const routes = fileRoutes(await readFiles(folder), "public")
  const first = await routes.request("/a.js")
  expect(first.status).toBe(200)
  expect(first.headers.get("access-control-allow-origin")).toBe("*")
  const etag = first.headers.get("etag") ?? ""
  expect((await routes.request("/a.js", { headers: { "if-none-match": etag } })).status).toBe(304)
})

it("fills in the names of a script, and its tag is of what is sent", async () => {
  await writeFile(join(folder, "holes.js"), "at(__ORIGIN__); again(__ORIGIN__)")
  const ask = async (origin: string) =>
    fileRoutes(await readFiles(folder, { __ORIGIN__: JSON.stringify(origin) }), "").request(
      "/holes.js",
    )
  const [one, other] = [await ask("https://a.example"), await ask("$&")]
  expect(await one.text()).toBe('at("https://a.example"); again("https://a.example")')
  expect(await other.text()).toBe('at("$&"); again("$&")')
  expect(one.headers.get("etag")).not.toBe(other.headers.get("etag"))
})

it.each(["/secret.txt", "/..%2fa.js", "/b.js"])("has no %s", async (path) => {
  const routes = fileRoutes(await readFiles(folder), "public")
  expect((await routes.request(path)).status).toBe(404)
})

it("is empty for a folder that does not exist", async () => {
  expect(await readFiles(join(folder, "missing"))).toEqual(new Map())
})

it("publishes a policy without anything unsafe, in the guide too", async () => {
  const policy = hostPolicy("https://tickets.example.com", stripeOrigins)
  expect(policy).toContain("connect-src https://tickets.example.com wss://tickets.example.com")
  expect(policy).not.toMatch(/unsafe|style-src|default-src/)
  const guide = await readFile(new URL("../../../docs/embed.md", import.meta.url), "utf8")
  expect(guide).toContain(`\n${policy}\n`)
})
