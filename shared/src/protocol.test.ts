import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { parseCommand, parseHandshake } from "./protocol.ts"

const uuid = "0190a3c4-7a5f-7c11-9d1e-0123456789ab"
const token = "a".repeat(43)

const envelope = {
  op: uuid,
  instance: uuid,
  widget: "club/main",
  base: 0,
  at: { view: "browse" },
}

const handshake = {
  protocol: 1,
  widgets: [{ instance: uuid, widget: "club/main", at: { view: "browse" } }],
  carts: { club: { token, rev: 3, region: "canada" } },
  locale: "en-CA",
  touches: [{ at: 1, source: "news" }],
  consent: "unknown",
}

/** One that is right for each type. */
const data = {
  "open-widget": { at: { view: "event", event: "gala" } },
  navigate: { at: { view: "cart" } },
  "set-quantity": { price: uuid, quantity: 2, amount: "10.00" },
  "choose-region": { region: "canada" },
  "apply-promo": { code: "LAUGH10" },
  "remove-promo": {},
  "go-to-checkout": {},
  "save-details": { values: { email: "sam@example.com", "q-1": "yes" } },
  "submit-details": { values: {} },
  pay: { amountMinor: 5988, currency: "cad" },
  complete: {},
  back: {},
  "renew-holds": {},
  "discard-lost": {},
  "set-consent": { consent: "granted" },
  "ack-conversions": { order: uuid, outcomes: [{ destination: "meta", outcome: "fired" }] },
} as const

const commandTypes = Object.keys(data) as (keyof typeof data)[]

describe("a command", () => {
  it.for(commandTypes)("%s is read as it was sent", (type) => {
    const sent = { ...envelope, cart: token, type, data: data[type] }
    expect(parseCommand(sent)).toEqual({ ok: true, value: sent })
  })

  it("brings nothing along that nobody asked for", () => {
    const sent = { ...envelope, type: "navigate", data: { at: { view: "cart", isAdmin: 1 } }, x: 1 }
    const parsed = parseCommand(sent)
    expect(parsed).toEqual({
      ok: true,
      value: { ...envelope, type: "navigate", data: { at: { view: "cart" } } },
    })
  })

  it.for([
    ["an unknown type", { type: "give-tickets-away" }, ".type"],
    ["a type by inheritance", { type: "constructor" }, ".type"],
    ["no type", {}, ".type"],
    ["an op that is no id", { type: "back", op: "1" }, ".op"],
    ["an instance that is no id", { type: "back", instance: { $ne: null } }, ".instance"],
    ["a widget without an account", { type: "back", widget: "main" }, ".widget"],
    ["a widget that climbs", { type: "back", widget: "../main" }, ".widget"],
    ["a base that is text", { type: "back", base: "0" }, ".base"],
    ["a cart token that is too short", { type: "back", cart: "a".repeat(42) }, ".cart"],
    ["a view that is none", { type: "back", at: { view: "admin" } }, ".at.view"],
    ["a list for data", { type: "apply-promo", data: ["LAUGH10"] }, ".data"],
    ["data of another command", { type: "apply-promo", data: { region: "canada" } }, ".data.code"],
    [
      "an answer named __proto__",
      { type: "save-details", data: JSON.parse('{"values":{"__proto__":"x"}}') },
      ".data.values.__proto__",
    ],
    ["an amount below nothing", { type: "pay", data: { amountMinor: -1 } }, ".data.amountMinor"],
  ])("with %s is refused, and the fault is named", ([, parts, path]) => {
    expect(parseCommand({ ...envelope, ...(parts as object) })).toMatchObject({ ok: false, path })
  })

  it.for([-1, 1.5, 1e9, 1001, Number.NaN, Number.POSITIVE_INFINITY, "2", null, [2], {}])(
    "sets no quantity of %s",
    (quantity) => {
      const parsed = parseCommand({
        ...envelope,
        type: "set-quantity",
        data: { price: uuid, quantity },
      })
      expect(parsed).toMatchObject({ ok: false, path: ".data.quantity" })
    },
  )

  it("may set a quantity of 0: that removes", () => {
    const sent = { ...envelope, type: "set-quantity", data: { price: uuid, quantity: 0 } }
    expect(parseCommand(sent)).toEqual({ ok: true, value: sent })
  })
})

describe("a handshake", () => {
  it("is read as it was sent", () => {
    expect(parseHandshake(handshake)).toEqual({ ok: true, value: handshake })
  })

  it.for([
    ["nothing", undefined, ""],
    ["a list", [handshake], ""],
    ["no protocol", { ...handshake, protocol: undefined }, ".protocol"],
    [
      "21 widgets",
      { ...handshake, widgets: handshake.widgets.concat(Array(20).fill(handshake.widgets[0])) },
      ".widgets",
    ],
    ["a cart of no account", { ...handshake, carts: { "not a slug": {} } }, ".carts.not a slug"],
    ["a cart that is text", { ...handshake, carts: { club: token } }, ".carts.club"],
    [
      "an unknown click id",
      { ...handshake, touches: [{ at: 1, clickIds: { evil: "1" } }] },
      ".touches[0].clickIds.evil",
    ],
    ["an unknown consent", { ...handshake, consent: true }, ".consent"],
  ])("of %s is refused, and the fault is named", ([, said, path]) => {
    expect(parseHandshake(said)).toMatchObject({ ok: false, path })
  })
})

const anyKey = fc.oneof(fc.string(), fc.constantFrom("__proto__", "constructor", "toString"))

/** Right in every part but those that chance replaces, so that the depths are reached too. */
const nearCommand = fc
  .tuple(fc.constantFrom(...commandTypes), fc.anything(), anyKey, fc.nat(8))
  .map(([type, evil, key, place]) => {
    const right = { ...envelope, type, data: data[type] }
    const broken = [
      evil,
      { ...right, data: evil },
      { ...right, at: evil },
      { ...right, type: evil },
      { ...right, data: { ...right.data, values: { [key]: evil } } },
      { ...right, data: { ...right.data, [key]: evil } },
      { ...right, [key]: evil },
      { ...right, at: { view: "event", event: evil, [key]: evil } },
      right,
    ]
    return broken[place]
  })

const knownKeys = new Set(
  `op instance widget cart base at type data view event showtime filter price quantity amount region code
   values amountMinor currency consent order outcomes destination outcome`.split(/\s+/),
)

/** Every key at any depth, but for the names of answers. */
function keysOf(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(keysOf)
  if (typeof value !== "object" || value === null) return []
  return Object.entries(value).flatMap(([key, part]) => [
    key,
    ...(key === "values" ? [] : keysOf(part)),
  ])
}

describe("whatever arrives", () => {
  it("never makes parsing a command throw, and no unknown key gets through", () => {
    fc.assert(
      fc.property(nearCommand, (input) => {
        const parsed = parseCommand(input)
        if (!parsed.ok) return
        expect(keysOf(parsed.value).filter((key) => !knownKeys.has(key))).toEqual([])
        expect(parseCommand(parsed.value)).toEqual(parsed)
      }),
      { numRuns: 1000 },
    )
  })

  it("never makes parsing a handshake throw", () => {
    const names = Object.keys(handshake)
    fc.assert(
      fc.property(fc.constantFrom(...names), fc.anything(), anyKey, (name, evil, key) => {
        const parsed = parseHandshake({ ...handshake, [name]: evil, [key]: evil })
        if (parsed.ok) expect(parseHandshake(parsed.value)).toEqual(parsed)
        expect(parseHandshake(evil).ok).toBe(false)
      }),
      { numRuns: 1000 },
    )
  })
})
