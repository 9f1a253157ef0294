import { contrastFaults, leastContrast } from "./brand.ts"
import type {
  CatalogueFile,
  EventEntry,
  PriceTypeEntry,
  ProductEntry,
  PromotionEntry,
  ShowtimeEntry,
} from "./catalogue-file.ts"
import { type Fault, join } from "./json-schema.ts"
import { exponentOf, largestAmountMinor } from "./money.ts"
import { unchargeable } from "./payment-currency.ts"
import { instantOf, isDate, isTimeZone, repeated } from "./schedule.ts"

/** Everything in a well-formed file that contradicts itself or the world, in document order. Empty: it can be sold from. */
export function catalogueFaults(file: CatalogueFile): Fault[] {
  const known = namesOf(file)
  return [
    ...accountFaults(file.account),
    ...regionFaults(file, known),
    ...taxFaults(file),
    ...feeFaults(file, known),
    ...repeats(file.pixels ?? [], "pixels", "destination", ({ destination }) => destination),
    ...widgetFaults(file, known),
    ...file.events.flatMap((event, i) => eventFaults(event, `events[${i}]`, file, known)),
    ...repeats(file.events, "events", "slug", slugOf),
    ...questionFaults(file, known),
    ...promotionFaults(file, known),
  ]
}

type Names = {
  readonly currencies: ReadonlySet<string>
  readonly taxClasses: ReadonlySet<string>
  readonly fees: ReadonlySet<string>
  readonly events: ReadonlySet<string>
}

/** More than this many choices of one product are a mistake in the file. */
const mostCombinations = 1000

function namesOf(file: CatalogueFile): Names {
  return {
    currencies: new Set(file.priceLists.map(({ currency }) => currency)),
    taxClasses: new Set(file.taxClasses.map(slugOf)),
    fees: new Set((file.fees ?? []).map(slugOf)),
    events: new Set(file.events.map(slugOf)),
  }
}

function accountFaults(account: CatalogueFile["account"]): Fault[] {
  const { timeZone, locale, locales, country, brand, allowedOrigins = [] } = account
  return [
    ...zoneFaults(timeZone, "account.timeZone"),
    ...countryFaults(country, "account.country"),
    ...locales.flatMap((each, i) => localeFaults(each, `account.locales[${i}]`)),
    ...repeats(locales, "account.locales", "", (each) => each),
    ...faultIf(
      !locales.includes(locale),
      "account.locale",
      `must be one of account.locales (${locales.join(", ")})`,
    ),
    ...allowedOrigins.flatMap((origin, i) => originFaults(origin, `account.allowedOrigins[${i}]`)),
    ...repeats(allowedOrigins, "account.allowedOrigins", "", (each) => each),
    ...contrastFaults(brand?.colors ?? {}).map(({ text, ground, ratio }) => ({
      path: `account.brand.colors.${text}`,
      message:
        `cannot be read on ${ground}: their contrast is ${ratio.toFixed(1)} to 1, ` +
        `at least ${leastContrast} is needed`,
    })),
  ]
}

function regionFaults(file: CatalogueFile, known: Names): Fault[] {
  return [
    ...file.regions.flatMap(({ currency, countries = [] }, i) => [
      ...faultIf(
        !known.currencies.has(currency),
        `regions[${i}].currency`,
        `${currency} has no price list: say in priceLists whether its prices contain tax`,
      ),
      ...countries.flatMap((each, j) => countryFaults(each, `regions[${i}].countries[${j}]`)),
    ]),
    ...repeats(file.regions, "regions", "slug", slugOf),
    ...file.priceLists.flatMap(({ currency }, i) => [
      ...faultIf(
        !Intl.supportedValuesOf("currency").includes(currency.toUpperCase()),
        `priceLists[${i}].currency`,
        `${currency} is no currency in use`,
      ),
      ...faultIf(
        unchargeable(currency) !== undefined,
        `priceLists[${i}].currency`,
        `${currency} cannot be charged: ${unchargeable(currency)}`,
      ),
    ]),
    ...repeats(file.priceLists, "priceLists", "currency", ({ currency }) => currency),
  ]
}

function taxFaults(file: CatalogueFile): Fault[] {
  return [
    ...file.taxClasses.flatMap(({ rates }, i) => [
      ...rates.flatMap(({ country }, j) =>
        countryFaults(country, `taxClasses[${i}].rates[${j}].country`),
      ),
      ...repeats(rates, `taxClasses[${i}].rates`, "name", ({ country, subdivision, name }) =>
        [country, subdivision, name].filter(Boolean).join(" "),
      ),
    ]),
    ...repeats(file.taxClasses, "taxClasses", "slug", slugOf),
  ]
}

function feeFaults(file: CatalogueFile, known: Names): Fault[] {
  const fees = file.fees ?? []
  return [
    ...fees.flatMap(({ amounts, taxClass }, i) => [
      ...unknownName(known.taxClasses, taxClass, `fees[${i}].taxClass`, "tax class"),
      ...Object.entries(amounts).flatMap(([currency, { fixed, cap }]) => {
        const path = join(`fees[${i}].amounts`, currency)
        return [
          ...currencyFaults(known, currency, path),
          ...amountFaults(fixed, currency, `${path}.fixed`),
          ...(cap === undefined ? [] : amountFaults(cap, currency, `${path}.cap`)),
        ]
      }),
    ]),
    ...repeats(fees, "fees", "slug", slugOf),
  ]
}

function widgetFaults(file: CatalogueFile, known: Names): Fault[] {
  return [
    ...file.widgets.flatMap(({ events = [] }, i) =>
      events.flatMap((each, j) =>
        unknownName(known.events, each, `widgets[${i}].events[${j}]`, "event"),
      ),
    ),
    ...repeats(file.widgets, "widgets", "slug", slugOf),
  ]
}

function eventFaults(event: EventEntry, path: string, file: CatalogueFile, known: Names): Fault[] {
  const zone = event.timeZone ?? file.account.timeZone
  return [
    ...(event.timeZone === undefined ? [] : zoneFaults(event.timeZone, `${path}.timeZone`)),
    ...countryFaults(event.venue.country, `${path}.venue.country`),
    ...minMaxFaults(event, path),
    ...momentFaults(event.salesOpen, file, `${path}.salesOpen`),
    ...showtimesFaults(event, zone, path, known),
    ...event.products.flatMap((product, i) =>
      productFaults(product, `${path}.products[${i}]`, file, known),
    ),
    ...repeats(event.products, `${path}.products`, "slug", slugOf),
  ]
}

function showtimesFaults(event: EventEntry, zone: string, path: string, known: Names): Fault[] {
  const seen = new Set<string>()
  return event.showtimes.flatMap((showtime, i) => [
    ...showtimeFaults(showtime, event, zone, `${path}.showtimes[${i}]`, seen),
    ...(showtime.differences ?? []).flatMap((difference, j) =>
      differenceFaults(difference, event, `${path}.showtimes[${i}].differences[${j}]`, known),
    ),
  ])
}

function showtimeFaults(
  { at, repeat }: ShowtimeEntry,
  event: EventEntry,
  zone: string,
  path: string,
  seen: Set<string>,
): Fault[] {
  if (!isDate(at.slice(0, 10))) return [{ path: `${path}.at`, message: `${at} is no such day` }]
  const except = (repeat?.except ?? []).flatMap((date, i) =>
    faultIf(!isDate(date), `${path}.repeat.except[${i}]`, `${date} is no such day`),
  )
  if (except.length > 0 || !isTimeZone(zone)) return except
  return repeated(at, repeat).flatMap((local) => {
    const again = seen.has(local)
    seen.add(local)
    return [
      ...faultIf(again, `${path}.at`, `${event.slug} already has a showtime at ${local}`),
      ...clockFaults(local, zone, `${path}.at`),
    ]
  })
}

type PricesByType = Readonly<Record<string, Readonly<Record<string, string>>>>
type Difference = NonNullable<ShowtimeEntry["differences"]>[number]

function differenceFaults(
  difference: Difference,
  event: EventEntry,
  path: string,
  known: Names,
): Fault[] {
  const product = event.products.find(({ slug }) => slug === difference.product)
  if (!product) return [unknown(difference.product, `${path}.product`, "product of this event")]
  const { options, prices } = difference
  return [
    ...faultIf(
      !isPerShowtime(product),
      `${path}.product`,
      `${product.slug} is counted once for all showtimes, so it cannot differ at one`,
    ),
    ...(options ? choiceFaults(options, product, `${path}.options`) : []),
    ...otherPriceFaults(prices, product, `${path}.prices`, known),
  ]
}

function productFaults(
  product: ProductEntry,
  path: string,
  file: CatalogueFile,
  known: Names,
): Fault[] {
  const { options = [], variants = [], priceTypes } = product
  const combinations = options.reduce((count, { values }) => count * values.length, 1)
  return [
    ...unknownName(known.taxClasses, product.taxClass, `${path}.taxClass`, "tax class"),
    ...unknownName(known.fees, product.fee, `${path}.fee`, "fee"),
    ...minMaxFaults(product, path),
    ...options.flatMap(({ values }, i) =>
      repeats(values, `${path}.options[${i}].values`, "slug", slugOf),
    ),
    ...repeats(options, `${path}.options`, "slug", slugOf),
    ...faultIf(
      combinations > mostCombinations,
      `${path}.options`,
      `has ${combinations} combinations, more than ${mostCombinations}`,
    ),
    ...variants.flatMap(({ options: chosen, prices }, i) => [
      ...choiceFaults(chosen, product, `${path}.variants[${i}].options`),
      ...otherPriceFaults(prices, product, `${path}.variants[${i}].prices`, known),
    ]),
    ...repeats(variants, `${path}.variants`, "options", ({ options: chosen }) =>
      JSON.stringify(Object.entries(chosen).toSorted(([a], [b]) => (a < b ? -1 : 1))),
    ),
    ...priceTypes.flatMap((each, i) =>
      ownPriceFaults(each, `${path}.priceTypes[${i}]`, file, known),
    ),
    ...repeats(priceTypes, `${path}.priceTypes`, "slug", slugOf),
  ]
}

function ownPriceFaults(
  priceType: PriceTypeEntry,
  path: string,
  file: CatalogueFile,
  known: Names,
): Fault[] {
  const { kind = "fixed", prices, suggested = {}, saleStarts, saleEnds } = priceType
  return [
    ...faultIf(
      kind === "fixed" && Object.keys(suggested).length > 0,
      `${path}.suggested`,
      "is only for kind pay-what-you-like",
    ),
    ...amountsFaults(prices, `${path}.prices`, known),
    ...amountsFaults(suggested, `${path}.suggested`, known),
    ...leastFaults(prices, priceType, `${path}.prices`),
    ...Object.keys(suggested)
      .filter((currency) => prices[currency] === undefined)
      .map((currency) => ({
        path: join(`${path}.suggested`, currency),
        message: `has no price in ${currency} beside it`,
      })),
    ...momentFaults(saleStarts, file, `${path}.saleStarts`),
    ...momentFaults(saleEnds, file, `${path}.saleEnds`),
    ...orderFaults(saleStarts, saleEnds, `${path}.saleEnds`, "saleStarts"),
  ]
}

function choiceFaults(
  chosen: Readonly<Record<string, string>>,
  { options = [] }: ProductEntry,
  path: string,
): Fault[] {
  const unknownOptions = Object.keys(chosen)
    .filter((slug) => !options.some((option) => option.slug === slug))
    .map((slug) => unknown(slug, join(path, slug), "option of this product"))
  const wrongValues = options.flatMap(({ slug, values }) => {
    const value = chosen[slug]
    if (value === undefined) return [{ path: join(path, slug), message: "is missing" }]
    return unknownName(new Set(values.map(slugOf)), value, join(path, slug), "value of this option")
  })
  return [...unknownOptions, ...wrongValues]
}

function otherPriceFaults(
  prices: PricesByType = {},
  { priceTypes }: ProductEntry,
  path: string,
  known: Names,
): Fault[] {
  return Object.entries(prices).flatMap(([slug, amounts]) => {
    const own = join(path, slug)
    const priceType = priceTypes.find((each) => each.slug === slug)
    return priceType
      ? [...amountsFaults(amounts, own, known), ...leastFaults(amounts, priceType, own)]
      : [unknown(slug, own, "price type of this product")]
  })
}

/** Pay-what-you-like: nobody is advised to pay less than the least. */
function leastFaults(
  prices: Readonly<Record<string, string>>,
  { suggested = {} }: PriceTypeEntry,
  path: string,
): Fault[] {
  return Object.entries(prices).flatMap(([currency, least]) => {
    const advised = suggested[currency]
    const wrong = advised !== undefined && Number(least) > Number(advised)
    return faultIf(wrong, join(path, currency), `is more than the suggested ${advised}`)
  })
}

function questionFaults(file: CatalogueFile, known: Names): Fault[] {
  const questions = file.questions ?? []
  return [
    ...questions.flatMap(({ event, kind, choices = [] }, i) => {
      const path = `questions[${i}]`
      return [
        ...unknownName(known.events, event, `${path}.event`, "event"),
        ...faultIf(
          kind === "choice" && choices.length < 2,
          `${path}.choices`,
          "must offer at least two for kind choice",
        ),
        ...faultIf(
          kind !== "choice" && choices.length > 0,
          `${path}.choices`,
          "is only for kind choice",
        ),
        ...repeats(choices, `${path}.choices`, "slug", slugOf),
      ]
    }),
    ...repeats(questions, "questions", "slug", ({ event = "", slug }) => `${event} ${slug}`.trim()),
  ]
}

function promotionFaults(file: CatalogueFile, known: Names): Fault[] {
  const promotions = file.promotions ?? []
  return [
    ...promotions.flatMap((each, i) => onePromotionFaults(each, `promotions[${i}]`, file, known)),
    ...repeats(promotions, "promotions", "code", ({ code }) => code),
  ]
}

function onePromotionFaults(
  promotion: PromotionEntry,
  path: string,
  file: CatalogueFile,
  known: Names,
): Fault[] {
  const { percentOff, amountOff, bogo, per, audience } = promotion
  const { events = [], minimum = {}, starts, ends } = promotion
  return [
    ...faultIf(
      [percentOff, amountOff, bogo].filter((each) => each !== undefined).length !== 1,
      path,
      "must have one of percentOff, amountOff and bogo",
    ),
    ...faultIf(Number(percentOff ?? 1) === 0, `${path}.percentOff`, "takes nothing off"),
    ...faultIf(Number(bogo?.percentOff ?? 1) === 0, `${path}.bogo.percentOff`, "takes nothing off"),
    ...faultIf(
      (audience?.who === "listed") !== (audience?.emails !== undefined),
      `${path}.audience.emails`,
      "goes with who listed, and only with it",
    ),
    ...repeats(audience?.emails ?? [], `${path}.audience.emails`, "", (email) => email),
    ...faultIf(
      per !== undefined && amountOff === undefined,
      `${path}.per`,
      "is only for amountOff: a percentage is the same either way",
    ),
    ...amountsFaults(amountOff ?? {}, `${path}.amountOff`, known),
    ...amountsFaults(minimum, `${path}.minimum`, known),
    ...events.flatMap((each, i) =>
      unknownName(known.events, each, `${path}.events[${i}]`, "event"),
    ),
    ...momentFaults(starts, file, `${path}.starts`),
    ...momentFaults(ends, file, `${path}.ends`),
    ...orderFaults(starts, ends, `${path}.ends`, "starts"),
  ]
}

/** Whether stock is counted for each showtime. */
export function isPerShowtime({ kind, perShowtime }: ProductEntry): boolean {
  return perShowtime ?? kind === "ticket"
}

// What several parts need --------------------------------------------------------------------------------------------

function slugOf({ slug }: { readonly slug: string }): string {
  return slug
}

function faultIf(wrong: boolean, path: string, message: string): Fault[] {
  return wrong ? [{ path, message }] : []
}

function unknown(name: string, path: string, what: string): Fault {
  return { path, message: `there is no ${what} ${name}` }
}

function unknownName(
  names: ReadonlySet<string>,
  name: string | undefined,
  path: string,
  what: string,
): Fault[] {
  return name === undefined || names.has(name) ? [] : [unknown(name, path, what)]
}

function repeats<T>(
  items: readonly T[],
  path: string,
  key: string,
  identity: (item: T) => string,
): Fault[] {
  const first = new Map<string, number>()
  return items.flatMap((item, i) => {
    const name = identity(item)
    const before = first.get(name)
    if (before === undefined) first.set(name, i)
    const at = key === "" ? `${path}[${i}]` : `${path}[${i}].${key}`
    return before === undefined
      ? []
      : [{ path: at, message: `${name} is already at ${path}[${before}]` }]
  })
}

function minMaxFaults(
  {
    minPerOrder = 1,
    maxPerOrder,
  }: { readonly minPerOrder?: number; readonly maxPerOrder?: number },
  path: string,
): Fault[] {
  return faultIf(
    maxPerOrder !== undefined && maxPerOrder < minPerOrder,
    `${path}.maxPerOrder`,
    `is less than minPerOrder ${minPerOrder}`,
  )
}

function zoneFaults(zone: string, path: string): Fault[] {
  return faultIf(!isTimeZone(zone), path, `${zone} is no IANA time zone, like America/Toronto`)
}

function countryFaults(country: string, path: string): Fault[] {
  const names = new Intl.DisplayNames("en", { type: "region", fallback: "none" })
  return faultIf(names.of(country) === undefined, path, `${country} is no country (ISO 3166-1)`)
}

function localeFaults(locale: string, path: string): Fault[] {
  try {
    const canonical = new Intl.Locale(locale).toString()
    return faultIf(canonical !== locale, path, `must be written ${canonical}`)
  } catch {
    return [{ path, message: `${locale} is no language tag (BCP 47), like en-CA` }]
  }
}

function originFaults(origin: string, path: string): Fault[] {
  if (!URL.canParse(origin)) return [{ path, message: `${origin} is no origin` }]
  const canonical = new URL(origin).origin
  return faultIf(canonical !== origin, path, `must be written ${canonical}`)
}

function currencyFaults(known: Names, currency: string, path: string): Fault[] {
  return faultIf(!known.currencies.has(currency), path, `${currency} has no price list`)
}

function amountsFaults(
  amounts: Readonly<Record<string, string>>,
  path: string,
  known: Names,
): Fault[] {
  return Object.entries(amounts).flatMap(([currency, amount]) => [
    ...currencyFaults(known, currency, join(path, currency)),
    ...amountFaults(amount, currency, join(path, currency)),
  ])
}

function amountFaults(amount: string, currency: string, path: string): Fault[] {
  const exponent = exponentOf(currency)
  const [, decimals = ""] = amount.split(".")
  if (decimals.length > exponent)
    return [{ path, message: `${amount} is too fine: ${currency} has ${exponent} decimals` }]
  const minor = Number(amount) * 10 ** exponent
  return faultIf(minor > largestAmountMinor, path, `${amount} is more than can be charged`)
}

/** A local time by the account's clock. */
function momentFaults(local: string | undefined, file: CatalogueFile, path: string): Fault[] {
  const zone = file.account.timeZone
  if (local === undefined || !isTimeZone(zone)) return []
  return clockFaults(local, zone, path)
}

function clockFaults(local: string, zone: string, path: string): Fault[] {
  const instant = instantOf(local, zone)
  if (instant.ok) return []
  const message =
    instant.reason === "skipped-by-clock-change"
      ? `${local} does not exist in ${zone}: the clocks go forward over it`
      : `${local} is no such day`
  return [{ path, message }]
}

function orderFaults(
  starts: string | undefined,
  ends: string | undefined,
  path: string,
  name: string,
): Fault[] {
  if (starts === undefined || ends === undefined || starts < ends) return []
  return [{ path, message: `is not after ${name}` }]
}
