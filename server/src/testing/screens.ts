import type { Place } from "@foyer/shared/protocol"
import type { Cart, CartLine, Details } from "#core/cart.ts"
import { describeOffer, findOffer } from "#core/offer.ts"
import type { OrderLine, OrderSummary, Ticket } from "#core/order.ts"
import { priceCart } from "#core/price-cart.ts"
import type { Screen, ScreenBase } from "#core/screen.ts"
import type { Event, PriceType, Product, Storefront, Variant } from "#core/storefront.ts"

/** Ids that stay the same, so that equal screens are equal. */
export function idOf(name: string): string {
  const hex = name.replaceAll(/./g, (char) => char.charCodeAt(0).toString(16).padStart(2, "0"))
  const digits = hex.slice(-32).padStart(32, "0")
  return digits.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5")
}

export function priceType(
  name: string,
  unitMinor: number,
  parts: Partial<PriceType> = {},
): PriceType {
  return {
    id: idOf(`p-${name}`),
    title: "Adult",
    description: "",
    kind: "fixed",
    prices: { cad: { unitMinor }, eur: { unitMinor } },
    ...parts,
  }
}

export function variant(name: string, parts: Partial<Variant> = {}): Variant {
  return {
    id: idOf(`v-${name}`),
    optionValueIds: [],
    tracked: true,
    priceTypes: [priceType(name, 2500)],
    ...parts,
  }
}

export function product(name: string, parts: Partial<Product> = {}): Product {
  return {
    id: idOf(`d-${name}`),
    slug: name,
    kind: "ticket",
    title: "General admission",
    description: "",
    taxClassId: idOf("tax"),
    feeId: idOf("fee"),
    minPerOrder: 1,
    options: [],
    variants: [variant(name)],
    ...parts,
  }
}

const cellar = {
  name: "The Cellar",
  street: "214 Ossington Ave",
  city: "Toronto",
  subdivision: "ON",
  country: "CA",
}

function showtime(name: string, startsLocal: string) {
  return {
    id: idOf(`s-${name}`),
    startsLocal,
    timeZone: "America/Toronto",
    startsAt: new Date(`${startsLocal}-05:00`).toISOString(),
    status: "on-sale" as const,
  }
}

export function show(slug: string, starts: readonly string[], parts: Partial<Event> = {}): Event {
  const showtimes = starts.map((start, index) => showtime(`${slug}${index}`, start))
  return {
    id: idOf(`e-${slug}`),
    slug,
    title: slug,
    summary: "",
    description: "",
    picture: `/media/${slug}.svg`,
    pictureAlt: "",
    venue: cellar,
    status: "on-sale",
    minPerOrder: 1,
    showtimes,
    products: [
      product(slug, {
        variants: showtimes.map((one, index) => variant(`${slug}${index}`, { showtimeId: one.id })),
      }),
    ],
    ...parts,
  }
}

const headlinerDates = [
  "2026-11-28T20:00:00",
  "2026-11-28T22:30:00",
  "2026-12-05T20:00:00",
  "2026-12-05T22:30:00",
]

function headliners(): Event {
  const base = show("headliners", headlinerDates)
  const tickets = (name: string, title: string, unitMinor: number, description: string) =>
    product(name, {
      title,
      description,
      maxPerOrder: 8,
      variants: base.showtimes.map((one, index) =>
        variant(`${name}${index}`, {
          showtimeId: one.id,
          priceTypes: [priceType(`${name}${index}`, unitMinor)],
        }),
      ),
    })
  return {
    ...base,
    title: "Saturday Night Headliners",
    description:
      "Four headliners, one host, no two-drink minimum. This week: Mo Aziz, Dana Leclair, Kit Wong and a drop-in we can’t name.",
    pictureAlt: "A microphone in a spotlight",
    category: "Stand-up",
    durationMinutes: 90,
    doorsMinutes: 45,
    products: [
      tickets("ga", "General admission", 2500, "Seated as you arrive."),
      tickets("front", "Front row", 3800, "You will be talked to."),
      tickets("student", "Student", 1800, "Bring your card to the door."),
      nachos(),
      shirt(),
    ],
  }
}

function nachos(): Product {
  return product("nachos", {
    kind: "add-on",
    title: "Nachos for two",
    description: "At your table before the first joke.",
    picture: "/media/nachos.svg",
    feeId: idOf("none"),
    variants: [variant("nachos", { tracked: false, priceTypes: [priceType("nachos", 800)] })],
  })
}

const sizes = ["S", "M", "L", "XL", "XXL"]

function shirt(): Product {
  return product("shirt", {
    kind: "merchandise",
    title: "Tour T-shirt",
    description: "Black, heavy cotton. Collect it at the bar.",
    feeId: idOf("none"),
    options: [
      {
        id: idOf("size"),
        title: "Size",
        values: sizes.map((title) => ({ id: idOf(`size-${title}`), title })),
      },
    ],
    variants: sizes.map((size) =>
      variant(`shirt-${size}`, {
        optionValueIds: [idOf(`size-${size}`)],
        priceTypes: [priceType(`shirt-${size}`, 3000)],
      }),
    ),
  })
}

/** A small comedy club with every kind of show. */
export function club(parts: Partial<Storefront> = {}): Storefront {
  const weekly = ["01", "08", "15", "22", "29"].map((day) => `2026-12-${day}T19:30:00`)
  return {
    account: {
      id: idOf("account"),
      slug: "laughing-stock",
      name: "Laughing Stock",
      locale: "en",
      locales: ["en", "fr"],
      timeZone: "America/Toronto",
      country: "CA",
      orderPrefix: "LS",
      replyTo: "hello@laughingstock.example",
      website: "https://laughingstock.example",
      holdMinutes: 15,
    },
    rev: 1,
    brand: { colors: {} },
    regions: [
      { id: idOf("ca"), slug: "canada", name: "Canada", currency: "cad", countries: ["CA"] },
    ],
    taxIncluded: new Set(),
    taxRates: [
      { taxClassId: idOf("tax"), country: "CA", subdivision: "ON", name: "HST", ratePpm: 130_000 },
    ],
    fees: new Map([
      [
        idOf("fee"),
        {
          id: idOf("fee"),
          percentPpm: 40_000,
          bearer: "shopper",
          taxClassId: idOf("tax"),
          amounts: { cad: { fixedMinor: 50 }, eur: { fixedMinor: 50 } },
        },
      ],
    ]),
    widgets: [
      { id: idOf("widget"), slug: "main", title: "Upcoming shows", allowNullOrigin: false },
    ],
    events: [headliners(), openMic(), roast(), solo(weekly), jam(), gala()],
    questions: questions(),
    promotions: new Map([
      [
        "LAUGH10",
        {
          id: idOf("promo"),
          code: "LAUGH10",
          kind: "percent",
          percentPpm: 100_000,
          per: "order",
          appliesTo: "tickets",
          amounts: {},
        },
      ],
    ]),
    pixels: [],
    allowedOrigins: new Set(),
    ...parts,
  }
}

function openMic(): Event {
  const dates = ["01", "08", "15", "22", "29", "30"].map((day) => `2026-12-${day}T19:30:00`)
  return { ...show("open-mic", dates), title: "New Faces Open Mic", category: "Stand-up" }
}

function roast(): Event {
  return { ...show("roast", ["2026-12-04T21:00:00"]), title: "Roast Battle: The Final" }
}

function solo(dates: readonly string[]): Event {
  return { ...show("priya", dates.slice(0, 1)), title: "Priya Nair: Working Title" }
}

function jam(): Event {
  const base = show("jam", ["2026-12-06T19:00:00"])
  const pay = priceType("jam-pay", 500, {
    kind: "pay-what-you-like",
    prices: { cad: { unitMinor: 500, suggestedMinor: 1500 } },
  })
  return {
    ...base,
    title: "Yes, And? Improv Jam",
    category: "Improv",
    products: base.products.map((one) => ({
      ...one,
      variants: one.variants.map((each) => ({ ...each, priceTypes: [pay] })),
    })),
  }
}

function gala(): Event {
  const base = show("gala", ["2026-12-31T21:00:00"])
  return { ...base, title: "New Year’s Eve Gala", salesOpenAt: "2026-11-27T15:00:00Z" }
}

function questions(): Storefront["questions"] {
  const section = {
    section: "From Laughing Stock",
    sectionNote: "Two quick questions for Saturday.",
  }
  return [
    {
      id: idOf("seat"),
      ...section,
      label: "Where would you like to sit?",
      help: "",
      kind: "choice",
      choices: [
        { slug: "close", title: "Up close", description: "Fair game" },
        { slug: "middle", title: "Middle", description: "Best view" },
        { slug: "back", title: "At the back", description: "Leave me be" },
      ],
      required: true,
    },
    {
      id: idOf("know"),
      ...section,
      label: "Anything we should know?",
      help: "",
      kind: "long-text",
      choices: [],
      required: false,
    },
    {
      id: idOf("age"),
      ...section,
      label: "We’re all 19 or older",
      help: "",
      kind: "checkbox",
      choices: [],
      required: true,
    },
  ]
}

export const details: Details = {
  email: "sam.okafor@gmial.com",
  firstName: "Sam",
  lastName: "",
  [`q-${idOf("seat")}`]: "middle",
  [`q-${idOf("know")}`]: "One of us uses a wheelchair.",
  [`q-${idOf("age")}`]: "on",
}

export const usualLines: readonly CartLine[] = [line("ga0", 2), line("nachos", 1)]

export function line(name: string, quantity: number): CartLine {
  return { variantId: idOf(`v-${name}`), priceTypeId: idOf(`p-${name}`), quantity }
}

export type ScreenParts = {
  readonly shop?: Storefront
  readonly lines?: readonly CartLine[]
  readonly place?: Place
  readonly promoCode?: string
  readonly details?: Details
  readonly base?: Partial<ScreenBase>
}

/** What every screen shares: a shopper in Toronto on 20 November 2026, with a held cart. */
export function screenBase(parts: ScreenParts = {}): ScreenBase {
  const shop = parts.shop ?? club()
  const [region] = shop.regions
  const cart: Cart = {
    id: idOf("cart"),
    accountId: shop.account.id,
    state: "open",
    rev: 4,
    regionId: region.id,
    locale: "en",
    ...(parts.promoCode !== undefined && { promoCode: parts.promoCode }),
    details: parts.details ?? {},
    lines: parts.lines ?? usualLines,
    holdsExpireAt: "2026-11-21T01:14:00Z",
  }
  const now = "2026-11-21T01:00:18Z"
  const context = { region, now, promotionUses: new Map() }
  return {
    shop,
    widget: shop.widgets[0] ?? club().widgets[0]!,
    region,
    locale: "en",
    timeZone: "America/Toronto",
    now,
    place: parts.place ?? { view: "browse" },
    remaining: new Map([
      [idOf("v-ga0"), 12],
      [idOf("v-front0"), 0],
      [idOf("v-student0"), 0],
      [idOf("v-front2"), 4],
      [idOf("v-ga3"), 0],
      [idOf("v-front3"), 0],
      [idOf("v-student3"), 0],
      [idOf("v-roast0"), 0],
      [idOf("v-shirt-M"), 3],
    ]),
    ...(cart.lines.length > 0 && { cart: { cart, priced: priceCart(shop, cart, context) } }),
    sandbox: false,
    publicUrl: "https://tickets.example.com",
    ...parts.base,
  }
}

export function orderOf(screen: ScreenBase, parts: Partial<OrderSummary> = {}): OrderSummary {
  const priced = screen.cart!.priced
  const lines = priced.lines.map((each, index): OrderLine => {
    const { event } = each
    return {
      lineNo: index + 1,
      variantId: each.variant.id,
      priceTypeId: each.priceType.id,
      kind: each.product.kind,
      tracked: each.variant.tracked,
      eventSlug: event.slug,
      eventTitle: event.title,
      ...describeOffer(findOffer(screen.shop, each.priceType.id) ?? each),
      ...(each.showtime && {
        startsAt: each.showtime.startsAt,
        startsLocal: each.showtime.startsLocal,
        timeZone: each.showtime.timeZone,
      }),
      ...(event.doorsMinutes !== undefined && { doorsMinutes: event.doorsMinutes }),
      venueName: event.venue.name,
      venueAddress: `${event.venue.street}, ${event.venue.city}`,
      quantity: each.line.quantity,
      unitMinor: each.unitMinor,
      discountMinor: each.discountMinor,
      feePassedMinor: each.feePassedMinor,
      feeAbsorbedMinor: each.feeAbsorbedMinor,
      taxAddedMinor: each.taxAddedMinor,
      taxIncludedMinor: each.taxIncludedMinor,
      feeTaxAbsorbedMinor: each.feeTaxAbsorbedMinor,
      totalMinor: each.totalMinor,
    }
  })
  const tickets = lines
    .filter((each) => each.kind === "ticket")
    .flatMap((each) =>
      Array.from({ length: each.quantity }, (_, index): Ticket => ({
        id: idOf(`ticket-${each.lineNo}-${index}`),
        lineNo: each.lineNo,
        seq: index + 1,
        code: ["7KQ2MXTDF4", "9DF4RTB3WZ"][index % 2]!,
        state: "valid",
      })),
    )
  return {
    id: idOf("order"),
    accountId: screen.shop.account.id,
    number: "LS-4821",
    publicToken: "t".repeat(43),
    state: "paid",
    currency: priced.currency,
    locale: screen.locale,
    subtotalMinor: priced.subtotalMinor,
    discountMinor: priced.discountMinor,
    feeMinor: priced.feeMinor,
    taxMinor: priced.taxMinor,
    shippingMinor: priced.shippingMinor,
    totalMinor: priced.totalMinor,
    taxes: priced.taxes,
    ...(priced.promotion && { promoCode: priced.promotion.promotion.code }),
    email: "sam.okafor@gmail.com",
    firstName: "Sam",
    lastName: "Okafor",
    placedAt: "2026-11-21T01:02:00Z",
    lines,
    tickets,
    ...parts,
  }
}

/** As the organizer's cancelling leaves it. */
function canceled(order: OrderSummary): OrderSummary {
  const tickets = order.tickets.map((each) => ({ ...each, state: "void" as const }))
  return { ...order, state: "canceled", tickets }
}

/** One of each view and of each state worth looking at, by name. */
export function allScreens(parts: ScreenParts = {}): ReadonlyMap<string, Screen> {
  const at = (place: Place, more: ScreenParts = {}) => screenBase({ place, ...parts, ...more })
  const shop = parts.shop ?? club()
  const [event] = shop.events
  if (!event) throw new Error("a shop without events has no event view")
  const eventPlace = { view: "event", event: event.slug } as const
  const payment = { publishableKey: "pk_test", processing: false }
  const promo = { promoCode: "LAUGH10" }
  const lost = {
    detail: "Saturday Night Headliners, Sat 28 Nov, 20:00",
    stillAvailable: true,
    samePrice: true,
  }
  const cart = at({ view: "cart" }, promo)
  const success = {
    ...cart,
    view: "success",
    order: orderOf(cart),
    cartId: idOf("cart"),
    conversions: [],
  } as const
  return new Map<string, Screen>([
    ["browse", { ...at({ view: "browse" }, { lines: [] }), view: "browse" }],
    ["browse, cart", { ...at({ view: "browse" }), view: "browse" }],
    ["event", { ...at(eventPlace), view: "event", event }],
    ["event, nothing chosen", { ...at(eventPlace, { lines: [] }), view: "event", event }],
    [
      "event, refused",
      {
        ...at(eventPlace, {
          base: { refusal: { reason: "sold-out", title: "General admission", remaining: 3 } },
        }),
        view: "event",
        event,
      },
    ],
    ["cart", { ...cart, view: "cart" }],
    [
      "cart, code refused",
      {
        ...at(
          { view: "cart" },
          {
            base: { refusal: { reason: "promo-refused", code: "GIGGLE", why: "unknown-code" } },
          },
        ),
        view: "cart",
      },
    ],
    ["cart, empty", { ...at({ view: "cart" }, { lines: [] }), view: "cart" }],
    ["details", { ...at({ view: "details" }, promo), view: "details", problems: [] }],
    [
      "details, refused",
      {
        ...at({ view: "details" }, { ...promo, details }),
        view: "details",
        problems: [
          { control: "lastName", reason: "missing" },
          { control: `q-${idOf("seat")}`, reason: "missing" },
        ],
      },
    ],
    ["payment", { ...at({ view: "payment" }, promo), view: "payment", payment }],
    [
      "payment, declined",
      {
        ...at({ view: "payment" }, { ...promo, base: { sandbox: true } }),
        view: "payment",
        payment: { ...payment, declined: "card_declined" },
      },
    ],
    [
      "payment, processing",
      {
        ...at({ view: "payment" }, promo),
        view: "payment",
        payment: { ...payment, processing: true },
      },
    ],
    ["success", success],
    ["success, canceled", { ...success, order: canceled(success.order) }],
    [
      "expired",
      {
        ...cart,
        view: "expired",
        lost: [
          { ...lost, title: "General admission", quantity: 2, totalMinor: 5000 },
          { ...lost, title: "Nachos for two", quantity: 1, totalMinor: 800, samePrice: false },
          { ...lost, title: "Front row", quantity: 1, totalMinor: 3800, stillAvailable: false },
        ],
      },
    ],
  ])
}
