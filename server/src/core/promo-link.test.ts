import { expect, it } from "vitest"
import { hostedPromoLink, promoLink } from "#core/promo-link.ts"

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
