import type { Touch } from "@foyer/shared/protocol"
import { describe, expect, it } from "vitest"
import { touchValues } from "#core/report-dimensions.ts"

const from = (touch: Omit<Touch, "at">) => touchValues({ at: 1, ...touch })

describe("touchValues", () => {
  it.each<[string, Omit<Touch, "at">, string, string]>([
    ["a tagged link", { source: "Newsletter", medium: "Email" }, "newsletter", "email"],
    ["a link with a source only", { source: "poster" }, "poster", "none"],
    ["a click on an advertisement", { clickIds: { gclid: "x" } }, "google", "cpc"],
    ["a tagged click", { source: "g", medium: "ppc", clickIds: { gclid: "x" } }, "g", "ppc"],
    ["Facebook's mark", { clickIds: { fbclid: "x" } }, "facebook", "social"],
    [
      "Facebook's mark from Instagram",
      { clickIds: { fbclid: "x" }, referrer: "https://l.instagram.com/" },
      "instagram",
      "social",
    ],
    ["an affiliate", { ref: "priya-n" }, "ref", "affiliate"],
    ["a search", { referrer: "https://www.google.co.uk/" }, "google", "organic"],
    ["a network", { referrer: "https://t.co/abc" }, "twitter", "social"],
    [
      "another site",
      { referrer: "https://www.cityguide.example/best" },
      "cityguide.example",
      "referral",
    ],
    ["nothing", {}, "direct", "none"],
  ])("reads %s", (_, touch, source, medium) => {
    expect(from(touch).campaign).toMatchObject({ source, medium })
  })

  it("takes an affiliate's name for the campaign where none is named", () => {
    expect(from({ ref: "priya-n" }).campaign.value).toBe("priya-n")
    expect(from({ ref: "priya-n", source: "a", campaign: "b" }).campaign.value).toBe("b")
    expect(from({ ref: "priya-n", source: "a" }).campaign.value).toBe("")
  })

  it("keeps pages by host and path, and referrers by host", () => {
    const values = from({
      landingPage: "https://club.example/tickets/?utm_source=x#y",
      referrer: "https://m.blog.example/a/b?c",
    })
    expect(values.landing.value).toBe("club.example/tickets")
    expect(values.referrer.value).toBe("blog.example")
  })

  it("cuts what is longer than anybody reads", () => {
    expect(from({ term: "x".repeat(500) }).term.value).toHaveLength(200)
  })
})
