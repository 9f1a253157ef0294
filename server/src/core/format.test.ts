import { describe, expect, it } from "vitest"
import {
  currencyName,
  formatDate,
  formatDateTime,
  formatLongDate,
  formatMoment,
  formatMoney,
  formatMonth,
  formatPercent,
  formatTime,
  hasSeveralCurrencies,
  plural,
} from "#core/format.ts"

const toronto = "America/Toronto"
const saturday = "2026-11-29T01:00:00Z"
/** What Intl writes between a number and its sign depends on the version of its data; that it does not break is tested apart. */
const plain = (text: string) => text.replaceAll(/[\u00a0\u202f]/g, " ")

describe("money", () => {
  it.each([
    [6328, "cad", "en", "$63.28"],
    [123_450, "cad", "en", "$1,234.50"],
    [0, "cad", "en", "$0.00"],
    [-500, "cad", "en", "-$5.00"],
    [123_450, "cad", "fr", "1 234,50 $"],
    [123_450, "usd", "en", "$1,234.50"],
    [123_450, "eur", "de", "1.234,50 €"],
    [3000, "jpy", "en", "¥3,000"],
    [1234, "kwd", "en", "KWD 1.234"],
    [Number.MAX_SAFE_INTEGER, "cad", "en", "$90,071,992,547,409.91"],
  ])("writes %i of %s in %s as %s", (minor, currency, locale, text) => {
    expect(plain(formatMoney(minor, currency, locale))).toBe(text)
  })

  it.each([
    ["cad", "en", "CA$25.00"],
    ["usd", "en", "US$25.00"],
    ["cad", "fr", "25,00 $ CA"],
    ["usd", "fr-CA", "25,00 $ US"],
    ["cad", "de", "25,00 CA$"],
    ["eur", "en", "€25.00"],
    ["gbp", "en", "GB£25.00"],
    ["kwd", "en", "KWD 2.500"],
  ])(
    "says whose money %s is in %s when several currencies are possible",
    (currency, locale, text) => {
      expect(plain(formatMoney(2500, currency, locale, { ambiguous: true }))).toBe(text)
    },
  )

  it("leaves the decimals out of whole amounts where it is told to", () => {
    expect(formatMoney(2500, "cad", "en", { short: true })).toBe("$25")
    expect(formatMoney(2550, "cad", "en", { short: true })).toBe("$25.50")
    expect(formatMoney(2500, "jpy", "en", { short: true })).toBe("¥2,500")
    expect(plain(formatMoney(2500, "cad", "fr", { short: true, ambiguous: true }))).toBe("25 $ CA")
  })

  it("never breaks between a number and its sign", () => {
    for (const locale of ["en", "fr", "de", "es"])
      for (const currency of ["cad", "kwd", "eur"])
        expect(formatMoney(123_450, currency, locale, { ambiguous: true })).not.toContain(" ")
  })

  it("knows when more than one currency is sold in", () => {
    expect(hasSeveralCurrencies([{ currency: "cad" }, { currency: "cad" }])).toBe(false)
    expect(hasSeveralCurrencies([{ currency: "cad" }, { currency: "usd" }])).toBe(true)
  })

  it("names a currency in words", () => {
    expect(currencyName("cad", "en")).toBe("Canadian dollars")
    expect(currencyName("cad", "fr")).toBe("dollars canadiens")
    expect(currencyName("jpy", "en")).toBe("Japanese yen")
  })
})

describe("rates and counts", () => {
  it("writes a rate with the decimals it has", () => {
    expect(formatPercent(130_000, "en")).toBe("13%")
    expect(formatPercent(99_750, "en")).toBe("9.975%")
    expect(plain(formatPercent(99_750, "fr"))).toBe("9,975 %")
  })

  it("chooses the plural form by the language: zero is many in English and one in French", () => {
    const tickets = { one: "{n} ticket", other: "{n} tickets" }
    const places = { one: "{n} place", other: "{n} places" }
    expect([0, 1, 2].map((count) => plural(count, "en", tickets))).toEqual([
      "0 tickets",
      "1 ticket",
      "2 tickets",
    ])
    expect([0, 1, 2].map((count) => plural(count, "fr", places))).toEqual([
      "0 place",
      "1 place",
      "2 places",
    ])
  })

  it("takes the form for the rest where there is none for the category, and never reads the number as a pattern", () => {
    expect(plural(1, "en", { other: "{n} left, {n} in all" })).toBe("1 left, 1 in all")
    expect(plural(1200, "en", { other: "{n} left" })).toBe("1,200 left")
    expect(plural(1000, "en", { other: "{n}$&" })).toBe("1,000$&")
  })
})

describe("dates and times", () => {
  it("writes the date day first and the time on the 24-hour clock", () => {
    expect(formatDate(saturday, "en", toronto)).toBe("Sat 28 Nov")
    expect(formatTime(saturday, "en", toronto)).toBe("20:00")
    expect(formatDateTime(saturday, "en", toronto)).toBe("Sat 28 Nov, 20:00")
    expect(formatDateTime(saturday, "en-CA", toronto)).toBe("Sat 28 Nov, 20:00")
  })

  it("writes French as in Canada", () => {
    expect(plain(formatDateTime(saturday, "fr", toronto))).toBe("sam. 28 nov., 20 h 00")
    expect(plain(formatTime(saturday, "fr", toronto))).toBe("20 h 00")
  })

  it("writes German and Spanish as they are written", () => {
    expect(formatDateTime(saturday, "de", toronto)).toBe("Sa., 28. Nov., 20:00")
    expect(formatDate(saturday, "es", toronto)).toBe("sáb, 28 nov")
  })

  it("follows the zone, not the machine", () => {
    expect(formatDateTime(saturday, "en", "Asia/Tokyo")).toBe("Sun 29 Nov, 10:00")
  })

  it("writes midnight as 00:00", () => {
    expect(formatTime("2026-11-28T05:00:00Z", "en", toronto)).toBe("00:00")
  })

  it("writes a date in full where it is kept", () => {
    expect(formatLongDate(saturday, "en", toronto)).toBe("Saturday, 28 November 2026")
  })

  it("refuses what is no instant", () => {
    expect(() => formatDate("tomorrow", "en", toronto)).toThrow(RangeError)
  })
})

describe("a moment to come", () => {
  const now = "2026-11-17T15:00:00Z"
  it.each([
    ["today", "2026-11-18T04:30:00Z", "23:30"],
    ["within six days", "2026-11-20T15:00:00Z", "Friday 10:00"],
    ["six days on", "2026-11-23T15:00:00Z", "Monday 10:00"],
    ["a week on, when the weekday would be today's", "2026-11-24T15:00:00Z", "Tue 24 Nov, 10:00"],
    ["in the past", "2026-11-16T15:00:00Z", "Mon 16 Nov, 10:00"],
  ])("%s is said as short as can be", (_when, instant, text) => {
    expect(formatMoment(instant, now, "en", toronto)).toBe(text)
  })

  it("counts days of the calendar over a change of clocks", () => {
    expect(formatMoment("2026-11-01T15:00:00Z", "2026-11-01T03:30:00Z", "en", toronto)).toBe(
      "Sunday 10:00",
    )
  })
})

describe("months", () => {
  it("names the year only when it is another one", () => {
    expect(formatMonth("2026-11", "2026-11-20T00:00:00Z", "en")).toBe("November")
    expect(formatMonth("2027-01", "2026-11-20T00:00:00Z", "en")).toBe("January 2027")
    expect(formatMonth("2026-12", "2026-11-20T00:00:00Z", "fr")).toBe("décembre")
  })
})
