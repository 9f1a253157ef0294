import { readFileSync } from "node:fs"
import { describe, expect, it } from "vitest"
import { aCatalogue, catalogueText, type LooseFile } from "#testing/catalogue-file.ts"
import { catalogueFaults } from "./catalogue-checks.ts"
import { readCatalogue } from "./read-catalogue.ts"

const product = (file: LooseFile) => file.events[0].products[0]
const shirt = (file: LooseFile) => file.events[0].products[1]

describe("a broken catalogue", () => {
  it.each<[string, (file: LooseFile) => void, string, string]>([
    [
      "a time zone that is none",
      (f) => (f.account.timeZone = "Mars/Olympus"),
      "account.timeZone",
      "Mars/Olympus is no IANA time zone, like America/Toronto",
    ],
    [
      "a country that is none",
      (f) => (f.account.country = "XQ"),
      "account.country",
      "XQ is no country (ISO 3166-1)",
    ],
    [
      "a language written otherwise",
      (f) => (f.account.locales = ["en-CA", "fr-ca"]),
      "account.locales[1]",
      "must be written fr-CA",
    ],
    [
      "a language that is none",
      (f) => (f.account.locales = ["en-CA", "?x"]),
      "account.locales[1]",
      "?x is no language tag (BCP 47), like en-CA",
    ],
    [
      "a first language that is not offered",
      (f) => (f.account.locale = "de"),
      "account.locale",
      "must be one of account.locales (en-CA, fr-CA)",
    ],
    [
      "an origin in capitals",
      (f) => (f.account.allowedOrigins = ["https://Club.example"]),
      "account.allowedOrigins[0]",
      "must be written https://club.example",
    ],
    [
      "an origin twice",
      (f) => f.account.allowedOrigins.push("https://club.example"),
      "account.allowedOrigins[1]",
      "https://club.example is already at account.allowedOrigins[0]",
    ],
    [
      "a brand that cannot be read",
      (f) => (f.account.brand.colors.ink = "#eeeeee"),
      "account.brand.colors.ink",
      "cannot be read on bg: their contrast is 1.2 to 1, at least 4.5 is needed",
    ],
    [
      "a region whose currency has no price list",
      (f) => (f.regions[0].currency = "usd"),
      "regions[0].currency",
      "usd has no price list: say in priceLists whether its prices contain tax",
    ],
    [
      "a region twice",
      (f) => (f.regions[1].slug = "canada"),
      "regions[1].slug",
      "canada is already at regions[0]",
    ],
    [
      "a currency nobody uses",
      (f) => f.priceLists.push({ currency: "xyz", taxIncluded: true }),
      "priceLists[2].currency",
      "xyz is no currency in use",
    ],
    [
      "a currency in which amounts would be charged a hundredth",
      (f) => f.priceLists.push({ currency: "isk", taxIncluded: true }),
      "priceLists[2].currency",
      "isk cannot be charged: the payment provider counts it in another unit",
    ],
    [
      "a currency whose third decimal cannot be charged",
      (f) => f.priceLists.push({ currency: "kwd", taxIncluded: true }),
      "priceLists[2].currency",
      "kwd cannot be charged: the payment provider rounds it to two decimals",
    ],
    [
      "a tax rate twice",
      (f) => f.taxClasses[0].rates.push(f.taxClasses[0].rates[0]),
      "taxClasses[0].rates[1].name",
      "CA ON HST is already at taxClasses[0].rates[0]",
    ],
    [
      "a fee of an unknown tax class",
      (f) => (f.fees[0].taxClass = "none"),
      "fees[0].taxClass",
      "there is no tax class none",
    ],
    [
      "a fee in a currency not sold in",
      (f) => (f.fees[0].amounts.usd = { fixed: "1.00" }),
      "fees[0].amounts.usd",
      "usd has no price list",
    ],
    [
      "a fee in fractions of a cent",
      (f) => (f.fees[0].amounts.cad.fixed = "0.505"),
      "fees[0].amounts.cad.fixed",
      "0.505 is too fine: cad has 2 decimals",
    ],
    [
      "a pixel twice",
      (f) => f.pixels.push({ destination: "ga4", target: "G-2" }),
      "pixels[1].destination",
      "ga4 is already at pixels[0]",
    ],
    [
      "a widget of an unknown event",
      (f) => (f.widgets[0].events = ["show", "gone"]),
      "widgets[0].events[1]",
      "there is no event gone",
    ],
    [
      "an event twice",
      (f) => f.events.push(structuredClone(f.events[0])),
      "events[1].slug",
      "show is already at events[0]",
    ],
    [
      "fewer at most than at least",
      (f) => Object.assign(f.events[0], { minPerOrder: 4, maxPerOrder: 2 }),
      "events[0].maxPerOrder",
      "is less than minPerOrder 4",
    ],
    [
      "a day that is none",
      (f) => (f.events[0].showtimes[1].at = "2030-02-30T20:00"),
      "events[0].showtimes[1].at",
      "2030-02-30T20:00 is no such day",
    ],
    [
      "an hour that daylight saving skips",
      (f) => (f.events[0].showtimes[1].at = "2030-03-10T02:30"),
      "events[0].showtimes[1].at",
      "2030-03-10T02:30 does not exist in America/Toronto: the clocks go forward over it",
    ],
    [
      "an hour skipped in the middle of a run",
      (f) =>
        (f.events[0].showtimes[1] = {
          at: "2030-03-03T02:30",
          repeat: { every: "week", times: 3 },
        }),
      "events[0].showtimes[1].at",
      "2030-03-10T02:30 does not exist in America/Toronto: the clocks go forward over it",
    ],
    [
      "a showtime twice",
      (f) => (f.events[0].showtimes[1].at = "2030-12-17T19:30"),
      "events[0].showtimes[1].at",
      "show already has a showtime at 2030-12-17T19:30",
    ],
    [
      "an exception on no day",
      (f) => (f.events[0].showtimes[0].repeat.except = ["2030-11-31"]),
      "events[0].showtimes[0].repeat.except[0]",
      "2030-11-31 is no such day",
    ],
    [
      "a difference of an unknown product",
      (f) => (f.events[0].showtimes[1].differences[0].product = "gone"),
      "events[0].showtimes[1].differences[0].product",
      "there is no product of this event gone",
    ],
    [
      "a difference of what is counted once",
      (f) => (f.events[0].showtimes[1].differences[0].product = "shirt"),
      "events[0].showtimes[1].differences[0].product",
      "shirt is counted once for all showtimes, so it cannot differ at one",
    ],
    [
      "a difference in an unknown price",
      (f) => (f.events[0].showtimes[1].differences[0].prices = { vip: { cad: "1.00" } }),
      "events[0].showtimes[1].differences[0].prices.vip",
      "there is no price type of this product vip",
    ],
    [
      "a product of an unknown fee",
      (f) => (product(f).fee = "none"),
      "events[0].products[0].fee",
      "there is no fee none",
    ],
    [
      "a product twice",
      (f) => (shirt(f).slug = "admission"),
      "events[0].products[1].slug",
      "admission is already at events[0].products[0]",
    ],
    [
      "a price in yen and sen",
      (f) => (product(f).priceTypes[0].prices.jpy = "1200.50"),
      "events[0].products[0].priceTypes[0].prices.jpy",
      "1200.50 is too fine: jpy has 0 decimals",
    ],
    [
      "a price that no card pays",
      (f) => (product(f).priceTypes[0].prices.cad = "1000000.00"),
      "events[0].products[0].priceTypes[0].prices.cad",
      "1000000.00 is more than can be charged",
    ],
    [
      "a price type twice",
      (f) => (product(f).priceTypes[1].slug = "adult"),
      "events[0].products[0].priceTypes[1].slug",
      "adult is already at events[0].products[0].priceTypes[0]",
    ],
    [
      "advice for a fixed price",
      (f) => (product(f).priceTypes[0].suggested = { cad: "20.00" }),
      "events[0].products[0].priceTypes[0].suggested",
      "is only for kind pay-what-you-like",
    ],
    [
      "advice to pay less than the least",
      (f) => (product(f).priceTypes[1].prices.cad = "11.00"),
      "events[0].products[0].priceTypes[1].prices.cad",
      "is more than the suggested 10.00",
    ],
    [
      "advice in a currency without a price",
      (f) => (product(f).priceTypes[1].suggested.jpy = "900"),
      "events[0].products[0].priceTypes[1].suggested.jpy",
      "has no price in jpy beside it",
    ],
    [
      "a sale that ends before it starts",
      (f) =>
        Object.assign(product(f).priceTypes[0], {
          saleStarts: "2030-05-02T10:00",
          saleEnds: "2030-05-01T10:00",
        }),
      "events[0].products[0].priceTypes[0].saleEnds",
      "is not after saleStarts",
    ],
    [
      "a variant of an unknown option",
      (f) => (shirt(f).variants[0].options.colour = "red"),
      "events[0].products[1].variants[0].options.colour",
      "there is no option of this product colour",
    ],
    [
      "a variant of an unknown value",
      (f) => (shirt(f).variants[0].options.size = "xl"),
      "events[0].products[1].variants[0].options.size",
      "there is no value of this option xl",
    ],
    [
      "a variant that leaves an option open",
      (f) => delete shirt(f).variants[0].options.size,
      "events[0].products[1].variants[0].options.size",
      "is missing",
    ],
    [
      "a variant twice",
      (f) => shirt(f).variants.push({ options: { size: "l" } }),
      "events[0].products[1].variants[1].options",
      '[["size","l"]] is already at events[0].products[1].variants[0]',
    ],
    [
      "a choice of one",
      (f) =>
        Object.assign(f.questions[0], { kind: "choice", choices: [{ slug: "a", title: "A" }] }),
      "questions[0].choices",
      "must offer at least two for kind choice",
    ],
    [
      "choices where nothing is chosen",
      (f) => (f.questions[0].choices = [{ slug: "a", title: "A" }]),
      "questions[0].choices",
      "is only for kind choice",
    ],
    [
      "a question about an unknown event",
      (f) => (f.questions[0].event = "gone"),
      "questions[0].event",
      "there is no event gone",
    ],
    [
      "a promotion without a value",
      (f) => delete f.promotions[0].percentOff,
      "promotions[0]",
      "must have one of percentOff, amountOff and bogo",
    ],
    [
      "a promotion with two values",
      (f) => (f.promotions[0].amountOff = { cad: "1.00" }),
      "promotions[0]",
      "must have one of percentOff, amountOff and bogo",
    ],
    [
      "a promotion that gives some for nothing off",
      (f) => {
        delete f.promotions[0].percentOff
        f.promotions[0].bogo = { buy: 2, get: 1, percentOff: "0" }
      },
      "promotions[0].bogo.percentOff",
      "takes nothing off",
    ],
    [
      "a list of buyers that lists nobody",
      (f) => (f.promotions[0].audience = { who: "listed" }),
      "promotions[0].audience.emails",
      "goes with who listed, and only with it",
    ],
    [
      "a list of buyers that nothing asks for",
      (f) => (f.promotions[0].audience = { who: "returning", emails: ["sam@example.com"] }),
      "promotions[0].audience.emails",
      "goes with who listed, and only with it",
    ],
    [
      "a buyer listed twice",
      (f) => (f.promotions[0].audience = { who: "listed", emails: ["@a.example", "@a.example"] }),
      "promotions[0].audience.emails[1]",
      "@a.example is already at promotions[0].audience.emails[0]",
    ],
    [
      "a promotion of nothing",
      (f) => (f.promotions[0].percentOff = "0"),
      "promotions[0].percentOff",
      "takes nothing off",
    ],
    [
      "a percentage for each ticket",
      (f) => (f.promotions[0].per = "ticket"),
      "promotions[0].per",
      "is only for amountOff: a percentage is the same either way",
    ],
    [
      "a code twice",
      (f) => (f.promotions[1].code = "LAUGH10"),
      "promotions[1].code",
      "LAUGH10 is already at promotions[0]",
    ],
    [
      "a promotion that ends before it starts",
      (f) =>
        Object.assign(f.promotions[0], { starts: "2030-05-02T10:00", ends: "2030-05-02T10:00" }),
      "promotions[0].ends",
      "is not after starts",
    ],
    [
      "a start in a skipped hour",
      (f) => (f.promotions[0].starts = "2030-03-10T02:30"),
      "promotions[0].starts",
      "2030-03-10T02:30 does not exist in America/Toronto: the clocks go forward over it",
    ],
  ])("with %s is told so", (_, change, path, message) => {
    expect(catalogueFaults(aCatalogue(change))).toEqual([{ path, message }])
  })

  it("is told all of it in one go", () => {
    const read = readCatalogue(
      catalogueText((file) => {
        file.account.timeZone = "Nowhere"
        product(file).taxClass = "none"
        file.promotions[0].events = ["gone"]
      }),
    )
    expect(read).toEqual({
      ok: false,
      faults: [
        { path: "account.timeZone", message: expect.any(String) },
        { path: "events[0].products[0].taxClass", message: "there is no tax class none" },
        { path: "promotions[0].events[0]", message: "there is no event gone" },
      ],
    })
  })

  it("is told where its JSON breaks", () => {
    expect(readCatalogue('{\n  "version": 1,,\n}')).toEqual({
      ok: false,
      faults: [{ path: "line 2, column 16", message: 'expected a name in quotes, not ","' }],
    })
  })
})

it("finds nothing wrong with a plain file", () => {
  expect(readCatalogue(catalogueText())).toEqual({ ok: true, file: aCatalogue() })
})

it("finds nothing wrong with the file that the documentation shows", () => {
  const guide = readFileSync(new URL("../../../docs/catalogue.md", import.meta.url), "utf8")
  const example = /```json\n([\s\S]*?)```/.exec(guide)?.[1] ?? ""
  expect(readCatalogue(example)).toMatchObject({ ok: true, file: { account: { slug: "my-club" } } })
})
