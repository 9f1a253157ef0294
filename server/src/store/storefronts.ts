import { and, asc, eq, isNull, ne, sql, type SQL } from "drizzle-orm"
import type { PgColumn } from "drizzle-orm/pg-core"
import type {
  Brand,
  Event,
  Option,
  Pixel,
  PriceType,
  Product,
  Promotion,
  Question,
  Region,
  ServiceFee,
  Showtime,
  Storefront,
  TaxRate,
  Variant,
  Widget,
} from "#core/storefront.ts"
import type { Db } from "#store/db.ts"
import * as t from "#store/schema.ts"

export type CatalogueRev = {
  readonly accountId: string
  readonly slug: string
  readonly rev: number
}

/** The catalogue revision of every account: the cheap question whether anything changed. */
export async function listCatalogueRevs(db: Db): Promise<CatalogueRev[]> {
  const { id, slug, catalogueRev } = t.accounts
  return db.select({ accountId: id, slug, rev: catalogueRev }).from(t.accounts)
}

export async function findCatalogueRev(db: Db, accountId: string): Promise<number | undefined> {
  const rows = await db
    .select({ rev: t.accounts.catalogueRev })
    .from(t.accounts)
    .where(eq(t.accounts.id, accountId))
  return rows[0]?.rev
}

/** Every origin that some account allows, for the edge, which does not yet know whom a connection is for. */
export async function listAllowedOrigins(db: Db): Promise<string[]> {
  const rows = await db.selectDistinct({ origin: t.allowedOrigins.origin }).from(t.allowedOrigins)
  return rows.map((row) => row.origin)
}

// One statement after the other: `db` may be one connection, inside a transaction.

/** A storefront, and by which marks to see what of it has changed since. */
export type MarkedStorefront = { readonly shop: Storefront; readonly marks: EventMarks }

/** By event id; another one whenever any row of the event is another one. */
type EventMarks = ReadonlyMap<string, string>

/** Everything an account sells, at one revision; undefined without such an account. What is archived or a draft is left out. */
export async function loadStorefront(db: Db, accountId: string): Promise<Storefront | undefined> {
  return (await reloadStorefront(db, accountId))?.shop
}

/**
 * The same, with the marks to read only what changes next: an event that is as it was `before` is the same object. Its statements may straddle
 * an import, so it is read again until the revision stood still.
 */
export async function reloadStorefront(
  db: Db,
  accountId: string,
  before?: MarkedStorefront,
): Promise<MarkedStorefront | undefined> {
  for (;;) {
    const account = await findAccount(db, accountId)
    if (!account) return undefined
    const marks = await markEvents(db, accountId)
    const shop = await assemble(db, account, { marks, before })
    if ((await findCatalogueRev(db, accountId)) === account.catalogueRev) return { shop, marks }
  }
}

type AccountRow = typeof t.accounts.$inferSelect

async function findAccount(db: Db, accountId: string): Promise<AccountRow | undefined> {
  return (await db.select().from(t.accounts).where(eq(t.accounts.id, accountId)))[0]
}

type Known = { readonly marks: EventMarks; readonly before: MarkedStorefront | undefined }

async function assemble(db: Db, account: AccountRow, known: Known): Promise<Storefront> {
  const id = account.id
  const brand = await loadBrand(db, id)
  const regions = await loadRegions(db, id)
  const taxIncluded = await loadTaxIncluded(db, id)
  const taxRates = await loadTaxRates(db, id)
  const fees = await loadFees(db, id)
  const widgets = await loadWidgets(db, id)
  const events = await loadEvents(db, id, known)
  const questions = await loadQuestions(db, id)
  const promotions = await loadPromotions(db, id)
  const pixels = await loadPixels(db, id)
  const origins = await db.select().from(t.allowedOrigins).where(eq(t.allowedOrigins.accountId, id))
  const allowedOrigins = new Set(origins.map((row) => row.origin))
  const rev = account.catalogueRev
  return {
    account: readAccount(account),
    rev,
    brand,
    regions,
    taxIncluded,
    taxRates,
    fees,
    widgets,
    events,
    questions,
    promotions,
    pixels,
    allowedOrigins,
  }
}

function readAccount(row: AccountRow): Storefront["account"] {
  return {
    id: row.id,
    slug: row.slug,
    name: row.name,
    locale: row.locale,
    locales: row.locales,
    timeZone: row.timeZone,
    country: row.country,
    orderPrefix: row.orderPrefix,
    ...given({ replyTo: row.replyTo, website: row.website }),
    holdMinutes: row.holdMinutes,
    recoveryMails: row.recoveryMails,
  }
}

async function loadBrand(db: Db, accountId: string): Promise<Brand> {
  const rows = await db.select().from(t.brands).where(eq(t.brands.accountId, accountId))
  const row = rows[0]
  if (!row) return { colors: {} }
  const { theme, radiusPx, density, gutterPx, font, fontHeading, headingWeight } = row
  return {
    colors: row.colors as Brand["colors"],
    ...given({ theme: theme as Brand["theme"], radiusPx, density, gutterPx }),
    ...given({ font, fontHeading, headingWeight }),
  }
}

async function loadRegions(db: Db, accountId: string): Promise<readonly [Region, ...Region[]]> {
  const rows = await db
    .select()
    .from(t.regions)
    .where(and(eq(t.regions.accountId, accountId), isNull(t.regions.archivedAt)))
    .orderBy(asc(t.regions.position))
  const [first, ...more] = rows.map(({ id, slug, name, currency, countries }) => ({
    id,
    slug,
    name,
    currency,
    countries,
  }))
  if (!first) throw new Error(`account ${accountId} sells in no region`)
  return [first, ...more]
}

async function loadTaxIncluded(db: Db, accountId: string): Promise<Set<string>> {
  const { currency, taxIncluded } = t.priceLists
  const rows = await db
    .select({ currency })
    .from(t.priceLists)
    .where(and(eq(t.priceLists.accountId, accountId), eq(taxIncluded, true)))
  return new Set(rows.map((row) => row.currency))
}

async function loadTaxRates(db: Db, accountId: string): Promise<TaxRate[]> {
  const rows = await db
    .select()
    .from(t.taxRates)
    .where(and(eq(t.taxRates.accountId, accountId), isNull(t.taxRates.archivedAt)))
    .orderBy(asc(t.taxRates.name), asc(t.taxRates.id))
  return rows.map(({ taxClassId, country, subdivision, name, ratePpm }) => ({
    taxClassId,
    country,
    name,
    ratePpm,
    ...given({ subdivision }),
  }))
}

async function loadFees(db: Db, accountId: string): Promise<Map<string, ServiceFee>> {
  const fees = await db
    .select()
    .from(t.serviceFees)
    .where(and(eq(t.serviceFees.accountId, accountId), isNull(t.serviceFees.archivedAt)))
  const amounts = await db
    .select()
    .from(t.serviceFeeAmounts)
    .where(eq(t.serviceFeeAmounts.accountId, accountId))
  const byFee = Map.groupBy(amounts, (row) => row.feeId)
  return new Map(
    fees.map(({ id, percentPpm, bearer, taxClassId }) => {
      const own = (byFee.get(id) ?? []).map(
        ({ currency, fixedMinor, capMinor }) =>
          [currency, { fixedMinor, ...given({ capMinor }) }] as const,
      )
      const fee = { id, percentPpm, bearer: bearer as ServiceFee["bearer"] }
      return [id, { ...fee, ...given({ taxClassId }), amounts: Object.fromEntries(own) }]
    }),
  )
}

async function loadWidgets(db: Db, accountId: string): Promise<Widget[]> {
  const rows = await db
    .select()
    .from(t.widgets)
    .where(and(eq(t.widgets.accountId, accountId), isNull(t.widgets.archivedAt)))
    .orderBy(asc(t.widgets.slug))
  return rows.map(({ id, slug, title, eventSlugs, allowNullOrigin }) => ({
    id,
    slug,
    title,
    allowNullOrigin,
    ...given({ eventSlugs }),
  }))
}

/**
 * A mark for every event: how many rows it is made of, and the sum of the transactions that wrote them. Each change of a row raises the sum, and
 * what is taken away lowers the number, so that two states never have the same mark.
 */
async function markEvents(db: Db, accountId: string): Promise<EventMarks> {
  const { rows } = await db.$client.query<{ event_id: string; mark: string }>({
    name: "mark-events",
    text: `with product as (select id, event_id, xmin::text::bigint as x from catalogue.product where account_id = $1),
        option as (select o.id, event_id, o.xmin::text::bigint as x from catalogue.option o join product p on p.id = o.product_id where account_id = $1),
        variant as (select v.id, event_id, v.xmin::text::bigint as x from catalogue.variant v join product p on p.id = v.product_id where account_id = $1),
        price_type as (select t.id, event_id, t.xmin::text::bigint as x from catalogue.price_type t join variant v on v.id = t.variant_id where account_id = $1)
      select event_id, count(*) || ' ' || sum(x) as mark from (
        select id as event_id, xmin::text::bigint as x from catalogue.event where account_id = $1
        union all select event_id, xmin::text::bigint from catalogue.showtime where account_id = $1
        union all select event_id, x from product
        union all select event_id, x from option
        union all select event_id, v.xmin::text::bigint from catalogue.option_value v join option o on o.id = v.option_id where account_id = $1
        union all select event_id, x from variant
        union all select event_id, o.xmin::text::bigint from catalogue.variant_option o join variant v on v.id = o.variant_id where account_id = $1
        union all select event_id, x from price_type
        union all select event_id, p.xmin::text::bigint from catalogue.price p join price_type t on t.id = p.price_type_id where account_id = $1) made
      group by event_id`,
    values: [accountId],
  })
  return new Map(rows.map((row) => [row.event_id, row.mark]))
}

/** Read at once: a large catalogue must not keep the process from everybody else. */
const eventsAtOnce = 25

async function loadEvents(db: Db, accountId: string, { marks, before }: Known): Promise<Event[]> {
  const { id, archivedAt, status, position } = t.events
  const listed = await db
    .select({ id })
    .from(t.events)
    .where(and(eq(t.events.accountId, accountId), isNull(archivedAt), ne(status, "draft")))
    .orderBy(asc(position))
  const events = new Map(
    before?.shop.events
      .filter((event) => marks.get(event.id) === before.marks.get(event.id))
      .map((event) => [event.id, event]),
  )
  const changed = listed.map((row) => row.id).filter((each) => !events.has(each))
  for (let at = 0; at < changed.length; at += eventsAtOnce)
    for (const event of await readEvents(db, changed.slice(at, at + eventsAtOnce)))
      events.set(event.id, event)
  return listed.flatMap((row) => events.get(row.id) ?? [])
}

async function readEvents(db: Db, eventIds: readonly string[]): Promise<Event[]> {
  const rows = await db.select().from(t.events).where(isAmong(t.events.id, eventIds))
  const showtimes = await loadShowtimes(db, eventIds)
  const products = await loadProducts(db, eventIds)
  return rows.map((row) => readEvent(row, showtimes.get(row.id), products.get(row.id)))
}

/** However many they are, it is one statement to the database. */
function isAmong(column: PgColumn, ids: readonly string[]): SQL {
  return sql`${column} = any (${sql.param([...ids])}::uuid[])`
}

function readEvent(
  row: typeof t.events.$inferSelect,
  showtimes: readonly Showtime[] = [],
  products: readonly Product[] = [],
): Event {
  const { id, slug, title, summary, description, pictureAlt, status, minPerOrder } = row
  const shown = new Set(showtimes.map((showtime) => showtime.id))
  return {
    id,
    slug,
    title,
    summary,
    description,
    pictureAlt,
    minPerOrder,
    showtimes,
    status: status as Event["status"],
    venue: {
      name: row.venueName,
      street: row.venueStreet,
      city: row.venueCity,
      ...given({ subdivision: row.venueSubdivision }),
      country: row.venueCountry,
    },
    ...given({
      picture: row.picture,
      category: row.category,
      salesOpenAt: row.salesOpenAt,
    }),
    ...given({
      durationMinutes: row.durationMinutes,
      doorsMinutes: row.doorsMinutes,
    }),
    ...given({ maxPerOrder: row.maxPerOrder }),
    products: products.map((product) => ({
      ...product,
      variants: product.variants.filter(
        ({ showtimeId }) => showtimeId === undefined || shown.has(showtimeId),
      ),
    })),
  }
}

async function loadShowtimes(
  db: Db,
  eventIds: readonly string[],
): Promise<Map<string, Showtime[]>> {
  const rows = await db
    .select()
    .from(t.showtimes)
    .where(and(isAmong(t.showtimes.eventId, eventIds), isNull(t.showtimes.archivedAt)))
    .orderBy(asc(t.showtimes.startsAt), asc(t.showtimes.id))
  return groupInto(rows, "eventId", ({ id, startsLocal, timeZone, startsAt, status }) => ({
    id,
    startsLocal,
    timeZone,
    startsAt,
    status: status as Showtime["status"],
  }))
}

async function loadProducts(db: Db, eventIds: readonly string[]): Promise<Map<string, Product[]>> {
  const rows = await db
    .select()
    .from(t.products)
    .where(and(isAmong(t.products.eventId, eventIds), isNull(t.products.archivedAt)))
    .orderBy(asc(t.products.position))
  const productIds = rows.map((row) => row.id)
  const options = await loadOptions(db, productIds)
  const variants = await loadVariants(db, productIds)
  return groupInto(rows, "eventId", (row) => {
    const { id, slug, title, description, taxClassId, minPerOrder } = row
    return {
      id,
      slug,
      title,
      description,
      taxClassId,
      minPerOrder,
      kind: row.kind as Product["kind"],
      ...given({
        picture: row.picture,
        feeId: row.feeId,
        maxPerOrder: row.maxPerOrder,
      }),
      options: options.get(id) ?? [],
      variants: variants.get(id) ?? [],
    }
  })
}

async function loadOptions(db: Db, productIds: readonly string[]): Promise<Map<string, Option[]>> {
  const { options, optionValues } = t
  const rows = await db
    .select()
    .from(options)
    .where(and(isAmong(options.productId, productIds), isNull(options.archivedAt)))
    .orderBy(asc(options.position))
  const optionIds = rows.map((row) => row.id)
  const values = await db
    .select()
    .from(optionValues)
    .where(and(isAmong(optionValues.optionId, optionIds), isNull(optionValues.archivedAt)))
    .orderBy(asc(optionValues.position))
  const byOption = groupInto(values, "optionId", ({ id, title }) => ({ id, title }))
  return groupInto(rows, "productId", ({ id, title }) => ({
    id,
    title,
    values: byOption.get(id) ?? [],
  }))
}

async function loadVariants(
  db: Db,
  productIds: readonly string[],
): Promise<Map<string, Variant[]>> {
  const { variants, variantOptions, optionValues, options } = t
  const rows = await db
    .select()
    .from(variants)
    .where(and(isAmong(variants.productId, productIds), isNull(variants.archivedAt)))
    .orderBy(asc(variants.position))
  const variantIds = rows.map((row) => row.id)
  const chosen = await db
    .select({ variantId: variantOptions.variantId, valueId: variantOptions.optionValueId })
    .from(variantOptions)
    .innerJoin(optionValues, eq(optionValues.id, variantOptions.optionValueId))
    .innerJoin(options, eq(options.id, optionValues.optionId))
    .where(isAmong(variantOptions.variantId, variantIds))
    .orderBy(asc(options.position))
  const values = groupInto(chosen, "variantId", (row) => row.valueId)
  const priceTypes = await loadPriceTypes(db, variantIds)
  return groupInto(rows, "productId", ({ id, showtimeId, tracked }) => ({
    id,
    ...given({ showtimeId }),
    optionValueIds: values.get(id) ?? [],
    tracked,
    priceTypes: priceTypes.get(id) ?? [],
  }))
}

async function loadPriceTypes(
  db: Db,
  variantIds: readonly string[],
): Promise<Map<string, PriceType[]>> {
  const rows = await db
    .select()
    .from(t.priceTypes)
    .where(and(isAmong(t.priceTypes.variantId, variantIds), isNull(t.priceTypes.archivedAt)))
    .orderBy(asc(t.priceTypes.position))
  const priceTypeIds = rows.map((row) => row.id)
  const amounts = await db
    .select()
    .from(t.prices)
    .where(isAmong(t.prices.priceTypeId, priceTypeIds))
  const prices = groupInto(
    amounts,
    "priceTypeId",
    ({ currency, unitMinor, suggestedMinor }) =>
      [currency, { unitMinor, ...given({ suggestedMinor }) }] as const,
  )
  return groupInto(rows, "variantId", (row) => {
    const { id, title, description, saleStartsAt, saleEndsAt, maxPerOrder } = row
    return {
      id,
      title,
      description,
      kind: row.kind as PriceType["kind"],
      ...given({
        saleStartsAt,
        saleEndsAt,
        maxPerOrder,
      }),
      prices: Object.fromEntries(prices.get(id) ?? []),
    }
  })
}

async function loadQuestions(db: Db, accountId: string): Promise<Question[]> {
  const rows = await db
    .select()
    .from(t.questions)
    .where(and(eq(t.questions.accountId, accountId), isNull(t.questions.archivedAt)))
    .orderBy(asc(t.questions.position))
  return rows.map(({ id, eventId, section, sectionNote, label, help, required, ...row }) => ({
    id,
    section,
    sectionNote,
    label,
    help,
    required,
    ...given({ eventId }),
    kind: row.kind as Question["kind"],
    choices: row.choices as Question["choices"],
  }))
}

async function loadPromotions(db: Db, accountId: string): Promise<Map<string, Promotion>> {
  const rows = await db
    .select()
    .from(t.promotions)
    .where(and(eq(t.promotions.accountId, accountId), isNull(t.promotions.archivedAt)))
    .orderBy(asc(t.promotions.code))
  const amounts = await db
    .select()
    .from(t.promotionAmounts)
    .where(eq(t.promotionAmounts.accountId, accountId))
  const byPromotion = groupInto(
    amounts,
    "promotionId",
    ({ currency, amountMinor, minimumMinor }) => [currency, { amountMinor, minimumMinor }] as const,
  )
  return new Map(
    rows.map(({ id, code, percentPpm, eventSlugs, startsAt, endsAt, usageLimit, ...row }) => [
      code,
      {
        id,
        code,
        percentPpm,
        kind: row.kind as Promotion["kind"],
        per: row.per as Promotion["per"],
        appliesTo: row.appliesTo as Promotion["appliesTo"],
        ...given({
          eventSlugs,
          startsAt,
          endsAt,
          usageLimit,
          bogo: bogoOf(row),
          audience: audienceOf(row),
        }),
        ...(row.stopped && { stopped: true }),
        amounts: Object.fromEntries(byPromotion.get(id) ?? []),
      },
    ]),
  )
}

type PromotionRow = typeof t.promotions.$inferSelect

function bogoOf(
  row: Pick<PromotionRow, "bogoBuy" | "bogoGet" | "bogoWithin">,
): NonNullable<Promotion["bogo"]> | null {
  const { bogoBuy: buy, bogoGet: get, bogoWithin: within } = row
  if (buy === null || get === null) return null
  return { buy, get, within: within as NonNullable<Promotion["bogo"]>["within"] }
}

function audienceOf(
  row: Pick<PromotionRow, "audience" | "audienceEmails">,
): NonNullable<Promotion["audience"]> | null {
  const { audience: who, audienceEmails: emails } = row
  if (who === null) return null
  return who === "listed"
    ? { who, emails: emails ?? [] }
    : ({ who } as NonNullable<Promotion["audience"]>)
}

async function loadPixels(db: Db, accountId: string): Promise<Pixel[]> {
  const rows = await db
    .select()
    .from(t.pixels)
    .where(eq(t.pixels.accountId, accountId))
    .orderBy(asc(t.pixels.destination))
  return rows.map(({ destination, target }) => ({
    destination: destination as Pixel["destination"],
    target,
  }))
}

/** Without the keys whose column is NULL. */
function given<T extends object>(columns: T): { [K in keyof T]?: NonNullable<T[K]> } {
  const entries = Object.entries(columns).filter(([, value]) => value !== null)
  return Object.fromEntries(entries) as { [K in keyof T]?: NonNullable<T[K]> }
}

function groupInto<Row, K extends keyof Row, T>(
  rows: readonly Row[],
  key: K,
  read: (row: Row) => T,
): Map<Row[K], T[]> {
  const groups = Map.groupBy(rows, (row) => row[key])
  return new Map([...groups].map(([value, own]) => [value, own.map(read)]))
}
