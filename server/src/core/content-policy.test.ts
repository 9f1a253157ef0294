import { describe, expect, it } from "vitest"
import { blockedBy, type Need } from "./content-policy.ts"

const needs: readonly Need[] = [
  {
    directive: "script-src",
    sources: ["https://t.example", "https://js.stripe.com", "https://*.js.stripe.com"],
  },
  { directive: "connect-src", sources: ["https://t.example", "wss://t.example"] },
  { directive: "frame-src", sources: ["https://js.stripe.com"] },
  { directive: "img-src", sources: ["https://t.example"] },
]
const blocked = (policies: string[], page = {}) =>
  blockedBy(policies, needs, { origin: "https://club.example", ...page }, "foyer")
const missing = (...policies: string[]) =>
  Object.fromEntries(
    blocked(policies).missing.map(({ directive, sources }) => [directive, sources]),
  )

describe("a policy lets the widget in", () => {
  it.each([
    ["when there is none", ""],
    ["when it speaks of other things", "frame-ancestors 'none'; upgrade-insecure-requests"],
    ["by its scheme", "default-src https: wss:"],
    ["by everything", "default-src *"],
    [
      "by the line we publish",
      "script-src https://t.example https://js.stripe.com https://*.js.stripe.com; connect-src https://t.example wss://t.example; frame-src https://js.stripe.com; img-src https://t.example",
    ],
    ["by hosts without a scheme", "default-src t.example js.stripe.com *.js.stripe.com"],
    ["by wider wildcards", "default-src https://t.example wss://t.example https://*.stripe.com"],
    ["in capitals", "DEFAULT-SRC HTTPS://T.EXAMPLE https://js.stripe.com https://*.stripe.com"],
  ])("%s", (_, policy) => expect(missing(policy)).toEqual({}))
})

describe("a policy keeps the widget out", () => {
  it("of everything with default-src", () => {
    expect(Object.keys(missing("default-src 'self'"))).toEqual(needs.map((need) => need.directive))
    expect(Object.keys(missing("default-src 'none'"))).toHaveLength(4)
  })

  it("where its own directive says less than the default", () => {
    expect(missing("default-src *; connect-src 'self' https://t.example:8443")).toEqual({
      "connect-src": ["https://t.example", "wss://t.example"],
    })
  })

  it("by script-src-elem, and by child-src for frames", () => {
    expect(missing("script-src *; script-src-elem 'self'")).toHaveProperty("script-src")
    expect(missing("child-src 'self'")).toEqual({ "frame-src": ["https://js.stripe.com"] })
  })

  it("when one of several does", () => {
    expect(missing("img-src *", "img-src 'self'")).toHaveProperty("img-src")
    expect(missing("img-src *, img-src 'self'")).toHaveProperty("img-src")
  })

  it("though a wildcard covers subdomains: not the domain itself", () => {
    expect(missing("img-src https://*.t.example")).toHaveProperty("img-src")
  })

  it("by the first directive of a name", () => {
    expect(missing("img-src 'self'; img-src *")).toHaveProperty("img-src")
  })
})

it("knows 'self', with its socket", () => {
  const own = { origin: "https://t.example" }
  const found = blocked(["connect-src 'self'; img-src 'self'"], own)
  expect(found.missing).toEqual([])
})

it("wants the page's nonce where hosts do not count", () => {
  const policy = "script-src 'strict-dynamic' 'nonce-abc'"
  expect(blocked([policy])).toMatchObject({ missing: [], needsNonce: true })
  expect(blocked([policy], { nonce: "abc" })).toMatchObject({ needsNonce: false })
  expect(blocked([policy], { nonce: "old" })).toMatchObject({ needsNonce: true })
})

it("wants its name among Trusted Types that are required", () => {
  const required = "require-trusted-types-for 'script'"
  expect(blocked([`${required}; trusted-types default`]).needsTrustedType).toBe(true)
  expect(blocked([`${required}; trusted-types foyer`]).needsTrustedType).toBe(false)
  expect(blocked([`${required}; trusted-types *`]).needsTrustedType).toBe(false)
  expect(blocked([required]).needsTrustedType).toBe(false)
})
