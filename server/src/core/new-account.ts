import type { CatalogueFile } from "./catalogue-file.ts"
import { isReservedSlug } from "./front-door.ts"

/** What somebody says of a new organization; the rest has its usual value and can be changed later. */
export type NewAccount = {
  readonly name: string
  /** ISO 3166-1, two capital letters. */
  readonly country: string
  /** ISO 4217, three lower-case letters. */
  readonly currency: string
  /** IANA. */
  readonly timeZone: string
}

/** Leaves room for a number at its end. */
const longestSlug = 60

/** "Théâtre de l'Œuvre!" is `theatre-de-l-oeuvre`; a name without Latin letters or digits is `organization`. */
export function accountSlug(name: string): string {
  const slug = name
    .replaceAll("ß", "ss")
    .replaceAll(/[æÆ]/g, "ae")
    .replaceAll(/[œŒ]/g, "oe")
    .replaceAll(/[øØ]/g, "o")
    .replaceAll(/[łŁ]/g, "l")
    .normalize("NFKD")
    .replaceAll(/\p{M}/gu, "")
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, "-")
    .slice(0, longestSlug)
    .replaceAll(/^-+|-+$/g, "")
  if (slug === "") return "organization"
  return isReservedSlug(slug) ? `${slug}-1` : slug
}

/** "Laughing Stock" numbers its orders LS-..., "Lantern" LANT-...; three letters at most from several words. */
export function orderPrefix(name: string): string {
  const words = accountSlug(name).toUpperCase().split("-")
  const [first = "T"] = words
  return words.length === 1
    ? first.slice(0, 4)
    : words
        .map((word) => word[0])
        .join("")
        .slice(0, 3)
}

/** Where prices are said without the tax that comes on top. */
const netPriceCountries: ReadonlySet<string> = new Set(["US", "CA"])

/** The catalogue that a new account begins with: nothing for sale yet, one widget that will show it. */
export function newAccountFile(slug: string, account: NewAccount): CatalogueFile {
  const { name, country, currency, timeZone } = account
  const locale = `en-${country}`
  return {
    version: 1,
    account: {
      slug,
      name,
      locale,
      locales: [locale],
      timeZone,
      country,
      orderPrefix: orderPrefix(name),
    },
    regions: [
      { slug: country.toLowerCase(), name: countryName(country), currency, countries: [country] },
    ],
    priceLists: [{ currency, taxIncluded: !netPriceCountries.has(country) }],
    taxClasses: [{ slug: "standard", rates: [] }],
    widgets: [{ slug: "main", title: name }],
    events: [],
  }
}

export type Choice = { readonly code: string; readonly name: string }

const regionNames = new Intl.DisplayNames("en", { type: "region", fallback: "none" })

function countryName(country: string): string {
  return (/^[A-Z]{2}$/.test(country) ? regionNames.of(country) : undefined) ?? country
}

/** What ICU also has a name for, and is no country of ISO 3166-1 to live in. */
const noCountries: ReadonlySet<string> = new Set(
  "AC AN AQ BU BV CP CQ CS DD DG DY EA EU EZ FX HM HV IC MI NH NT PC PU PZ QO QU RH SU TA TP UK UN VD WK XA XB YD YU ZR ZZ".split(
    " ",
  ),
)

let countries: readonly Choice[] | undefined

/** Every country by its English name. */
export function listCountries(): readonly Choice[] {
  countries ??= capitals
    .flatMap((first) => capitals.map((second) => first + second))
    .flatMap((code) => {
      const name = noCountries.has(code) ? undefined : regionNames.of(code)
      return name === undefined ? [] : [{ code, name }]
    })
    .toSorted((a, b) => a.name.localeCompare(b.name, "en"))
  return countries
}

const capitals = "ABCDEFGHIJKLMNOPQRSTUVWXYZ".split("")

const currencyNames = new Intl.DisplayNames("en", { type: "currency" })

/** Money in use that can be charged, by code. */
const currencyCodes =
  "aed ars aud bgn bob brl cad chf clp cny cop crc czk dkk dop egp eur gbp gel ghs hkd huf idr ils inr jmd jpy kes krw kzt lkr mad mxn myr ngn nok nzd pen php pkr pln qar ron rsd sar sek sgd thb try twd tzs uah usd uyu vnd zar".split(
    " ",
  )

export function listCurrencies(): readonly Choice[] {
  return currencyCodes.map((code) => ({
    code,
    name: currencyNames.of(code.toUpperCase()) ?? code.toUpperCase(),
  }))
}

export function listTimeZones(): readonly string[] {
  return Intl.supportedValuesOf("timeZone")
}
