import type { lookup } from "node:dns"
import { createServer, type RequestListener } from "node:http"
import type { AddressInfo } from "node:net"
import { gzipSync } from "node:zlib"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { openPageFetcher } from "./page-fetcher.ts"

type Seen = { readonly path: string; readonly headers: Readonly<Record<string, unknown>> }

async function openServer(answer: RequestListener) {
  const seen: Seen[] = []
  let connections = 0
  const server = createServer((request, response) => {
    seen.push({ path: request.url ?? "", headers: request.headers })
    answer(request, response)
  }).on("connection", () => (connections += 1))
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve))
  const { port } = server.address() as AddressInfo
  return {
    seen,
    port,
    origin: `http://127.0.0.1:${port}`,
    connections: () => connections,
    close: () => {
      server.closeAllConnections()
      return new Promise((resolve) => server.close(resolve))
    },
  }
}

let page: Awaited<ReturnType<typeof openServer>>
/** Nothing may ever reach it. */
let hidden: Awaited<ReturnType<typeof openServer>>

beforeAll(async () => {
  hidden = await openServer((_, response) => void response.end("secret"))
  page = await openServer((request, response) => {
    const url = new URL(request.url ?? "", "http://x")
    const to = url.searchParams.get("to")
    const html = { "content-type": "text/html; charset=utf-8" }
    if (to !== null) return void response.writeHead(302, { location: to }).end()
    switch (url.pathname) {
      case "/loop":
        return void response.writeHead(301, { location: "/loop" }).end()
      case "/packed":
        return void response
          .writeHead(200, { ...html, "content-encoding": "gzip" })
          .end(gzipSync("<p>packed"))
      case "/bomb":
        return void response
          .writeHead(200, { ...html, "content-encoding": "gzip" })
          .end(gzipSync(Buffer.alloc(5_000_000)))
      case "/large":
        return void response.writeHead(200, html).end(Buffer.alloc(5_000_000))
      case "/endless": {
        response.writeHead(200, html)
        const more = () => void (response.writable && response.write("x".repeat(60_000), more))
        return more()
      }
      case "/silent":
        return
      case "/slow":
        return void response.writeHead(200, html).write("<p>and then")
      case "/broken":
        return void request.socket.destroy()
      case "/pdf":
        return void response.writeHead(200, { "content-type": "application/pdf" }).end("%PDF")
      default:
        return void response
          .writeHead(url.pathname === "/missing" ? 404 : 200, {
            ...html,
            "set-cookie": ["a=1", "b=2"],
            "content-security-policy": "default-src 'self'",
          })
          .end("<h1>Hello")
    }
  })
})
afterAll(() => Promise.all([page.close(), hidden.close()]))

/** Names of the tests' own; everything else is unknown. */
const names = (known: Readonly<Record<string, string[]>>) =>
  ((host: string, _: object, answer: (error: Error | null, found: unknown[]) => void) => {
    const found = known[host]
    if (!found) return answer(Object.assign(new Error(host), { code: "ENOTFOUND" }), [])
    answer(
      null,
      found.map((address) => ({ address, family: address.includes(":") ? 6 : 4 })),
    )
  }) as unknown as typeof lookup

const wish = { maxBytes: 1_000_000, types: ["text/html"] }
const fetcher = (parts: Partial<Parameters<typeof openPageFetcher>[0]> = {}) =>
  openPageFetcher({
    userAgent: "Foyer",
    trusts: (origin: string) => origin === page.origin,
    lookup: names({}),
    ...parts,
  })
const get = (path: string, parts = {}) => fetcher(parts)(`${page.origin}${path}`, wish)

describe("a page", () => {
  it("comes with its headers, and nothing of ours but our name goes there", async () => {
    const got = await get("/shows?a=1#here")
    expect(got).toMatchObject({
      outcome: "fetched",
      status: 200,
      address: `${page.origin}/shows?a=1`,
    })
    if (got.outcome !== "fetched") return
    expect(Buffer.from(got.body).toString()).toBe("<h1>Hello")
    expect(got.headers.get("content-security-policy")).toBe("default-src 'self'")
    const { headers } = page.seen.at(-1)!
    expect(headers["user-agent"]).toBe("Foyer")
    expect(Object.keys(headers)).not.toContain("cookie")
    expect(Object.keys(headers)).not.toContain("authorization")
  })

  it("is an answer, too, when there is none there", async () => {
    expect(await get("/missing")).toMatchObject({ outcome: "fetched", status: 404 })
  })

  it("is followed where it moved, without the cookies it set", async () => {
    const got = await get("/?to=/shows")
    expect(got).toMatchObject({ outcome: "fetched", address: `${page.origin}/shows` })
    if (got.outcome === "fetched") expect(got.path).toHaveLength(2)
    expect(page.seen.at(-1)!.headers).not.toHaveProperty("cookie")
  })

  it("is unpacked", async () => {
    const got = await get("/packed")
    expect(got.outcome === "fetched" && Buffer.from(got.body).toString()).toBe("<p>packed")
  })
})

describe("limits", () => {
  it.each([
    ["/loop", "too-many-redirects"],
    ["/large", "too-large"],
    ["/endless", "too-large"],
    ["/bomb", "too-large"],
    ["/pdf", "wrong-type"],
    ["/broken", "unreachable"],
  ])("%s is %s", async (path, reason) => {
    expect(await get(path)).toMatchObject({ outcome: "refused", reason })
  })

  it.each(["/silent", "/slow"])("%s is too slow", async (path) => {
    expect(await get(path, { withinMs: 300 })).toMatchObject({ reason: "too-slow" })
  })
})

describe("what may not be asked", () => {
  it.each([
    "",
    "club.example",
    "file:///etc/passwd",
    "ftp://club.example/",
    "javascript:alert(1)",
    "data:text/html,x",
    "gopher://127.0.0.1:6379/_x",
    "http://user:secret@club.example/",
    "http://club.example:22/",
    "http://club.example:6379/",
    "http://[::1",
  ])("%s is no address of a page", async (address) => {
    expect(await fetcher()(address, wish)).toMatchObject({ reason: "not-an-address" })
  })

  it.each([
    "http://127.0.0.1/",
    "http://127.1/",
    "http://2130706433/",
    "http://0x7f000001/",
    "http://0177.0.0.1/",
    "http://0/",
    "http://[::1]/",
    "http://[::ffff:127.0.0.1]/",
    "http://[::ffff:7f00:1]/",
    "http://10.0.0.1/",
    "http://169.254.169.254/latest/meta-data/",
    "http://[fd00:ec2::254]/",
    "http://[fe80::1]/",
    "https://192.168.0.1/",
  ])("%s is private", async (address) => {
    expect(await fetcher()(address, wish)).toMatchObject({ reason: "private-address" })
  })

  it("is refused before a connection when a public name leads to a private address", async () => {
    const before = hidden.connections()
    const lookup = names({
      "inside.example": ["127.0.0.1"],
      "mapped.example": ["::ffff:127.0.0.1"],
      "six.example": ["::1"],
      "metadata.example": ["169.254.169.254"],
    })
    for (const host of ["inside", "mapped", "six", "metadata"])
      expect(await fetcher({ lookup })(`http://${host}.example:8080/`, wish)).toMatchObject({
        reason: "private-address",
      })
    expect(await fetcher({ lookup })("http://nobody.example/", wish)).toMatchObject({
      reason: "unknown-host",
    })
    expect(hidden.connections()).toBe(before)
  })

  it("is judged at each request: a name that leads inside the second time leads nowhere", async () => {
    let asked = 0
    const answers = [["127.0.0.1"], ["10.0.0.1"]]
    const turning = ((host: string, options: object, answer: never) => {
      const found = { [host]: answers[asked++] ?? [] }
      return (names(found) as unknown as (h: string, o: object, a: never) => void)(
        host,
        options,
        answer,
      )
    }) as unknown as typeof lookup
    const first = `http://rebind.example:${page.port}`
    const rebinding = fetcher({ lookup: turning, trusts: (origin) => origin === first })
    const to = `http://rebind.example:8080/`
    const got = await rebinding(`${first}/?to=${encodeURIComponent(to)}`, wish)
    expect(got).toMatchObject({ outcome: "refused", reason: "private-address", address: to })
    expect(asked).toBe(2)
  })

  it.each([
    () => hidden.origin,
    () => `http://localhost:${hidden.port}/`,
    () => "http://169.254.169.254/",
    () => "file:///etc/passwd",
    () => `//127.0.0.1:${hidden.port}/`,
  ])("is no redirect's end, either: %#", async (to) => {
    const before = hidden.connections()
    const got = await get(`/?to=${encodeURIComponent(to())}`)
    expect(got.outcome).toBe("refused")
    if (got.outcome === "refused")
      expect(["private-address", "not-an-address", "unknown-host"]).toContain(got.reason)
    expect(hidden.connections()).toBe(before)
  })

  it("is everything of this machine without an explicit allowance", async () => {
    const before = page.connections()
    const closed = openPageFetcher({ userAgent: "Foyer" })
    expect(await closed(page.origin, wish)).toMatchObject({ reason: "not-an-address" })
    expect(page.connections()).toBe(before)
  })
})
