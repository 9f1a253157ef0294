import { epochMs } from "#core/instant.ts"
import { exponentOf, toDecimal, wholePpm } from "#core/money.ts"

/**
 * How money, dates and numbers are written for people, all by `Intl`. A locale is one of an account's BCP 47 tags; instants are ISO 8601,
 * time zones IANA names. Times are on the 24-hour clock, as tickets print them.
 */

/** Currencies whose symbol is also another one's: with several in play the country is said with it. */
const sharedSymbols: ReadonlySet<string> = new Set(["$", "¥", "£", "kr"])

/** A bare language reads as these places write it: English prices as in Canada, English dates with the day first. */
const moneyLocales: Readonly<Record<string, string>> = { en: "en-CA", fr: "fr-CA" }
const dateLocales: Readonly<Record<string, string>> = { en: "en-GB", "en-CA": "en-GB", fr: "fr-CA" }

export type MoneyStyle = {
  /** Several currencies are possible: "CA$25.00", "25,00 $ CA". */
  readonly ambiguous?: boolean
  /** Whole amounts without decimals, "$25", as in "From $25". */
  readonly short?: boolean
}

/** "$1,234.50", "1 234,50 $", "¥3,000": exact for every safe integer. */
export function formatMoney(
  amountMinor: number,
  currency: string,
  locale: string,
  style: MoneyStyle = {},
): string {
  const exponent = exponentOf(currency)
  const isWhole = amountMinor % 10 ** exponent === 0
  const decimals = style.short && isWhole ? 0 : exponent
  const format = moneyFormat(moneyLocales[locale] ?? locale, currency, decimals)
  const text = decimalText(amountMinor, currency)
  if (!style.ambiguous) return format.format(text)
  return format
    .formatToParts(text)
    .map((part) =>
      part.type === "currency" ? explicitSymbol(part.value, currency, locale) : part.value,
    )
    .join("")
}

/** Whether amounts must say whose dollars they are. */
export function hasSeveralCurrencies(regions: readonly { readonly currency: string }[]): boolean {
  return new Set(regions.map((region) => region.currency)).size > 1
}

/** "Canadian dollars", "dollars canadiens". */
export function currencyName(currency: string, locale: string): string {
  const parts = currencyNameFormat(moneyLocales[locale] ?? locale, currency).formatToParts(2)
  return parts.find((part) => part.type === "currency")?.value ?? currency.toUpperCase()
}

/** "13%", "14.975%", "9,975 %". */
export function formatPercent(ratePpm: number, locale: string): string {
  return percentFormat(moneyLocales[locale] ?? locale).format(ratePpm / wholePpm)
}

/** "Sat 28 Nov". */
export function formatDate(instant: string, locale: string, timeZone: string): string {
  return dateFormat(dateLocales[locale] ?? locale, timeZone, "date").format(epochMs(instant))
}

/** "20:00", "20 h 00". */
export function formatTime(instant: string, locale: string, timeZone: string): string {
  return onOneLine(
    dateFormat(dateLocales[locale] ?? locale, timeZone, "time").format(epochMs(instant)),
  )
}

/** "Sat 28 Nov, 20:00". */
export function formatDateTime(instant: string, locale: string, timeZone: string): string {
  return onOneLine(
    dateFormat(dateLocales[locale] ?? locale, timeZone, "date-time").format(epochMs(instant)),
  )
}

/** A French time has spaces, and no line may end in it. */
function onOneLine(text: string): string {
  return text.replace(/(\d) h (\d)/, "$1\u00a0h\u00a0$2")
}

/** "Saturday, 28 November 2026", where a date stands alone or is kept: tickets, mails. */
export function formatLongDate(instant: string, locale: string, timeZone: string): string {
  return dateFormat(dateLocales[locale] ?? locale, timeZone, "long-date").format(epochMs(instant))
}

/**
 * A moment to come, as short as it can be understood: "10:00" today, "Friday 10:00" within six days, "Fri 4 Dec, 10:00" later. Goes after the
 * words "On sale" or "until".
 */
export function formatMoment(
  instant: string,
  now: string,
  locale: string,
  timeZone: string,
): string {
  const days = calendarDay(instant, timeZone) - calendarDay(now, timeZone)
  if (days === 0) return formatTime(instant, locale, timeZone)
  if (days < 0 || days > 6) return formatDateTime(instant, locale, timeZone)
  const weekday = dateFormat(dateLocales[locale] ?? locale, timeZone, "weekday")
  return `${weekday.format(epochMs(instant))} ${formatTime(instant, locale, timeZone)}`
}

/** A month `2026-11` as "November", or "January 2027" when it is not in the year of `now`. */
export function formatMonth(month: string, now: string, locale: string): string {
  const form = month.slice(0, 4) === now.slice(0, 4) ? "month" : "month-year"
  return dateFormat(dateLocales[locale] ?? locale, "UTC", form).format(
    epochMs(`${month}-01T00:00Z`),
  )
}

/** Forms by plural category, "other" for the rest; `{n}` stands for the number. */
export type PluralForms = { readonly other: string } & Readonly<
  Partial<Record<Intl.LDMLPluralRule, string>>
>

/** The form that goes with the count: `plural(1, "en", { one: "{n} ticket", other: "{n} tickets" })` is "1 ticket". */
export function plural(count: number, locale: string, forms: PluralForms): string {
  const form = forms[pluralRules(locale).select(count)] ?? forms.other
  return form.replaceAll("{n}", () => countFormat(moneyLocales[locale] ?? locale).format(count))
}

/** ISO 4217 codes begin with the country's: "CA$", "$ CA". */
function explicitSymbol(symbol: string, currency: string, locale: string): string {
  if (!sharedSymbols.has(symbol)) return symbol
  const country = currency.slice(0, 2).toUpperCase()
  const isAfterNumber = locale === "fr" || locale.startsWith("fr-")
  return isAfterNumber ? `${symbol}\u00a0${country}` : `${country}${symbol}`
}

/** Decimal text keeps `Intl` exact where a double would not be. */
function decimalText(amountMinor: number, currency: string): Intl.StringNumericLiteral {
  return toDecimal(amountMinor, currency) as Intl.StringNumericLiteral
}

function calendarDay(instant: string, timeZone: string): number {
  const parts = dateFormat("en-CA", timeZone, "iso-date").format(epochMs(instant))
  return epochMs(`${parts}T00:00Z`) / 86_400_000
}

const dateForms = {
  date: { weekday: "short", day: "numeric", month: "short" },
  time: { hour: "2-digit", minute: "2-digit", hourCycle: "h23" },
  "date-time": {
    weekday: "short",
    day: "numeric",
    month: "short",
    hour: "2-digit",
    minute: "2-digit",
    hourCycle: "h23",
  },
  "long-date": { weekday: "long", day: "numeric", month: "long", year: "numeric" },
  weekday: { weekday: "long" },
  month: { month: "long" },
  "month-year": { month: "long", year: "numeric" },
  "iso-date": { year: "numeric", month: "2-digit", day: "2-digit" },
} as const satisfies Readonly<Record<string, Intl.DateTimeFormatOptions>>

// Making a formatter costs a hundred times what using one does, and a page writes dozens of prices.
const dateFormat = remembered(
  (locale: string, timeZone: string, form: keyof typeof dateForms) =>
    new Intl.DateTimeFormat(locale, { ...dateForms[form], timeZone }),
)
const moneyFormat = remembered(
  (locale: string, currency: string, decimals: number) =>
    new Intl.NumberFormat(locale, {
      style: "currency",
      currency,
      currencyDisplay: "narrowSymbol",
      minimumFractionDigits: decimals,
      maximumFractionDigits: decimals,
    }),
)
const currencyNameFormat = remembered(
  (locale: string, currency: string) =>
    new Intl.NumberFormat(locale, { style: "currency", currency, currencyDisplay: "name" }),
)
const percentFormat = remembered(
  (locale: string) => new Intl.NumberFormat(locale, { style: "percent", maximumFractionDigits: 4 }),
)
const countFormat = remembered((locale: string) => new Intl.NumberFormat(locale))
const pluralRules = remembered((locale: string) => new Intl.PluralRules(locale))

/** Bounded, because a visitor's time zone is one of its keys. */
const rememberedAtMost = 2_000

function remembered<Key extends readonly (string | number)[], Value>(
  make: (...key: Key) => Value,
): (...key: Key) => Value {
  const made = new Map<string, Value>()
  return (...key) => {
    const name = key.join(" ")
    let value = made.get(name)
    if (value === undefined) {
      if (made.size >= rememberedAtMost) made.clear()
      value = make(...key)
      made.set(name, value)
    }
    return value
  }
}
