import * as fc from "fast-check"
import { expect, it } from "vitest"
import { parseHandshake } from "@foyer/shared/protocol"
import { arrivalFrom } from "./visit.ts"

const at = 1_800_000_000_000
const arrive = (href: string, referrer = "") => arrivalFrom(href, referrer, at)

it("reads campaign, click ids and codes, and leaves the query out of the addresses", () => {
  const { touch, page, returned, cleanUrl } = arrive(
    "https://club.test/tickets?utm_source=fb&utm_medium=cpc&fbclid=F1&ref=anna&access_code=VIP#top",
    "https://news.test/a?q=secret",
  )
  expect(touch).toEqual({
    at,
    source: "fb",
    medium: "cpc",
    clickIds: { fbclid: "F1" },
    ref: "anna",
    accessCode: "VIP",
    referrer: "https://news.test/a",
    landingPage: "https://club.test/tickets",
  })
  expect({ page, returned, cleanUrl }).toEqual({
    page: "https://club.test/tickets",
    returned: false,
    cleanUrl: undefined,
  })
})

it("takes the code of a promo link along, and no more of it than a code has", () => {
  expect(arrive("https://club.test/?foyer-promo=%20TEN%00%0a").promo).toBe("TEN")
  expect(arrive(`https://club.test/?foyer-promo=${"x".repeat(50)}`).promo).toHaveLength(40)
  expect(arrive("https://club.test/?promo=THEIRS").promo).toBeUndefined()
})

it("makes no touch of a move within the site, but keeps the campaign that the first page was reached by", () => {
  expect(arrive("https://club.test/b", "https://club.test/a").touch).toBeUndefined()
  expect(arrive("https://club.test/b", "https://club.test/?utm_source=mail").touch).toEqual({
    at,
    source: "mail",
    landingPage: "https://club.test/b",
  })
})

it("makes a touch of a visit that came from nowhere", () => {
  expect(arrive("https://club.test/").touch).toEqual({ at, landingPage: "https://club.test/" })
})

it("takes the mark of a returned payment out of the address, and only that", () => {
  const { cleanUrl, returned, touch } = arrive("https://club.test/?show=7&foyer-return=1#buy")
  expect(cleanUrl).toBe("https://club.test/?show=7#buy")
  expect(returned).toBe(true)
  expect(touch).toBeUndefined()
})

it("says nothing that the wire refuses, whatever the address holds", () => {
  const names = ["utm_source", "utm_term", "gclid", "ref", "access_code", "fbclid"]
  fc.assert(
    fc.property(
      fc.dictionary(fc.constantFrom(...names), fc.string({ unit: "binary", maxLength: 700 })),
      fc.string({ maxLength: 900 }),
      (query, path) => {
        const url = new URL("https://club.test/")
        url.pathname = path
        url.search = new URLSearchParams(query).toString()
        const { touch, page } = arrive(url.href, `https://from.test/${encodeURIComponent(path)}`)
        const parsed = parseHandshake({
          protocol: 1,
          widgets: [],
          carts: {},
          locale: "en",
          consent: "unknown",
          page,
          touches: [touch],
        })
        expect(parsed).toMatchObject({ ok: true })
      },
    ),
  )
})
