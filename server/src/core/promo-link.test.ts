import { expect, it } from "vitest"
import { hostedPromoLink, promoLink, sharedLink } from "#core/promo-link.ts"
import { shop } from "#testing/club.ts"

it("brings the code along, and keeps what else the page's address asks", () => {
  expect(promoLink("https://club.example/tickets?lang=fr#shows", "TEN")).toBe(
    "https://club.example/tickets?lang=fr&foyer-promo=TEN#shows",
  )
  expect(promoLink("https://club.example/?foyer-promo=OLD", "NEW_1")).toBe(
    "https://club.example/?foyer-promo=NEW_1",
  )
})

it("leads to the widget's own page, too", () => {
  expect(hostedPromoLink("https://tickets.example.com", "club/main", "TEN")).toBe(
    "https://tickets.example.com/v1/w/club/main?promo=TEN",
  )
})

it("shares pages of allowed sites, and the widget's own where no page is named", () => {
  const club = shop({ allowedOrigins: new Set(["https://club.example"]) })
  const share = (page?: string) => sharedLink(club, "https://tickets.example.com", "TEN", page)
  expect(share()).toEqual({
    ok: true,
    link: "https://tickets.example.com/v1/w/laughing-stock/main?promo=TEN",
  })
  expect(share(" club.example/a?b=c ")).toEqual({
    ok: true,
    link: "https://club.example/a?b=c&foyer-promo=TEN",
  })
  expect(share("https://evil.example/")).toEqual({ ok: false, reason: "not-an-allowed-site" })
  expect(share("javascript:alert(1)")).toEqual({ ok: false, reason: "not-an-address" })
  expect(share(`https://club.example/${"x".repeat(500)}`)).toMatchObject({ ok: false })
})
