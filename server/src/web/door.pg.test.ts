import { once } from "node:events"
import { connect as connectTcp } from "node:net"
import { io } from "socket.io-client"
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest"
import { aToken } from "#testing/fixtures.ts"
import {
  aHandshake,
  type Client,
  connect,
  heard,
  hostOrigin,
  nextFrame,
  openWebWorld,
  type PageParts,
  refusalOf,
  type WebShop,
  type WebWorld,
} from "#testing/web-world.ts"

let world: WebWorld
let shop: WebShop
beforeAll(async () => {
  world = await openWebWorld()
  shop = await world.shop()
})
afterAll(() => world[Symbol.asyncDispose]())

const clients: Client[] = []
afterEach(() => {
  for (const client of clients.splice(0)) client.disconnect()
})

const instance = "0190a3c4-7a5f-7c11-9d1e-0123456789ab"
const showing = (...widgets: readonly string[]) =>
  aHandshake({
    widgets: widgets.map((widget, index) => ({
      instance: instance.replace(/^./, String(index)),
      widget,
      at: { view: "browse" as const },
    })),
  })

function knock(auth: unknown, parts?: PageParts): Client {
  const client = connect(world.url, auth, parts)
  clients.push(client)
  return client
}

const isHealthy = async () => expect((await world.get("/readyz")).status).toBe(200)

describe("a page", () => {
  it("of an allowed site gets its first frame, with brand and words, without asking", async () => {
    const client = knock(showing(shop.widget))
    const frame = await nextFrame(client)
    expect(frame).toMatchObject({ seq: 1, locale: { tag: "en-CA", dir: "ltr" } })
    expect(frame).toHaveProperty("words.reload")
    expect(frame.regions.length).toBeGreaterThan(1)
  })

  it("of a foreign site is refused before anything of it is read", async () => {
    const error = await refusalOf(knock(showing(shop.widget), { origin: "https://evil.example" }))
    expect(error.message).toBe("websocket error")
  })

  it("without an Origin is refused: no browser forgets it", async () => {
    expect((await refusalOf(knock(showing(shop.widget), { origin: undefined }))).message).toBe(
      "websocket error",
    )
  })

  it("of another account's site is refused by the widget, not by the door", async () => {
    const other = await world.shop((file) => {
      file.account.allowedOrigins = ["https://other.example"]
    })
    await nextFrame(knock(showing(other.widget), { origin: "https://other.example" }))
    const error = await refusalOf(knock(showing(shop.widget), { origin: "https://other.example" }))
    expect(error).toMatchObject({
      message: "https://other.example is not an allowed site.",
      data: { code: "origin-not-allowed" },
    })
  })

  it("in a sandboxed frame is let in only by a widget that allows it", async () => {
    const error = await refusalOf(knock(showing(shop.widget), { origin: "null" }))
    expect(error).toMatchObject({ data: { code: "origin-not-allowed" } })
    const open = await world.shop((file) => {
      file.widgets[0].allowNullOrigin = true
    })
    await nextFrame(knock(showing(open.widget), { origin: "null" }))
  })

  it("with a widget that does not exist is told so", async () => {
    const error = await refusalOf(knock(showing("no-club/main")))
    expect(error).toMatchObject({
      message: 'There is no widget "no-club/main".',
      data: { code: "unknown-widget" },
    })
    const other = await refusalOf(knock(showing(`${shop.slug}/none`)))
    expect(other).toMatchObject({ data: { code: "unknown-widget" } })
  })

  it("with one good widget is served, whatever stands beside it", async () => {
    const client = knock(showing("no-club/main", shop.widget))
    const frame = await nextFrame(client)
    expect(frame.instance).toBe(instance.replace(/^./, "1"))
  })

  it("without a widget yet may connect and ask later", async () => {
    await heard(knock(aHandshake()), "connect")
  })
})

describe("a handshake", () => {
  it.for([0, 2, 999_999, -1])(
    "of protocol %s is asked to reload, whatever else it says",
    async (protocol) => {
      const error = await refusalOf(knock({ protocol, shape: "of another time" }))
      expect(error).toMatchObject({ data: { code: "please-reload" } })
    },
  )

  it.for([
    ["nothing", {}],
    ["no known protocol", { ...aHandshake(), protocol: "1" }],
    ["text for widgets", { ...aHandshake(), widgets: "club/main" }],
    ["a forged prototype", JSON.parse('{"__proto__": {"protocol": 1}, "widgets": []}')],
    ["a token of the wrong length", { ...aHandshake(), carts: { club: { token: "x" } } }],
    ["a token where another account's cart is", { ...aHandshake(), carts: { "Not Mine": {} } }],
  ])("of %s is a bad request, and the fault is named", async ([, auth]) => {
    const error = await refusalOf(knock(auth))
    expect(error).toMatchObject({ data: { code: "bad-request" } })
    expect(error.message).toMatch(/^The handshake.+ (must|is)/)
  })

  it("with a time zone, a language and a country nobody knows is served in the organizer's", async () => {
    const odd = { ...showing(shop.widget), timeZone: "Middle-earth/Shire", locale: "tlh-KX" }
    const frame = await nextFrame(knock(odd))
    expect(frame.locale?.tag).toBe("en-CA")
  })

  it("may bring the token of a cart that never was", async () => {
    const carts = { [shop.slug]: { token: aToken(), rev: 7, region: "atlantis" } }
    const frame = await nextFrame(knock({ ...showing(shop.widget), carts }))
    expect(frame.rev).toBe(0)
  })
})

describe("a connection", () => {
  it("to another namespace is refused", async () => {
    const client = io(world.url, {
      transports: ["websocket"],
      forceNew: true,
      reconnection: false,
      extraHeaders: { origin: hostOrigin },
    })
    clients.push(client)
    expect((await refusalOf(client)).message).toContain("namespace")
  })

  it("by polling is refused: its Origin would be checked by CORS only", async () => {
    const response = await world.get("/socket.io/?EIO=4&transport=polling", { origin: hostOrigin })
    expect(response.status).toBe(400)
    expect(response.headers.get("access-control-allow-origin")).toBeNull()
  })

  it("of the protocol before (EIO 3) is refused", async () => {
    const response = await world.get("/socket.io/?EIO=3&transport=websocket", {
      origin: hostOrigin,
    })
    expect(response.status).toBe(400)
  })

  it("that is no HTTP at all harms nobody", async () => {
    const socket = connectTcp(world.app.port, "127.0.0.1")
    await once(socket, "connect")
    socket.end("\u0000\u0001 nonsense\r\n\r\n")
    await once(socket.resume(), "close")
    await isHealthy()
  })

  it("from an address that connects all the time has to wait; others do not", async () => {
    const address = "198.51.100.7"
    const headers = { origin: "https://evil.example", "x-forwarded-for": address }
    // Refused for their Origin, yet counted.
    const tries = Array.from({ length: 300 }, () =>
      refusalOf(knock({}, { origin: headers.origin, address })),
    )
    await Promise.all(tries)
    const refused = await refusalOf(knock(showing(shop.widget), { address }))
    expect(refused.message).toBe("websocket error")
    await nextFrame(knock(showing(shop.widget), { address: "198.51.100.8" }))
  })
})

it("stays open for everybody after all of this", isHealthy)
