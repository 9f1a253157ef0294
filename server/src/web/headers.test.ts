import { Hono } from "hono"
import { describe, expect, it } from "vitest"
import { compressed, isCurrent, securityHeaders } from "#web/headers.ts"

const answer = (publicUrl: string, path: string) =>
  new Hono()
    .use(securityHeaders(publicUrl))
    .get("/plain", (c) => c.text("x"))
    .get("/own", (c) => c.text("x", 200, { "Content-Security-Policy": "default-src 'self'" }))
    .get("/moved", (c) => c.redirect("/plain"))
    .get("/broken", () => {
      throw new Error("no")
    })
    .onError((_error, c) => c.text("no", 500))
    .request(path)

it.for(["/plain", "/moved", "/broken", "/missing"])("guards %s", async (path) => {
  const { headers } = await answer("http://localhost:4000", path)
  expect(headers.get("x-content-type-options")).toBe("nosniff")
  expect(headers.get("content-security-policy")).toContain("frame-ancestors 'none'")
  expect(headers.get("strict-transport-security")).toBeNull()
})

it("leaves a route its own word", async () => {
  const { headers } = await answer("http://localhost:4000", "/own")
  expect(headers.get("content-security-policy")).toBe("default-src 'self'")
})

it("asks for TLS where there is TLS", async () => {
  const { headers } = await answer("https://tickets.example.com", "/plain")
  expect(headers.get("strict-transport-security")).toBe("max-age=31536000")
})

describe("compression", () => {
  const text = "a".repeat(5000)
  const routes = new Hono()
    .use(compressed)
    .get("/script", (c) => c.body(text, 200, { "Content-Type": "text/javascript", ETag: '"1"' }))
    .get("/order", (c) => c.html(text))
  const ask = (path: string) => routes.request(path, { headers: { "accept-encoding": "gzip, br" } })

  it("is for scripts, and the browser's copy is known again by its weakened tag", async () => {
    const { headers } = await ask("/script")
    expect(headers.get("content-encoding")).toBe("gzip")
    expect(headers.get("vary")).toBe("Accept-Encoding")
    expect(isCurrent(headers.get("etag") ?? "", '"1"')).toBe(true)
    expect(isCurrent('"2"', '"1"')).toBe(false)
    expect(isCurrent(undefined, '"1"')).toBe(false)
  })

  it("is not for pages, which hold secrets", async () => {
    expect((await ask("/order")).headers.get("content-encoding")).toBeNull()
  })
})
