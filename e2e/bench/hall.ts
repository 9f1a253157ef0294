/** A catalogue to click through: twelve events, each with one room and two prices, on sale in Toronto until 2099. */
export type Hall = { readonly slug: string; readonly widget: string; readonly text: string }

const names = "gala jam roast brass winter tour open late sunday monday velvet silent".split(" ")

/** `seats`: of each event. */
export function aHall(seats: number, origin: string): Hall {
  const slug = "hall"
  const text = JSON.stringify({
    version: 1,
    account: {
      slug,
      name: "The Hall",
      locale: "en-CA",
      locales: ["en-CA"],
      timeZone: "America/Toronto",
      country: "CA",
      orderPrefix: "HA",
      allowedOrigins: [origin],
    },
    regions: [{ slug: "canada", name: "Canada", currency: "cad", countries: ["CA"] }],
    priceLists: [{ currency: "cad", taxIncluded: false }],
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
        amounts: { cad: { fixed: "0.50" } },
      },
    ],
    widgets: [{ slug: "main", title: "Upcoming shows" }],
    events: names.map((name) => event(name, seats)),
  })
  return { slug, widget: `${slug}/main`, text }
}

function event(slug: string, seats: number) {
  return {
    slug,
    title: `An Evening at the Hall: ${slug}`,
    summary: "Two hours of somebody else’s troubles, told by those who had them.",
    venue: {
      name: "The Cellar",
      street: "214 Ossington Ave",
      city: "Toronto",
      subdivision: "ON",
      country: "CA",
    },
    maxPerOrder: 8,
    showtimes: [{ at: "2099-12-30T20:00" }, { at: "2099-12-31T20:00" }],
    products: [
      {
        slug: "floor",
        kind: "ticket",
        title: "General admission",
        taxClass: "admission",
        fee: "standard",
        capacity: seats,
        priceTypes: [
          { slug: "adult", title: "Adult", prices: { cad: "25.00" } },
          { slug: "student", title: "Student", prices: { cad: "20.00" } },
        ],
      },
      {
        slug: "nachos",
        kind: "add-on",
        title: "Nachos for two",
        taxClass: "admission",
        capacity: null,
        priceTypes: [{ slug: "nachos", prices: { cad: "8.00" } }],
      },
    ],
  }
}
