import { afterAll, beforeAll, describe, expect, it } from "vitest"
import type { Answer, Command } from "@foyer/shared/protocol"
import { assertBooks } from "#testing/books.ts"
import {
  aHandshake,
  hostOrigin,
  openWebWorld,
  type Page,
  type WebShop,
  type WebWorld,
} from "#testing/web-world.ts"

let world: WebWorld
let shop: WebShop
/** Makes commands; its socket is only for comparison. */
let page: Page
beforeAll(async () => {
  world = await openWebWorld()
  shop = await world.shop()
  page = await world.page(shop)
})
afterAll(async () => {
  await assertBooks(world.database.owner)
  await world[Symbol.asyncDispose]()
})

type Sent = {
  readonly origin?: string | undefined
  readonly handshake?: unknown
  readonly widget?: string
  readonly body?: string
  readonly address?: string
}

async function post(command: unknown, sent: Sent = {}) {
  const { widget = shop.widget, handshake = aHandshake(), address = "203.0.113.1" } = sent
  const origin = "origin" in sent ? sent.origin : hostOrigin
  const response = await fetch(`${world.url}/v1/w/${widget}/command`, {
    method: "POST",
    headers: {
      "content-type": "application/json",
      "x-forwarded-for": address,
      ...(origin !== undefined && { origin }),
    },
    body: sent.body ?? JSON.stringify({ handshake, command }),
  })
  return { response, status: response.status, answer: (await response.json()) as Answer }
}

const click = (quantity: number, parts: Partial<Command> = {}) =>
  page.command("set-quantity", { price: shop.price, quantity }, parts)

describe("a command over HTTP", () => {
  it("gets the same answer as over the socket, and everything to show", async () => {
    const { response, answer } = await post(click(2))
    expect(response.status).toBe(200)
    expect(response.headers.get("access-control-allow-origin")).toBe(hostOrigin)
    expect(response.headers.get("vary")).toContain("Origin")
    expect(response.headers.get("cache-control")).toBe("no-store")
    expect(answer).toMatchObject({
      ok: true,
      outcome: "done",
      frame: { rev: 1, words: expect.any(Object), brand: expect.any(Object) },
    })
  })

  it("sent again over the socket, or first there and then here, runs once", async () => {
    const first = click(3)
    const { answer } = await post(first)
    const again = await page.raw(first)
    expect(again).toMatchObject({ ok: true, frame: { rev: answer.ok && answer.frame?.rev } })
    const second = click(1)
    const done = await page.raw(second)
    const replay = await post(second)
    expect(replay.answer).toMatchObject({ ok: true, frame: { rev: done.ok && done.frame?.rev } })
    expect((await post({ ...second, data: { ...second.data, quantity: 4 } })).answer).toMatchObject(
      { ok: false, code: "op-reused" },
    )
  })

  it("of another body under its op is a conflict", async () => {
    const first = click(1)
    await post(first)
    const { status } = await post({ ...first, data: { ...first.data, quantity: 2 } })
    expect(status).toBe(409)
  })

  it("is seen by the page's open socket", async () => {
    const { answer } = await post(click(2))
    const rev = answer.ok ? answer.frame?.rev : undefined
    await page.until((frame) => frame.rev === rev)
  })

  it.for([
    ["not JSON", "{", 400, "bad-request"],
    ["null", "null", 400, "bad-request"],
    ["a number", "7", 400, "bad-request"],
    ["a list", "[]", 400, "bad-request"],
    ["without a handshake", '{"command": {}}', 400, "bad-request"],
    ["without a command", JSON.stringify({ handshake: aHandshake() }), 400, "bad-request"],
    ["a forged prototype", '{"__proto__": {"handshake": {}, "command": {}}}', 400, "bad-request"],
    ["of another time", '{"handshake": {"protocol": 99}}', 400, "please-reload"],
    ["over 32 kB", JSON.stringify({ padding: "x".repeat(33_000) }), 413, "bad-request"],
  ] as const)("with a body that is %s is refused", async ([, body, status, code]) => {
    const refused = await post(undefined, { body })
    expect(refused.answer).toMatchObject({ ok: false, code })
    expect(refused.status).toBe(status)
    // The page can read why.
    expect(refused.response.headers.get("access-control-allow-origin")).toBe(hostOrigin)
  })

  it("may not name another widget than its address", async () => {
    const { status } = await post(click(1, { widget: `${shop.slug}/other` }))
    expect(status).toBe(400)
  })

  it.for([["https://evil.example"], ["null"], [undefined]])(
    "from the origin %s is refused, and the page may read why",
    async ([origin]) => {
      const { response, status, answer } = await post(click(9), { origin })
      expect(status).toBe(403)
      expect(answer).toMatchObject({ ok: false, code: "origin-not-allowed" })
      expect(response.headers.get("access-control-allow-origin")).toBe(origin ?? null)
    },
  )

  it("from a sandboxed frame is served by a widget that allows it", async () => {
    const open = await world.shop((file) => {
      file.widgets[0].allowNullOrigin = true
    })
    const command = page.command("open-widget", { at: { view: "browse" } }, { widget: open.widget })
    expect((await post(command, { origin: "null", widget: open.widget })).status).toBe(200)
  })

  it("for a widget that does not exist is not found", async () => {
    for (const widget of ["no-club/main", `${shop.slug}/none`, "%00/%ff", "..%2f..%2fetc/passwd"]) {
      const { status, answer } = await post(click(1), { widget })
      expect(status).toBe(404)
      expect(answer).toMatchObject({ ok: false, code: "unknown-widget" })
    }
  })

  it("of one address that never stops has to wait; others do not", async () => {
    const address = "203.0.113.77"
    const tries = Array.from({ length: 620 }, () => post(undefined, { body: "{}", address }))
    const statuses = (await Promise.all(tries)).map(({ status }) => status)
    expect(statuses.filter((status) => status === 429).length).toBeGreaterThanOrEqual(20)
    expect((await post(undefined, { body: "{}" })).status).toBe(400)
  })
})

describe("a preflight", () => {
  const preflight = (origin: string) =>
    fetch(`${world.url}/v1/w/${shop.widget}/command`, {
      method: "OPTIONS",
      headers: { origin, "access-control-request-method": "POST" },
    })

  it("of an allowed site is granted for a day, for this and nothing more", async () => {
    const { status, headers } = await preflight(hostOrigin)
    expect(status).toBe(204)
    expect(headers.get("access-control-allow-origin")).toBe(hostOrigin)
    expect(headers.get("access-control-allow-methods")).toBe("POST")
    expect(headers.get("access-control-allow-headers")).toBe("Content-Type")
    expect(headers.get("access-control-allow-credentials")).toBeNull()
    expect(headers.get("access-control-max-age")).toBe("86400")
  })

  it("of a foreign site lets it ask, to be refused in words", async () => {
    const { status, headers } = await preflight("https://evil.example")
    expect(status).toBe(204)
    expect(headers.get("access-control-allow-origin")).toBe("https://evil.example")
    expect(headers.get("access-control-allow-credentials")).toBeNull()
  })
})

describe("every answer", () => {
  it.for([
    ["/", 200],
    ["/favicon.ico", 204],
    ["/healthz", 200],
    ["/readyz", 200],
    ["/metrics", 200],
    ["/v1/foyer.js", 200],
    ["/v1/none.js", 404],
    ["/orders/not-a-token", 404],
    [`/orders/${"a".repeat(43)}`, 404],
    [`/orders/${"a".repeat(43)}/calendar.ics`, 404],
    ["/v1/w/no-club/main/command", 404],
    ["/demo", 404],
    ["/.env", 404],
    ["/%2e%2e/%2e%2e/etc/passwd", 404],
    ["/%", 404],
  ] as const)(
    "of %s has its type, and lets nobody frame, sniff or load",
    async ([path, status]) => {
      const { headers, status: got } = await world.get(path)
      expect(got).toBe(status)
      expect(headers.get("x-content-type-options")).toBe("nosniff")
      expect(headers.get("content-security-policy")).toMatch(/^default-src 'none'/)
      expect(headers.get("referrer-policy")).toBe("no-referrer")
      expect(headers.get("set-cookie")).toBeNull()
      expect(headers.get("x-powered-by")).toBeNull()
    },
  )

  it("of an order page runs no script and is told to nobody", async () => {
    const { headers } = await world.get(`/orders/${"a".repeat(43)}`)
    const policy = headers.get("content-security-policy")
    expect(policy).toContain("frame-ancestors 'none'")
    expect(policy).not.toMatch(/script-src|unsafe/)
    expect(headers.get("cache-control")).toBe("private, no-store")
    expect(headers.get("x-robots-tag")).toBe("noindex")
  })

  it("of the metrics counts the process, not people", async () => {
    const text = await (await world.get("/metrics")).text()
    const names = text.split("\n").filter((line) => line && !line.startsWith("#"))
    expect(names.length).toBeGreaterThan(20)
    for (const line of names) expect(line).toMatch(/^(process|nodejs|foyer)_/)
    expect(text).not.toContain(shop.slug)
  })

  it("of the bare address says what this is", async () => {
    expect(await (await world.get("/")).text()).toContain("Foyer")
  })
})

it("takes no webhook that the provider did not sign, and none that is huge", async () => {
  const send = (body: string, signature?: string) =>
    fetch(`${world.url}/webhooks/stripe`, {
      method: "POST",
      body,
      headers: signature ? { "stripe-signature": signature } : {},
    })
  expect((await send('{"id":"evt_1","type":"payment_intent.succeeded"}')).status).toBe(400)
  expect((await send("{}", `t=${Math.floor(Date.now() / 1000)},v1=${"0".repeat(64)}`)).status).toBe(
    400,
  )
  expect((await send("x".repeat(600_000))).status).toBe(413)
  const { rows } = await world.database.owner.query("select from pay.webhook_inbox")
  expect(rows).toEqual([])
})
