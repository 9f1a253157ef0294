import type { CommandRequest, Frame, Place } from "@foyer/shared/protocol"
import { afterEach, beforeEach, expect, it, vi } from "vitest"
import { openConnection } from "./connection.ts"
import { openServer } from "./test-server.ts"

const instance = "11111111-1111-4111-8111-111111111111"
const at: Place = { view: "browse" }
const ownFetch = window.fetch

let server: ReturnType<typeof openServer>
let connection: ReturnType<typeof openConnection> | undefined
let requests: CommandRequest[]
let reply: (request: CommandRequest) => object | undefined
const heard = {
  handshake: () => ({ widgets: [{ instance, widget: "club/main", at }], carts: {} }) as never,
  up: vi.fn(),
  down: vi.fn(),
  refused: vi.fn(),
  frame: vi.fn<(frame: Frame) => void>(),
  blocked: vi.fn(),
}

beforeEach(() => {
  vi.clearAllMocks()
  vi.spyOn(console, "warn").mockReturnValue()
  vi.spyOn(console, "error").mockReturnValue()
  server = openServer(() => "")
  requests = []
  reply = () => ({ ok: true, outcome: "done", frame: whole() })
  window.fetch = async (url, init) => {
    const request = JSON.parse(init?.body as string) as CommandRequest
    expect(url).toBe(`${server.origin}/v1/w/club/main/command`)
    requests.push(request)
    const body = reply(request)
    if (!body) throw new TypeError("no network")
    return new Response(JSON.stringify(body))
  }
  server.goDown(true)
})
afterEach(() => {
  vi.useRealTimers()
  connection?.close()
  window.fetch = ownFetch
  server.close()
  vi.restoreAllMocks()
})

/** What the server answers one request with: everything, numbered from one. */
function whole(more: Partial<Frame> = {}): Frame {
  const words = { failed: "no" } as never
  const effects = [{ type: "tell-host", event: "view", detail: {} } as const]
  const frame = server.frame(instance, at, { seq: 1, words, effects, announce: "Hello", ...more })
  return frame
}
const open = async () => {
  connection = openConnection(server.origin, heard)
  await expect.poll(() => heard.up.mock.calls.length, { timeout: 5000 }).toBe(1)
}
const command = (op: string) =>
  ({ op, instance, widget: "club/main", base: 0, at, type: "go-to-checkout", data: {} }) as never
const sent = (op: string) => new Promise((answered) => connection?.send(command(op), answered))

it("shows each widget by a request when no WebSocket ever opened, and says so once", async () => {
  await open()
  await expect.poll(() => heard.frame.mock.calls.length).toBe(1)
  expect(requests).toMatchObject([{ command: { type: "open-widget", instance, data: { at } } }])
  expect(console.warn).toHaveBeenCalledExactlyOnceWith(
    expect.stringMatching(/no WebSocket to ws:.*connect-src http:/),
  )
})

it("numbers the frames itself, and spares the widget what it has", async () => {
  await open()
  const answers = [await sent("a"), await sent("b")] as { frame: Frame }[]
  expect(heard.frame.mock.calls[0]?.[0].words).toBeDefined()
  expect(answers.map(({ frame }) => frame.seq)).toEqual([2, 3])
  expect(answers.map(({ frame }) => frame.words)).toEqual([undefined, undefined])
  // The shopper's own command is spoken of.
  expect(answers[0]?.frame.announce).toBe("Hello")
})

it("passes a brand on when it is another one", async () => {
  const brandOf = async (op: string, accent: string) => {
    const brand = { properties: { "--foyer-accent": accent } }
    reply = () => ({ ok: true, outcome: "done", frame: whole({ brand }) })
    const { frame } = (await sent(op)) as { frame: Frame }
    return frame.brand?.properties["--foyer-accent"]
  }
  await open()
  expect(await brandOf("a", "#000000")).toBe("#000000")
  expect(await brandOf("b", "#000000")).toBeUndefined()
  expect(await brandOf("c", "#7a1fa2")).toBe("#7a1fa2")
})

it("asks for what is live only while a hold runs, and then says nothing aloud", async () => {
  vi.useFakeTimers({ toFake: ["setInterval", "clearInterval"] })
  await open()
  await vi.advanceTimersByTimeAsync(60_000)
  expect(requests).toHaveLength(1)

  const regions = [{ id: "cart", html: '<time data-until="2099-01-01T00:00:00Z"></time>' }]
  reply = () => ({ ok: true, outcome: "done", frame: whole({ regions }) })
  await sent("a")
  await vi.advanceTimersByTimeAsync(4000)
  await expect.poll(() => heard.frame.mock.calls.length).toBe(2)
  const look = heard.frame.mock.calls[1]?.[0]
  expect(look?.regions).toEqual(regions)
  expect(look).not.toHaveProperty("announce")
  expect(look?.effects).toEqual([])
})

it("does not show a look that the shopper's own command has overtaken", async () => {
  let release = () => {}
  const held = new Promise<void>((resolve) => (release = resolve))
  const plain = window.fetch
  window.fetch = async (url, init) => {
    const response = await plain(url, init)
    if (requests.length === 1) await held
    return response
  }
  connection = openConnection(server.origin, heard)
  await expect.poll(() => requests.length, { timeout: 5000 }).toBe(1)
  await sent("a")
  release()
  await expect.poll(() => heard.up.mock.calls.length).toBe(1)
  expect(heard.frame).not.toHaveBeenCalled()
})

it("goes back to the socket as soon as one opens", async () => {
  await open()
  server.goDown(false)
  await expect.poll(() => heard.up.mock.calls.length, { timeout: 9000 }).toBe(2)
  const before = requests.length
  void sent("a")
  await expect.poll(() => server.commands.length).toBe(1)
  expect(requests).toHaveLength(before)
}, 15_000)

it("hears from the server why the page may not show the widget", async () => {
  reply = () => ({ ok: false, code: "please-reload", message: "" })
  connection = openConnection(server.origin, heard)
  await expect.poll(() => heard.refused.mock.calls, { timeout: 5000 }).toEqual([["please-reload"]])
  expect(heard.up).not.toHaveBeenCalled()
})

it("waits while there is no network at all, without a word", async () => {
  reply = () => undefined
  connection = openConnection(server.origin, heard)
  await expect.poll(() => requests.length, { timeout: 5000 }).toBe(1)
  expect(await sent("a")).toBeUndefined()
  expect(heard.up).not.toHaveBeenCalled()
  expect(heard.blocked).not.toHaveBeenCalled()
  expect(console.error).not.toHaveBeenCalled()
})

it("ends every try and gives the line to add when the page's policy forbids the requests, too", async () => {
  reply = () => {
    const effectiveDirective = "connect-src"
    const blockedURI = `${server.origin}/v1/w/club/main/command`
    const init = {
      effectiveDirective,
      blockedURI,
      violatedDirective: effectiveDirective,
      documentURI: "",
      originalPolicy: "",
      disposition: "enforce",
      statusCode: 0,
    } as const
    document.dispatchEvent(new SecurityPolicyViolationEvent("securitypolicyviolation", init))
    return undefined
  }
  connection = openConnection(server.origin, heard)
  await expect.poll(() => heard.blocked.mock.calls.length, { timeout: 5000 }).toBe(1)
  expect(console.error).toHaveBeenCalledExactlyOnceWith(
    expect.stringContaining(`Add: connect-src ${server.origin} ws://`),
  )
  server.goDown(false)
  vi.useFakeTimers()
  await vi.advanceTimersByTimeAsync(60_000)
  expect(heard.up).not.toHaveBeenCalled()
})
