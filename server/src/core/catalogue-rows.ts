import { isPerShowtime } from "./catalogue-checks.ts"
import type {
  CatalogueFile,
  EventEntry,
  PriceTypeEntry,
  ProductEntry,
  PromotionEntry,
} from "./catalogue-file.ts"
import { exponentOf } from "./money.ts"
import { instantOf, repeated } from "./schedule.ts"

/** Makes the id of what a path of slugs names: the same path, the same id. */
export type IdOf = (...path: readonly string[]) => string

/** The rows a file stands for, by table. Instants are ISO 8601, amounts minor units, rates parts per million. */
export type CatalogueRows = ReturnType<typeof catalogueRows>

/** The file as rows. It must be free of faults; what it leaves out has its default. */
export function catalogueRows(file: CatalogueFile, idOf: IdOf) {
  const context: Context = { file, idOf, accountId: accountIdOf(file, idOf) }
  const events = file.events.map((event, position) => eventRows(context, event, position))
  const products = events.flatMap((rows) => rows.products)
  const variants = products.flatMap((rows) => rows.variants)
  const priceTypes = variants.flatMap((rows) => rows.priceTypes)
  return {
    accounts: [accountRow(context)],
    allowedOrigins: (file.account.allowedOrigins ?? []).map((origin) => own(context, { origin })),
    brands: [brandRow(context)],
    regions: regionRows(context),
    priceLists: file.priceLists.map(({ currency, taxIncluded }) =>
      own(context, { currency, taxIncluded }),
    ),
    taxClasses: file.taxClasses.map(({ slug }) =>
      own(context, { id: idOf(...root(context), "tax-class", slug), slug }),
    ),
    taxRates: taxRateRows(context),
    serviceFees: feeRows(context),
    serviceFeeAmounts: feeAmountRows(context),
    widgets: widgetRows(context),
    pixels: (file.pixels ?? []).map(({ destination, target }) =>
      own(context, { destination, target }),
    ),
    events: events.map((rows) => rows.event),
    showtimes: events.flatMap((rows) => rows.showtimes),
    products: products.map((rows) => rows.product),
    options: products.flatMap((rows) => rows.options),
    optionValues: products.flatMap((rows) => rows.optionValues),
    variants: variants.map((rows) => rows.variant),
    variantOptions: variants.flatMap((rows) => rows.variantOptions),
    priceTypes: priceTypes.map((rows) => rows.priceType),
    prices: priceTypes.flatMap((rows) => rows.prices),
    questions: questionRows(context),
    promotions: (file.promotions ?? []).map((promotion) => promotionRow(context, promotion)),
    promotionAmounts: (file.promotions ?? []).flatMap((each) => promotionAmountRows(context, each)),
    /** What can be sold of each counted variant, in all. */
    capacities: variants.flatMap(({ capacity }) => (capacity ? [capacity] : [])),
  }
}

/** The id of the account that a file is about. */
export function accountIdOf(file: CatalogueFile, idOf: IdOf): string {
  return idOf("account", file.account.slug)
}

type Context = { readonly file: CatalogueFile; readonly idOf: IdOf; readonly accountId: string }

function root({ file }: Context): readonly string[] {
  return ["account", file.account.slug]
}

function own<T extends object>({ accountId }: Context, row: T): { readonly accountId: string } & T {
  return { accountId, ...row }
}

function accountRow({ file, accountId }: Context) {
  const { slug, name, locale, locales, timeZone, country, orderPrefix, ...more } = file.account
  return {
    id: accountId,
    slug,
    name,
    locale,
    locales: [...locales],
    timeZone,
    country,
    orderPrefix,
    replyTo: more.replyTo ?? null,
    website: more.website ?? null,
    holdMinutes: more.holdMinutes ?? 15,
    recoveryMails: more.recoveryMails ?? false,
  }
}

function brandRow(context: Context) {
  const { theme, colors, radiusPx, densityPercent, gutterPx, ...fonts } =
    context.file.account.brand ?? {}
  return own(context, {
    theme: theme ?? null,
    colors: colors ?? {},
    radiusPx: radiusPx ?? null,
    density: densityPercent === undefined ? null : densityPercent / 100,
    gutterPx: gutterPx ?? null,
    font: fonts.font ?? null,
    fontHeading: fonts.fontHeading ?? null,
    headingWeight: fonts.headingWeight ?? null,
  })
}

function regionRows(context: Context) {
  return context.file.regions.map(({ slug, name, currency, countries = [] }, position) =>
    own(context, {
      id: context.idOf(...root(context), "region", slug),
      slug,
      name,
      currency,
      countries: [...countries],
      position,
    }),
  )
}

function taxRateRows(context: Context) {
  return context.file.taxClasses.flatMap(({ slug, rates }) =>
    rates.map(({ country, subdivision, name, percent }) => {
      const path = [...root(context), "tax-class", slug]
      return own(context, {
        id: context.idOf(...path, "rate", country, subdivision ?? "", name),
        taxClassId: context.idOf(...path),
        country,
        subdivision: subdivision ?? null,
        name,
        ratePpm: ppmOf(percent),
      })
    }),
  )
}

function feeRows(context: Context) {
  return (context.file.fees ?? []).map(({ slug, percent, bearer, taxClass }) =>
    own(context, {
      id: context.idOf(...root(context), "fee", slug),
      slug,
      percentPpm: ppmOf(percent),
      bearer,
      taxClassId:
        taxClass === undefined ? null : context.idOf(...root(context), "tax-class", taxClass),
    }),
  )
}

function feeAmountRows(context: Context) {
  return (context.file.fees ?? []).flatMap(({ slug, amounts }) =>
    Object.entries(amounts).map(([currency, { fixed, cap }]) =>
      own(context, {
        feeId: context.idOf(...root(context), "fee", slug),
        currency,
        fixedMinor: minorOf(fixed, currency),
        capMinor: cap === undefined ? null : minorOf(cap, currency),
      }),
    ),
  )
}

function widgetRows(context: Context) {
  return context.file.widgets.map(({ slug, title, events, allowNullOrigin }) =>
    own(context, {
      id: context.idOf(...root(context), "widget", slug),
      slug,
      title,
      eventSlugs: events ? [...events] : null,
      allowNullOrigin: allowNullOrigin ?? false,
    }),
  )
}

function eventRows(context: Context, event: EventEntry, position: number) {
  const { file, idOf } = context
  const path = [...root(context), "event", event.slug]
  const timeZone = event.timeZone ?? file.account.timeZone
  const showtimes = event.showtimes
    .flatMap((showtime, place) =>
      repeated(showtime.at, showtime.repeat).map((at) => ({
        at,
        id: idOf(...path, "showtime", at),
        status: showtime.status ?? "on-sale",
        differences: (showtime.differences ?? []).map((each, i) => ({
          ...each,
          at: `events[${position}].showtimes[${place}].differences[${i}]`,
        })),
      })),
    )
    .toSorted((a, b) => (a.at < b.at ? -1 : 1))
  return {
    event: own(context, { id: idOf(...path), ...eventColumns(event, file), position }),
    showtimes: showtimes.map(({ id, at, status }) =>
      own(context, {
        id,
        eventId: idOf(...path),
        startsLocal: `${at}:00`,
        timeZone,
        startsAt: startOf(at, timeZone),
        status,
      }),
    ),
    products: event.products.map((product, place) =>
      productRows(
        { ...context, path, showtimes, at: `events[${position}].products[${place}]` },
        product,
        place,
      ),
    ),
  }
}

function eventColumns(event: EventEntry, file: CatalogueFile) {
  const { slug, title, venue } = event
  return {
    slug,
    title,
    summary: event.summary ?? "",
    description: event.description ?? "",
    picture: event.picture ?? null,
    pictureAlt: event.pictureAlt ?? "",
    category: event.category ?? null,
    venueName: venue.name,
    venueStreet: venue.street ?? "",
    venueCity: venue.city,
    venueSubdivision: venue.subdivision ?? null,
    venueCountry: venue.country,
    durationMinutes: event.durationMinutes ?? null,
    doorsMinutes: event.doorsMinutes ?? null,
    status: event.status ?? "on-sale",
    salesOpenAt: momentOf(event.salesOpen, file),
    minPerOrder: event.minPerOrder ?? 1,
    maxPerOrder: event.maxPerOrder ?? null,
  }
}

type ShowtimeOfEvent = {
  readonly at: string
  readonly id: string
  readonly differences: readonly (Difference & { readonly product: string })[]
}

type EventContext = Context & {
  /** The product's place in the file. */
  readonly at: string
  readonly path: readonly string[]
  readonly showtimes: readonly ShowtimeOfEvent[]
}

function productRows(context: EventContext, product: ProductEntry, position: number) {
  const { idOf, path: eventPath } = context
  const path = [...eventPath, "product", product.slug]
  const options = product.options ?? []
  const optionId = (slug: string) => idOf(...path, "option", slug)
  return {
    product: own(context, {
      id: idOf(...path),
      eventId: idOf(...eventPath),
      ...productColumns(context, product),
      position,
    }),
    options: options.map(({ slug, title }, place) =>
      own(context, { id: optionId(slug), productId: idOf(...path), slug, title, position: place }),
    ),
    optionValues: options.flatMap((option) =>
      option.values.map(({ slug, title }, place) =>
        own(context, {
          id: idOf(...path, "option", option.slug, slug),
          optionId: optionId(option.slug),
          slug,
          title,
          position: place,
        }),
      ),
    ),
    variants: variantsOf(context, product)
      .filter(({ notSold }) => !notSold)
      .map((variant, place) => variantRows({ ...context, path }, product, variant, place)),
  }
}

function productColumns(context: Context, product: ProductEntry) {
  const { slug, kind, title, taxClass, fee } = product
  return {
    slug,
    kind,
    title,
    description: product.description ?? "",
    picture: product.picture ?? null,
    taxClassId: context.idOf(...root(context), "tax-class", taxClass),
    feeId: fee === undefined ? null : context.idOf(...root(context), "fee", fee),
    minPerOrder: product.minPerOrder ?? 1,
    maxPerOrder: product.maxPerOrder ?? null,
  }
}

/** One thing that is counted: what the product says, changed by its combination and by its showtime. */
type VariantOfProduct = {
  readonly showtime?: ShowtimeOfEvent
  readonly options: Readonly<Record<string, string>>
  readonly capacity: number | null
  /** Where the file says the capacity. */
  readonly capacityAt: string
  readonly prices: NonNullable<NonNullable<ProductEntry["variants"]>[number]["prices"]>
  readonly notSold: boolean
}

type Difference = {
  /** Its place in the file. */
  readonly at: string
  readonly options?: Readonly<Record<string, string>>
  readonly capacity?: number | null
  readonly prices?: VariantOfProduct["prices"]
  readonly notSold?: boolean
}

function variantsOf(context: EventContext, product: ProductEntry): VariantOfProduct[] {
  const showtimes = isPerShowtime(product) ? context.showtimes : [undefined]
  return showtimes.flatMap((showtime) =>
    combinationsOf(product).map((options) => {
      const plain = {
        options,
        capacity: product.capacity ?? null,
        capacityAt: `${context.at}.capacity`,
        prices: {},
        notSold: false,
      }
      const differences: readonly Difference[] = [
        ...(product.variants ?? []).map((each, i) => ({
          ...each,
          at: `${context.at}.variants[${i}]`,
        })),
        ...(showtime?.differences ?? []).filter((each) => each.product === product.slug),
      ]
      return differences
        .filter((difference) => isSameChoice(difference.options, options))
        .reduce<VariantOfProduct>(changedBy, showtime ? { ...plain, showtime } : plain)
    }),
  )
}

/** Every combination of option values; one, empty, without options. */
export function combinationsOf({ options = [] }: ProductEntry): Readonly<Record<string, string>>[] {
  return options.reduce<Record<string, string>[]>(
    (soFar, option) =>
      soFar.flatMap((chosen) =>
        option.values.map((value) => ({ ...chosen, [option.slug]: value.slug })),
      ),
    [{}],
  )
}

function isSameChoice(
  wanted: Readonly<Record<string, string>> | undefined,
  options: Readonly<Record<string, string>>,
): boolean {
  return Object.entries(wanted ?? {}).every(([slug, value]) => options[slug] === value)
}

function changedBy(variant: VariantOfProduct, difference: Difference): VariantOfProduct {
  return {
    ...variant,
    ...(difference.capacity !== undefined && {
      capacity: difference.capacity,
      capacityAt: `${difference.at}.capacity`,
    }),
    prices: { ...variant.prices, ...difference.prices },
    notSold: difference.notSold ?? variant.notSold,
  }
}

function variantRows(
  context: EventContext,
  product: ProductEntry,
  variant: VariantOfProduct,
  position: number,
) {
  const { idOf, path } = context
  const choices = Object.entries(variant.options)
  const slug = variantSlug(variant.showtime?.at, variant.options)
  const id = idOf(...path, "variant", slug)
  const productId = idOf(...path)
  const { capacity } = variant
  return {
    variant: own(context, {
      id,
      productId,
      showtimeId: variant.showtime?.id ?? null,
      slug,
      tracked: capacity !== null,
      position,
    }),
    variantOptions: choices.map(([option, value]) =>
      own(context, { variantId: id, optionValueId: idOf(...path, "option", option, value) }),
    ),
    priceTypes: product.priceTypes.map((priceType, place) =>
      priceTypeRows(
        { ...context, path: [...path, "variant", slug] },
        product,
        withPrices(priceType, variant),
        place,
      ),
    ),
    capacity:
      capacity === null
        ? undefined
        : {
            variantId: id,
            productId,
            capacity,
            path: variant.capacityAt,
            name: `${product.slug} ${slug}`,
          },
  }
}

/** Names a variant within its product: its showtime's local start, then the values of its options. */
export function variantSlug(
  at: string | undefined,
  options: Readonly<Record<string, string>>,
): string {
  return [at ?? "any", ...Object.values(options)].join("/")
}

function withPrices(priceType: PriceTypeEntry, { prices }: VariantOfProduct): PriceTypeEntry {
  return { ...priceType, prices: prices[priceType.slug] ?? priceType.prices }
}

function priceTypeRows(
  context: EventContext,
  product: ProductEntry,
  priceType: PriceTypeEntry,
  position: number,
) {
  const { idOf, path, file } = context
  const id = idOf(...path, "price", priceType.slug)
  return {
    priceType: own(context, {
      id,
      variantId: idOf(...path),
      slug: priceType.slug,
      title: priceType.title ?? product.title,
      description: priceType.description ?? "",
      kind: priceType.kind ?? "fixed",
      saleStartsAt: momentOf(priceType.saleStarts, file),
      saleEndsAt: momentOf(priceType.saleEnds, file),
      maxPerOrder: priceType.maxPerOrder ?? null,
      position,
    }),
    prices: Object.entries(priceType.prices).map(([currency, amount]) => {
      const suggested = priceType.suggested?.[currency]
      return own(context, {
        priceTypeId: id,
        currency,
        unitMinor: minorOf(amount, currency),
        suggestedMinor: suggested === undefined ? null : minorOf(suggested, currency),
      })
    }),
  }
}

function questionRows(context: Context) {
  return (context.file.questions ?? []).map((question, position) => {
    const { event, slug, label, kind, required } = question
    const eventPath = event === undefined ? [] : ["event", event]
    return own(context, {
      id: context.idOf(...root(context), ...eventPath, "question", slug),
      eventId: event === undefined ? null : context.idOf(...root(context), ...eventPath),
      slug,
      section: question.section ?? "",
      sectionNote: question.sectionNote ?? "",
      label,
      help: question.help ?? "",
      kind,
      required,
      position,
      choices: (question.choices ?? []).map(({ description = "", ...choice }) => ({
        slug: choice.slug,
        title: choice.title,
        description,
      })),
    })
  })
}

function promotionId(context: Context, { code }: PromotionEntry): string {
  return context.idOf(...root(context), "promotion", code)
}

function promotionRow(context: Context, promotion: PromotionEntry) {
  const { code, percentOff, amountOff, bogo, per, appliesTo, events, usageLimit } = promotion
  const { audience, stopped } = promotion
  return own(context, {
    id: promotionId(context, promotion),
    code,
    kind: bogo ? "bogo" : amountOff ? "amount" : "percent",
    percentPpm: ppmOf(bogo ? (bogo.percentOff ?? "100") : (percentOff ?? "0")),
    bogoBuy: bogo?.buy ?? null,
    bogoGet: bogo?.get ?? null,
    bogoWithin: bogo ? (bogo.within ?? "event") : null,
    per: per ?? "order",
    appliesTo,
    eventSlugs: events ? [...events] : null,
    startsAt: momentOf(promotion.starts, context.file),
    endsAt: momentOf(promotion.ends, context.file),
    usageLimit: usageLimit ?? null,
    audience: audience?.who ?? null,
    audienceEmails: audience?.emails ? [...audience.emails] : null,
    stopped: stopped ?? false,
  })
}

function promotionAmountRows(context: Context, promotion: PromotionEntry) {
  const { amountOff = {}, minimum = {} } = promotion
  const currencies = new Set([...Object.keys(amountOff), ...Object.keys(minimum)])
  return [...currencies].map((currency) =>
    own(context, {
      promotionId: promotionId(context, promotion),
      currency,
      amountMinor: minorOf(amountOff[currency] ?? "0", currency),
      minimumMinor: minorOf(minimum[currency] ?? "0", currency),
    }),
  )
}

/** "13" and "8.875" as parts per million, exactly. */
function ppmOf(percent: string): number {
  const [whole = "", decimals = ""] = percent.split(".")
  return Number(whole + decimals.padEnd(4, "0"))
}

/** "25.00" in the currency's smallest unit, exactly. */
function minorOf(amount: string, currency: string): number {
  const [whole = "", decimals = ""] = amount.split(".")
  return Number(whole + decimals.padEnd(exponentOf(currency), "0"))
}

function momentOf(local: string | undefined, file: CatalogueFile): string | null {
  return local === undefined ? null : startOf(local, file.account.timeZone)
}

function startOf(local: string, timeZone: string): string {
  const instant = instantOf(local, timeZone)
  if (!instant.ok) throw new RangeError(`${local} in ${timeZone}: ${instant.reason}`)
  return instant.at
}
