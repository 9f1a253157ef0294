import {
  list,
  mapOf,
  type Meaning,
  nullable,
  object,
  oneOf,
  shaped,
  whole,
  words,
  yesOrNo,
} from "./json-schema.ts"

/** Raised when an older file could no longer be read. */
export const catalogueFileVersion = 1

const slug = shaped(
  "a slug: lower-case letters, digits and single hyphens, at most 80",
  "^(?=.{1,80}$)[a-z0-9]+(-[a-z0-9]+)*$",
)
const currency = shaped("a currency as three lower-case letters (ISO 4217)", "^[a-z]{3}$")
const country = shaped("a country as two capital letters (ISO 3166-1)", "^[A-Z]{2}$")
const localDateTime = shaped(
  "a local date and time like 2026-11-28T20:00",
  "^\\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\\d|3[01])T([01]\\d|2[0-3]):[0-5]\\d$",
)
const localDate = shaped(
  "a date like 2026-12-25",
  "^\\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\\d|3[01])$",
)
const amount = shaped(
  'an amount as text, like "25.00", without sign or currency',
  "^\\d{1,9}(\\.\\d{1,4})?$",
)
const percent = shaped(
  'a percentage from 0 to 100 as text, like "13" or "8.875"',
  "^(100|\\d{1,2}(\\.\\d{1,4})?)$",
)
const color = shaped("a colour like #ffb000", "^#[0-9a-fA-F]{6}$")
const picture = shaped(
  "a path on this server that begins with /media/",
  "^/media/[\\w-][\\w./-]{0,200}$",
)
const title = words("Shown to shoppers.", 200, 1)
const text = words("Shown to shoppers.", 10_000)
const amounts = mapOf("One amount for each currency.", currency, amount)
const timeZone = words("IANA time zone, like America/Toronto.", 60, 1)

const brand = object(
  "How the widget looks. What is absent stays the widget's own; contrast is checked.",
  {},
  {
    theme: oneOf("Fixes the scheme; absent: as the visitor prefers.", "light", "dark"),
    colors: object(
      "Colours; text on its ground must reach a contrast of 4.5 to 1.",
      {},
      { bg: color, ink: color, accent: color, accentInk: color, surface: color, focus: color },
    ),
    radiusPx: whole("Corner radius in pixels.", 0, 40),
    densityPercent: whole("Spacing, 100 is normal.", 70, 130),
    gutterPx: whole("Space around the widget in pixels; 0 aligns with the page.", 0, 64),
    font: words("CSS font family.", 200, 1),
    fontHeading: words("CSS font family of headings.", 200, 1),
    headingWeight: whole("CSS font weight of headings.", 100, 900),
  },
)

const account = object(
  "The organizer.",
  {
    slug,
    name: title,
    locale: words("BCP 47 language of what is sold, like en-CA.", 35, 2),
    locales: list("Languages the widget offers, BCP 47.", words("BCP 47.", 35, 2), 20, 1),
    timeZone,
    country,
    orderPrefix: shaped("1 to 5 capital letters or digits", "^[A-Z0-9]{1,5}$"),
  },
  {
    holdMinutes: whole("How long tickets are held for a cart; 15 when absent.", 1, 120),
    recoveryMails: yesOrNo(
      "Write once, after half an hour, to who left a cart behind with an e-mail; not when absent.",
    ),
    replyTo: shaped("an e-mail address", "^[^\\s@]+@[^\\s@]+\\.[^\\s@]+$"),
    website: shaped("an http or https address", "^https?://[^\\s]+$"),
    allowedOrigins: list(
      "Sites that may embed the widgets.",
      shaped("an origin like https://www.example.com", "^https?://[^/\\s]+$"),
      100,
    ),
    brand,
  },
)

const region = object(
  "A selling area with one currency, chosen by the visitor. The first one is the default.",
  { slug, name: title, currency },
  { countries: list("Countries whose visitors start here.", country, 250) },
)

const priceList = object(
  "A currency that is sold in, and whether its prices already contain tax.",
  { currency, taxIncluded: yesOrNo("True: the tax is within the price.") },
  {},
)

const taxClass = object(
  "What is taxed alike.",
  {
    slug,
    rates: list(
      "One rate for each place; without one for the place nothing is charged.",
      object(
        "A tax of one place.",
        { country, name: words("As shown: HST, MwSt.", 40, 1), percent },
        {
          subdivision: shaped("an ISO 3166-2 code without its country", "^[A-Z0-9]{1,3}$"),
        },
      ),
      200,
    ),
  },
  {},
)

const fee = object(
  "A service fee derived from the unit price: percent plus fixed, at most the cap.",
  {
    slug,
    percent,
    bearer: oneOf("Who pays: passed on, or absorbed.", "shopper", "organizer"),
    amounts: mapOf(
      "One entry for each currency.",
      currency,
      object("In this currency.", { fixed: amount }, { cap: amount }),
    ),
  },
  { taxClass: slug },
)

const pixel = object(
  "Where conversions are reported, by libraries that the host page loads itself.",
  {
    destination: oneOf("The network.", "meta", "ga4", "google-ads", "reddit"),
    target: words("Pixel, measurement or conversion id.", 120, 1),
  },
  {},
)

const widget = object(
  "What an embed shows.",
  { slug, title },
  {
    events: list("Slugs of the events it shows; absent: all.", slug, 1000, 1),
    allowNullOrigin: yesOrNo("Also inside sandboxed frames, whose origin is null."),
  },
)

const venue = object(
  "Where it happens; its place decides the tax on tickets.",
  { name: title, city: title, country },
  {
    street: words("Street and number.", 200),
    subdivision: shaped("an ISO 3166-2 code without its country", "^[A-Z0-9]{1,3}$"),
  },
)

const capacity = nullable(whole("How many can be sold in all; null: any number.", 0, 1_000_000))
const priceTypePrices = mapOf("By price type slug, then currency.", slug, amounts)
const chosenOptions = mapOf("Option slug to value slug.", slug, slug)

const difference = {
  capacity,
  prices: priceTypePrices,
  notSold: yesOrNo("True: leaves this one out."),
}

const showtime = object(
  "One showtime, or the first of several at the same local time.",
  { at: localDateTime },
  {
    status: oneOf("On sale when absent.", "on-sale", "paused", "canceled"),
    repeat: object(
      "Repeats the showtime; each one keeps the local time over changes of the clock.",
      { every: oneOf("How far apart.", "day", "week"), times: whole("How many in all.", 2, 400) },
      {
        interval: whole("Every second week: 2.", 1, 52),
        except: list("Dates without a showtime.", localDate, 400),
      },
    ),
    differences: list(
      "Where a product differs at this showtime.",
      object(
        "A product, or one of its variants.",
        { product: slug },
        { options: chosenOptions, ...difference },
      ),
      200,
    ),
  },
)

const option = object(
  "What a shopper chooses: size, colour.",
  {
    slug,
    title,
    values: list("The choices.", object("A choice.", { slug, title }, {}), 100, 1),
  },
  {},
)

const priceType = object(
  "A price for somebody: adult, student, early bird. They share the product's stock.",
  { slug, prices: amounts },
  {
    title: words("Absent: the product's own title.", 200, 1),
    description: text,
    kind: oneOf(
      "With pay-what-you-like the price is the least; fixed when absent.",
      "fixed",
      "pay-what-you-like",
    ),
    suggested: amounts,
    saleStarts: localDateTime,
    saleEnds: localDateTime,
    maxPerOrder: whole("At most so many in one order.", 1, 1000),
  },
)

const product = object(
  "What can be bought.",
  {
    slug,
    kind: oneOf("What it is.", "ticket", "add-on", "merchandise", "digital"),
    title,
    taxClass: slug,
    priceTypes: list("At least one.", priceType, 50, 1),
  },
  {
    description: text,
    picture,
    fee: slug,
    perShowtime: yesOrNo("Counted for each showtime; absent: tickets are, the rest is not."),
    capacity,
    minPerOrder: whole("At least so many, when any.", 1, 1000),
    maxPerOrder: whole("At most so many in one order.", 1, 1000),
    options: list("Absent: nothing to choose.", option, 5),
    variants: list(
      "Where a choice of options differs from the product.",
      object("A choice of every option.", { options: chosenOptions }, difference),
      1000,
    ),
  },
)

const event = object(
  "A show.",
  {
    slug,
    title,
    venue,
    showtimes: list("When it happens.", showtime, 500),
    products: list("What is sold for it.", product, 100),
  },
  {
    summary: words("One line.", 300),
    description: text,
    picture,
    pictureAlt: words("The picture in words.", 300),
    category: words("Filters the list of events.", 40, 1),
    timeZone,
    durationMinutes: whole("How long it lasts.", 1, 100_000),
    doorsMinutes: whole("When doors open, before the start.", 0, 1440),
    status: oneOf("On sale when absent. A draft is shown nowhere.", "draft", "on-sale", "paused"),
    salesOpen: localDateTime,
    minPerOrder: whole("Tickets in one order, at least.", 1, 1000),
    maxPerOrder: whole("Tickets in one order, at most.", 1, 1000),
  },
)

const question = object(
  "Asked once an order.",
  {
    slug,
    label: title,
    kind: oneOf("How it is answered.", "text", "long-text", "choice", "checkbox"),
    required: yesOrNo("Whether an answer is needed."),
  },
  {
    event: slug,
    section: words("Questions with the same section stand together.", 200),
    sectionNote: words("A line under the section's title.", 500),
    help: words("A line under the question.", 500),
    choices: list(
      "For kind choice.",
      object("A choice.", { slug, title }, { description: words("A line under it.", 200) }),
      100,
    ),
  },
)

const bogo = object(
  "Of every buy + get units that count together, the cheapest get are cheaper.",
  {
    buy: whole("How many are paid in full.", 1, 100),
    get: whole("How many are cheaper with them.", 1, 100),
  },
  {
    percentOff: percent,
    within: oneOf(
      "What counts together: an event's (when absent), a price type's, the whole order's.",
      "event",
      "price-type",
      "order",
    ),
  },
)

const audience = object(
  "Whose orders may use it, by e-mail; absent: everybody's.",
  {
    who: oneOf(
      "Who has not bought before, who has, or who is listed.",
      "first-time",
      "returning",
      "listed",
    ),
  },
  {
    emails: list(
      "For who listed: e-mail addresses, or whole domains like @example.org.",
      shaped(
        "an e-mail address, or @ and a domain, in lower case",
        "^(?=.{3,254}$)[^\\s@A-Z,;]*@[^\\s@A-Z,;]+\\.[^\\s@A-Z,;]+$",
      ),
      1000,
      1,
    ),
  },
)

const promotion = object(
  "A promo code: a percentage off, an amount off, or some cheaper with others.",
  {
    code: shaped("2 to 40 capital letters, digits, - or _", "^[A-Z0-9_-]{2,40}$"),
    appliesTo: oneOf("What gets cheaper.", "tickets", "everything"),
  },
  {
    percentOff: percent,
    amountOff: amounts,
    bogo,
    per: oneOf("An amount: once an order, or each ticket; order when absent.", "order", "ticket"),
    events: list("Slugs of the events it is for; absent: all.", slug, 1000, 1),
    minimum: amounts,
    starts: localDateTime,
    ends: localDateTime,
    usageLimit: whole("How many orders may use it.", 1, 1_000_000),
    audience,
    stopped: yesOrNo("True: nobody can use it any more, whatever its dates say."),
  },
)

/** The JSON Schema of a catalogue file: the one source of its documentation, its check and its type. */
export const catalogueSchema = object(
  "Everything one organizer sells. Slugs are identities: repeat an import and nothing doubles; what left the file is archived.",
  {
    version: whole("Of this format.", catalogueFileVersion, catalogueFileVersion),
    account,
    regions: list("At least one.", region, 100, 1),
    priceLists: list("One for each currency sold in.", priceList, 50, 1),
    taxClasses: list("At least one, its rates may be empty.", taxClass, 100, 1),
    widgets: list("At least one.", widget, 100, 1),
    events: list("In the order shown.", event, 2000),
  },
  {
    $schema: words("Where this schema is, for editors.", 500),
    fees: list("Service fees.", fee, 100),
    pixels: list("At most one for each destination.", pixel, 10),
    questions: list("In the order asked.", question, 200),
    promotions: list("Promo codes.", promotion, 5000),
  },
)

export type CatalogueFile = Meaning<typeof catalogueSchema>
export type EventEntry = CatalogueFile["events"][number]
export type ShowtimeEntry = EventEntry["showtimes"][number]
export type ProductEntry = EventEntry["products"][number]
export type PriceTypeEntry = ProductEntry["priceTypes"][number]
export type PromotionEntry = NonNullable<CatalogueFile["promotions"]>[number]

/** The schema as a file of its own, for editors and other programs. */
export function catalogueSchemaDocument(): object {
  return {
    $schema: "https://json-schema.org/draft/2020-12/schema",
    title: "Foyer catalogue",
    ...catalogueSchema,
  }
}
