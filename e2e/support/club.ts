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
  readonly galaTitle?: string
  readonly questions?: readonly object[]
  readonly promotions?: readonly object[]
  readonly extraEvents?: readonly object[]
  readonly pixels?: readonly object[]
}

const venue = {
  name: "The Cellar",
  street: "214 Ossington Ave",
  city: "Toronto",
  subdivision: "ON",
  country: "CA",
}

/** A comedy club: a gala at $25 + $1.50 fee with nachos at $8, and a free jam. HST 13 %. */
export function aClub(parts: ClubParts): Club {
  const slug = `club-${randomBytes(5).toString("hex")}`
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
      allowedOrigins: parts.origins,
    },
    regions: [
      { slug: "canada", name: "Canada", currency: "cad", countries: ["CA"] },
      { slug: "japan", name: "Japan", currency: "jpy", countries: ["JP"] },
    ],
    priceLists: [
      { currency: "cad", taxIncluded: false },
      { currency: "jpy", taxIncluded: false },
    ],
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
        amounts: { cad: { fixed: "0.50" }, jpy: { fixed: "50" } },
      },
    ],
    pixels: parts.pixels ?? [],
    widgets: [{ slug: "main", title: "Upcoming shows" }],
    events: [gala(parts), jam(), ...(parts.extraEvents ?? [])],
    questions: parts.questions ?? [],
    promotions: parts.promotions ?? [
      { code: "LAUGH10", percentOff: "10", appliesTo: "tickets" },
    ],
  }
}

function gala(parts: ClubParts) {
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
        priceTypes: [{ slug: "adult", title: "Adult", prices: { cad: "25.00", jpy: "2500" } }],
      },
      {
        slug: "nachos",
        kind: "add-on",
        title: "Nachos for two",
        taxClass: "admission",
        capacity: null,
        priceTypes: [{ slug: "nachos", prices: { cad: "8.00", jpy: "800" } }],
      },
    ],
  }
}

function jam() {
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
        priceTypes: [{ slug: "free", prices: { cad: "0.00", jpy: "0" } }],
      },
    ],
  }
}
