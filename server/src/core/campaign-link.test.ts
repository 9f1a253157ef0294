import { describe, expect, it } from "vitest"
import { campaignLink, type LinkWish } from "#core/campaign-link.ts"

const wish = (parts: Partial<LinkWish>): LinkWish => ({
  page: "https://club.example/tickets",
  source: "",
  medium: "",
  campaign: "",
  content: "",
  term: "",
  ref: "",
  promo: "",
  ...parts,
})

describe("campaignLink", () => {
  it("tags a page as the report reads it", () => {
    const made = campaignLink(
      wish({
        source: "News Letter",
        medium: "Email",
        campaign: "December lineup",
        promo: "late10",
      }),
    )
    expect(made).toEqual({
      ok: true,
      link: "https://club.example/tickets?utm_source=news-letter&utm_medium=email&utm_campaign=December-lineup&foyer-promo=LATE10",
      reads: { value: "December-lineup", source: "news-letter", medium: "email" },
    })
  })

  it("keeps what a page asks for and replaces the tags it had", () => {
    const made = campaignLink(
      wish({ page: "club.example/x?id=7&utm_source=old&utm_term=old", source: "new" }),
    )
    expect(made).toMatchObject({ ok: true, link: "https://club.example/x?id=7&utm_source=new" })
  })

  it("makes a link for an affiliate, who is source enough", () => {
    expect(campaignLink(wish({ ref: "priya-n" }))).toMatchObject({
      ok: true,
      reads: { value: "priya-n", source: "ref", medium: "affiliate" },
    })
  })

  it.each(["", "javascript:alert(1)", "ftp://club.example", "club", "https://a:b@club.example"])(
    "refuses the page %j",
    (page) => {
      expect(campaignLink(wish({ page }))).toEqual({
        ok: false,
        field: "page",
        reason: "not-an-address",
      })
    },
  )

  it("refuses tags without a source and links that no telephone reads", () => {
    expect(campaignLink(wish({ campaign: "x" }))).toMatchObject({ field: "source" })
    const page = `https://club.example/${"x".repeat(1000)}`
    expect(campaignLink(wish({ page }))).toMatchObject({ reason: "too-long" })
  })
})
