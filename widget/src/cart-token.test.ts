import { expect, it } from "vitest"
import { accountOf, openCartTokens } from "./cart-token.ts"
import { safeStorage } from "./safe-storage.ts"

type Store = Pick<Storage, "getItem" | "setItem">

function workingStore(): Store & { readonly kept: Map<string, string> } {
  const kept = new Map<string, string>()
  return {
    kept,
    getItem: (key) => kept.get(key) ?? null,
    setItem: (key, value) => void kept.set(key, value),
  }
}

const forbidden = (): Store => {
  throw new Error("SecurityError")
}
const fullStore = (): Store => ({
  getItem: () => null,
  setItem: () => {
    throw new Error("QuotaExceededError")
  },
})

function tokensIn(...stores: (() => Store)[]) {
  let count = 0
  return openCartTokens(safeStorage(stores), () => String(++count).padStart(43, "t"))
}

it("stores nothing until tickets are put into the cart, then one token", () => {
  const store = workingStore()
  const tokens = tokensIn(() => store)
  expect(tokens.tokenFor("club", "open-widget")).toBeUndefined()
  expect(tokens.tokenFor("club", "apply-promo")).toBeUndefined()
  expect(store.kept.size).toBe(0)
  const token = tokens.tokenFor("club", "set-quantity")
  expect(token).toHaveLength(43)
  expect(tokens.tokenFor("club", "set-quantity")).toBe(token)
  expect(tokens.tokenFor("club", "pay")).toBe(token)
  expect([...store.kept.keys()]).toEqual(["foyer.v1.club"])
})

it("keeps the carts of two accounts apart", () => {
  const tokens = tokensIn(workingStore)
  const store = workingStore()
  const both = tokensIn(() => store)
  expect(both.tokenFor("club", "set-quantity")).not.toBe(both.tokenFor("hall", "set-quantity"))
  expect(tokens.read("club")).toEqual({})
})

it("keeps a completed cart's token for its success view, and makes a new one for the next tickets", () => {
  const store = workingStore()
  const tokens = tokensIn(() => store)
  const first = tokens.tokenFor("club", "set-quantity")
  tokens.note("club", { completed: true, region: "canada" })
  expect(tokens.tokenFor("club", "open-widget")).toBe(first)
  const next = tokens.tokenFor("club", "set-quantity")
  expect(next).not.toBe(first)
  expect(tokens.read("club")).toEqual({ token: next, region: "canada" })
})

it.each([
  ["forbidden, the tab's storage", [forbidden], true],
  ["full, the tab's storage", [fullStore], true],
  ["all forbidden, memory", [forbidden, forbidden], false],
  ["none, memory", [], false],
] as const)("falls back: %s", (_, broken, hasTab) => {
  const tab = workingStore()
  const tokens = tokensIn(...broken, ...(hasTab ? [() => tab] : []))
  const token = tokens.tokenFor("club", "set-quantity")
  expect(tokens.read("club").token).toBe(token)
  expect(tab.kept.size).toBe(hasTab ? 1 : 0)
})

it.each(["", "null", "7", '{"token":7}', '{"token":"short"}', "not json", '{"region":"<b>"}'])(
  "reads %s, whoever wrote it, as no cart",
  (text) => {
    const store = workingStore()
    store.setItem("foyer.v1.club", text)
    expect(tokensIn(() => store).read("club")).toEqual({})
  },
)

it("knows the account of a storage key", () => {
  expect(accountOf("foyer.v1.club")).toBe("club")
  expect(accountOf("theirs")).toBeUndefined()
  expect(accountOf(null)).toBeUndefined()
})

it("forgets a cart whose order has been seen, and keeps the shopper's region", () => {
  const store = workingStore()
  const club = tokensIn(() => store)
  const first = club.tokenFor("club", "set-quantity")
  club.note("club", { completed: true, region: "canada" })
  club.forget("club")
  expect(club.read("club")).toEqual({ region: "canada" })
  expect(club.tokenFor("club", "open-widget")).toBeUndefined()
  expect(club.tokenFor("club", "set-quantity")).not.toBe(first)
})
