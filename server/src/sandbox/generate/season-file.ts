/** What the generated organizer is called in addresses. */
export const seasonSlug = "big-season"

/** Shows of each event. */
export const showsPerEvent = 4

/** Percent off, by code; what a generated order says it used. */
export const seasonCodes = ["LATE10", "NYE", "FRIENDS"] as const

/** Prices in minor units, the same numbers that the generated orders were paid with. */
export const seasonPrices = {
  usd: { adult: 2800, student: 2000 },
  cad: { adult: 3500, student: 2500 },
} as const

const first = "Friday Saturday Late Early Silent Velvet Brass Winter Summer Golden".split(" ")
const second = "Laughs Stories Jam Gala Roast Sessions Quartet Revue Parade Nights".split(" ")
const dayMs = 86_400_000
/** Shows lie this far before and after the season's last day. */
const pastDays = 360
const comingDays = 45

/** A catalogue of so many events around `until` (`2026-11-20`), four shows each, as a file to import. */
export function seasonFile(events: number, until: string): string {
  return JSON.stringify({
    version: 1,
    account: {
      slug: seasonSlug,
      name: "The Big Season",
      locale: "en-US",
      locales: ["en-US"],
      timeZone: "America/New_York",
      country: "US",
      orderPrefix: "BS",
      allowedOrigins: ["https://season.example"],
    },
    regions: [
      { slug: "us", name: "United States", currency: "usd", countries: ["US"] },
      { slug: "ca", name: "Canada", currency: "cad", countries: ["CA"] },
    ],
    priceLists: [
      { currency: "usd", taxIncluded: true },
      { currency: "cad", taxIncluded: true },
    ],
    taxClasses: [{ slug: "admission", rates: [] }],
    widgets: [{ slug: "main", title: "Everything" }],
    events: Array.from({ length: events }, (_, index) => event(index, events, until)),
    promotions: seasonCodes.map((code) => ({ code, appliesTo: "tickets", percentOff: "10" })),
  })
}

function event(index: number, events: number, until: string) {
  const title = `${first[index % 10] ?? ""} ${second[Math.floor(index / 10) % 10] ?? ""} ${1 + Math.floor(index / 100)}`
  return {
    slug: `event-${index}`,
    title,
    venue: {
      name: "The Long Hall",
      street: "1 Main St",
      city: "Brooklyn",
      subdivision: "NY",
      country: "US",
    },
    showtimes: Array.from({ length: showsPerEvent }, (_, show) => ({
      at: showAt(index, events, show, until),
    })),
    products: [
      {
        slug: "floor",
        kind: "ticket",
        title: "General admission",
        taxClass: "admission",
        capacity: 100,
        priceTypes: (["adult", "student"] as const).map((slug) => ({
          slug,
          title: slug === "adult" ? "Adult" : "Student",
          prices: {
            usd: (seasonPrices.usd[slug] / 100).toFixed(2),
            cad: (seasonPrices.cad[slug] / 100).toFixed(2),
          },
        })),
      },
    ],
  }
}

/** Spread evenly over the season, an event's shows a week apart, at eight in the evening. */
function showAt(index: number, events: number, show: number, until: string): string {
  const begin = Date.parse(until) - pastDays * dayMs
  const day = Math.floor((index / events) * (pastDays + comingDays - 21)) + show * 7
  return `${new Date(begin + day * dayMs).toISOString().slice(0, 10)}T20:00`
}
