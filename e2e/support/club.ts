import { randomBytes } from "node:crypto"

/** A catalogue file for one test: its own account, so that no test sees another's stock. Dates lie in 2099. */
export type Club = {
  /** `account/widget`, for the element's attribute. */
  readonly widget: string
  readonly slug: string
  readonly text: string
}

export type ClubParts = {
  readonly origins: readonly string[]
  /** Seats of the gala's floor. */
  readonly seats?: number
  readonly holdMinutes?: number
  /** Writes about carts left behind. */
  readonly recoveryMails?: boolean
  readonly galaTitle?: string
  /** In Canadian dollars; 25.00 unless told otherwise. */
  readonly galaPrice?: string
  readonly questions?: readonly object[]
  readonly promotions?: readonly object[]
  /** Also sold to Japan, in yen. */
  readonly abroad?: boolean
  readonly extraEvents?: readonly object[]
  readonly pixels?: readonly object[]
  /** More of the account, and of its widget, than every club has. */
  readonly account?: object
  readonly widget?: object
}

const canada = { slug: "canada", name: "Canada", currency: "cad", countries: ["CA"] }
const japan = { slug: "japan", name: "Japan", currency: "jpy", countries: ["JP"] }

const venue = {
  name: "The Cellar",
  street: "214 Ossington Ave",
  city: "Toronto",
  subdivision: "ON",
  country: "CA",
}

/** A comedy club: a gala at $25 + $1.50 fee with nachos at $8, and a free jam. HST 13 %. Given a `slug`, a change of that account. */
export function aClub(parts: ClubParts, slug = `club-${randomBytes(5).toString("hex")}`): Club {
  return { slug, widget: `${slug}/main`, text: JSON.stringify(file(slug, parts)) }
}

function file(slug: string, parts: ClubParts) {
  return {
    version: 1,
    account: {
      slug,
      name: "Laughing Stock",
      locale: "en-CA",
      locales: ["en-CA", "fr-CA"],
      timeZone: "America/Toronto",
      country: "CA",
      orderPrefix: "LS",
      holdMinutes: parts.holdMinutes ?? 15,
      ...(parts.recoveryMails && { recoveryMails: true }),
      allowedOrigins: parts.origins,
      ...parts.account,
    },
    regions: parts.abroad ? [canada, japan] : [canada],
    priceLists: (parts.abroad ? ["cad", "jpy"] : ["cad"]).map((currency) => ({
      currency,
      taxIncluded: false,
    })),
    taxClasses: [
      {
        slug: "admission",
        rates: [{ country: "CA", subdivision: "ON", name: "HST", percent: "13" }],
      },
    ],
    fees: [
      {
        slug: "standard",
        percent: "4",
        bearer: "shopper",
        taxClass: "admission",
        amounts: { cad: { fixed: "0.50" }, ...(parts.abroad && { jpy: { fixed: "50" } }) },
      },
    ],
    pixels: parts.pixels ?? [],
    widgets: [{ slug: "main", title: "Upcoming shows", ...parts.widget }],
    events: [gala(parts), jam(parts), ...(parts.extraEvents ?? [])],
    questions: parts.questions ?? [],
    promotions: parts.promotions ?? [{ code: "LAUGH10", percentOff: "10", appliesTo: "tickets" }],
  }
}

/** Prices are rows for each currency, never converted. */
function pricesIn({ abroad }: ClubParts) {
  return (cad: string, jpy: string) => ({ cad, ...(abroad && { jpy }) })
}

function gala(parts: ClubParts) {
  const prices = pricesIn(parts)
  return {
    slug: "gala",
    title: parts.galaTitle ?? "New Year’s Eve Gala",
    summary: "The last laugh of the year.",
    venue,
    maxPerOrder: 8,
    showtimes: [{ at: "2099-12-31T21:00" }],
    products: [
      {
        slug: "floor",
        kind: "ticket",
        title: "General admission",
        taxClass: "admission",
        fee: "standard",
        capacity: parts.seats ?? 40,
        priceTypes: [
          { slug: "adult", title: "Adult", prices: prices(parts.galaPrice ?? "25.00", "2500") },
        ],
      },
      {
        slug: "nachos",
        kind: "add-on",
        title: "Nachos for two",
        taxClass: "admission",
        capacity: null,
        priceTypes: [{ slug: "nachos", prices: prices("8.00", "800") }],
      },
    ],
  }
}

function jam(parts: ClubParts) {
  const prices = pricesIn(parts)
  return {
    slug: "jam",
    title: "Yes, And? Improv Jam",
    venue,
    showtimes: [{ at: "2099-12-20T19:00" }],
    products: [
      {
        slug: "seat",
        kind: "ticket",
        title: "A seat",
        taxClass: "admission",
        capacity: 30,
        priceTypes: [{ slug: "free", prices: prices("0.00", "0") }],
      },
    ],
  }
}
