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
} from "#core/format.ts"
import type { ScreenBase } from "#core/screen.ts"
import type { Showtime } from "#core/storefront.ts"
import { wordsFor } from "#views/words/index.ts"
import type { Words } from "#views/words/en.ts"

/** A moment of the programme: said by the venue's clock, wherever it is read. */
export type Start = Pick<Showtime, "startsAt" | "timeZone">

/** How one screen speaks: its words, and how it writes money and moments. */
export type Voice = {
  readonly words: Words
  readonly locale: string
  /** `$63.28`: what is charged, always with its decimals. */
  readonly money: (minor: number) => string
  /** `$25`: decimals only where there are any, for "From $25". */
  readonly roundMoney: (minor: number) => string
  readonly percent: (ppm: number) => string
  /** "Canadian dollars". */
  readonly currencyName: () => string
  /** "Sat 28 Nov". */
  readonly day: (start: Start) => string
  /** "20:00". */
  readonly time: (start: Start) => string
  /** "Sat 28 Nov, 20:00". */
  readonly dateTime: (start: Start) => string
  /** "November". */
  readonly month: (month: string) => string
  /** "Friday 10:00", of the venue's or the account's zone. */
  readonly moment: (instant: string, timeZone: string) => string
  /** "Saturday 28 November 2026": a date that is kept. */
  readonly longDate: (instant: string, timeZone: string) => string
  /** The visitor's own clock: "20:14". */
  readonly clock: (instant: string) => string
}

export type Speaker = {
  readonly locale: string
  readonly currency: string
  /** Amounts must say whose dollars they are. */
  readonly ambiguous: boolean
  /** IANA zone of the reader. */
  readonly timeZone: string
  /** ISO 8601. */
  readonly now: string
}

export function voiceFor(speaker: Speaker): Voice {
  const { locale, currency, ambiguous, timeZone, now } = speaker
  return {
    words: wordsFor(locale),
    locale,
    money: (minor) => formatMoney(minor, currency, locale, { ambiguous }),
    roundMoney: (minor) => formatMoney(minor, currency, locale, { ambiguous, short: true }),
    percent: (ppm) => formatPercent(ppm, locale),
    currencyName: () => currencyName(currency, locale),
    day: (start) => formatDate(start.startsAt, locale, start.timeZone),
    time: (start) => formatTime(start.startsAt, locale, start.timeZone),
    dateTime: (start) => formatDateTime(start.startsAt, locale, start.timeZone),
    month: (month) => formatMonth(month, now, locale),
    moment: (instant, zone) => formatMoment(instant, now, locale, zone),
    longDate: (instant, zone) => formatLongDate(instant, locale, zone),
    clock: (instant) => formatTime(instant, locale, timeZone),
  }
}

/** Where several currencies are sold, a price says whose dollars it means. */
export function voiceOf(screen: ScreenBase): Voice {
  return voiceFor({
    locale: screen.locale,
    currency: screen.region.currency,
    ambiguous: hasSeveralCurrencies(screen.shop.regions),
    timeZone: screen.timeZone,
    now: screen.now,
  })
}
