import type { Touch } from "@foyer/shared/protocol"
import fc from "fast-check"
import { describe, expect, it } from "vitest"
import {
  channelOf,
  cleanTouch,
  fingerprintInput,
  firstTouch,
  lastTouch,
  linear,
} from "#core/attribution.ts"

const day = 86_400_000
const touch = (given: Partial<Touch> = {}): Touch => ({ at: day, ...given })
const newsletter = touch({ at: day, medium: "email", source: "newsletter" })
const advertisement = touch({ at: 2 * day, clickIds: { gclid: "abc" } })
const direct = touch({ at: 3 * day, landingPage: "https://club.example/" })

describe("a touch that is kept", () => {
  it("has no control, formatting or broken characters, and no runs of space", () => {
    expect(
      cleanTouch(
        touch({
          source: "  face\u0000book \u202e\u200b",
          campaign: "late\n\tnight\u2028show",
          term: "\ud800x",
          content: "a\u00a0  b",
        }),
      ),
    ).toEqual({
      at: day,
      source: "facebook",
      campaign: "late night show",
      term: "x",
      content: "a b",
    })
  })

  it("has limits, and no character cut in half", () => {
    const cleaned = cleanTouch(
      touch({ source: "s".repeat(500), referrer: "r".repeat(900), term: `${"t".repeat(199)}😀` }),
    )
    expect(cleaned.source).toHaveLength(200)
    expect(cleaned.referrer).toHaveLength(500)
    expect(cleaned.term).toBe("t".repeat(199))
  })

  it("has only what it says something with", () => {
    expect(cleanTouch(touch({ source: " ", clickIds: { gclid: "\u0007" } }))).toEqual({ at: day })
    expect(cleanTouch(touch({ clickIds: { gclid: " abc ", fbclid: "" } }))).toEqual({
      at: day,
      clickIds: { gclid: "abc" },
    })
  })

  it("has nothing that was not asked for", () => {
    expect(
      cleanTouch({ ...touch(), evil: "x", clickIds: { other: "y" } } as unknown as Touch),
    ).toEqual({ at: day })
  })

  it("is clean whatever comes, and cleaning it again changes nothing", () => {
    const anyTouch = fc.record(
      {
        at: fc.nat(),
        source: fc.string({ unit: "binary", maxLength: 400 }),
        referrer: fc.string({ unit: "binary-ascii", maxLength: 900 }),
        clickIds: fc.record({ fbclid: fc.string({ unit: "binary" }) }, { requiredKeys: [] }),
      },
      { requiredKeys: ["at"] },
    )
    fc.assert(
      fc.property(anyTouch, (given) => {
        const cleaned = cleanTouch(given)
        expect(cleanTouch(cleaned)).toEqual(cleaned)
        expect(cleaned.source ?? "x").toMatch(/^[^\p{Cc}\p{Cf}\p{Cs}]{1,200}$/u)
      }),
    )
  })
})

describe("a fingerprint", () => {
  it("is the same for the same touch sent again, within the minute", () => {
    expect(fingerprintInput({ ...advertisement })).toBe(fingerprintInput(advertisement))
    expect(fingerprintInput({ ...advertisement, at: 2 * day + 59_999 })).toBe(
      fingerprintInput(advertisement),
    )
  })

  it("is another for another minute or another field", () => {
    const others: Touch[] = [
      { ...advertisement, at: 2 * day + 60_000 },
      { ...advertisement, source: "google" },
      { ...advertisement, medium: "google" },
      { ...advertisement, clickIds: { gbraid: "abc" } },
      { ...advertisement, clickIds: {} },
    ]
    const all = new Set([advertisement, ...others].map(fingerprintInput))
    expect(all.size).toBe(others.length + 1)
  })
})

describe("whose the sale was", () => {
  it("first: the earliest, in whatever order they came", () => {
    expect(firstTouch([advertisement, direct, newsletter])).toBe(newsletter)
    expect(firstTouch([])).toBeUndefined()
  })

  it("last: the latest that is more than a direct visit", () => {
    expect(lastTouch([direct, newsletter, advertisement])).toBe(advertisement)
    expect(lastTouch([direct])).toBe(direct)
    expect(lastTouch([])).toBeUndefined()
  })

  it("linear: all alike, the odd parts to the earliest", () => {
    expect(linear([direct, newsletter, advertisement])).toEqual([
      { touch: newsletter, creditPpm: 333_334 },
      { touch: advertisement, creditPpm: 333_333 },
      { touch: direct, creditPpm: 333_333 },
    ])
    expect(linear([])).toEqual([])
  })

  it("linear: credits sum to one million for any number of touches", () => {
    fc.assert(
      fc.property(fc.array(fc.nat(), { minLength: 1, maxLength: 200 }), (times) => {
        const credits = linear(times.map((at) => touch({ at })))
        expect(credits.reduce((sum, credit) => sum + credit.creditPpm, 0)).toBe(1_000_000)
      }),
    )
  })
})

describe("any journey", () => {
  const contact = fc.constantFrom<Partial<Touch>>(
    {},
    { source: "poster" },
    { medium: "cpc" },
    { ref: "kit" },
  )
  const journey = fc.uniqueArray(
    fc.tuple(fc.nat(), contact).map(([at, given]) => touch({ ...given, at })),
    { maxLength: 20, selector: (each) => each.at },
  )

  it("has the same first, last and shares in whatever order its touches arrived", () => {
    fc.assert(
      fc.property(journey, (touches) => {
        const arrived = touches.toReversed()
        expect(firstTouch(arrived)).toBe(firstTouch(touches))
        expect(lastTouch(arrived)).toBe(lastTouch(touches))
        expect(linear(arrived)).toEqual(linear(touches))
      }),
    )
  })

  it("begins no later than it ends, and ends in a direct visit only if it was nothing else", () => {
    fc.assert(
      fc.property(journey, (touches) => {
        const [first, last] = [firstTouch(touches), lastTouch(touches)]
        if (!first || !last) return touches.length === 0
        expect(first.at).toBeLessThanOrEqual(last.at)
        if (channelOf(last) === "direct")
          for (const each of touches) expect(channelOf(each)).toBe("direct")
        return true
      }),
    )
  })
})

describe("channels", () => {
  it.each<[string, Partial<Touch>]>([
    ["paid", { medium: "cpc", source: "google" }],
    ["paid", { medium: "paid-social", source: "facebook" }],
    ["paid", { medium: "Display" }],
    ["paid", { clickIds: { gclid: "x" }, referrer: "https://www.google.com/" }],
    ["paid", { clickIds: { msclkid: "x" } }],
    ["email", { medium: "email", source: "november" }],
    ["email", { source: "newsletter", medium: "link" }],
    ["affiliate", { ref: "kit" }],
    ["affiliate", { medium: "affiliate" }],
    ["social", { medium: "social" }],
    ["social", { source: "instagram", medium: "bio" }],
    ["social", { clickIds: { fbclid: "x" } }],
    ["social", { referrer: "https://l.facebook.com/l.php" }],
    ["social", { referrer: "https://t.co/abc" }],
    ["organic", { referrer: "https://www.google.ca/" }],
    ["organic", { referrer: "https://search.yahoo.co.jp/x" }],
    ["organic", { referrer: "https://duckduckgo.com" }],
    ["organic", { medium: "organic", source: "kagi" }],
    ["referral", { referrer: "https://nowtoronto.example/comedy" }],
    ["referral", { source: "poster", medium: "qr" }],
    ["referral", { referrer: "https://notgoogle.com.evil.example/" }],
    ["referral", { referrer: "https://maxfacebook.com/" }],
    ["direct", {}],
    ["direct", { landingPage: "https://club.example/", campaign: "x" }],
    ["direct", { referrer: "not a url" }],
  ])("%s: %j", (channel, given) => {
    expect(channelOf(touch(given))).toBe(channel)
  })
})
