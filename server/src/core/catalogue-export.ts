import { isPerShowtime } from "./catalogue-checks.ts"
import {
  type CatalogueFile,
  catalogueFileVersion,
  type EventEntry,
  type PriceTypeEntry,
  type ProductEntry,
  type PromotionEntry,
} from "./catalogue-file.ts"
import {
  type CatalogueRows,
  catalogueRows,
  combinationsOf,
  type IdOf,
  variantSlug,
} from "./catalogue-rows.ts"
import { toDecimal } from "./money.ts"
import { localOf } from "./schedule.ts"

/** The rows of an account that are not archived, and what can be sold of each counted variant by its id. */
export type ExportedRows = Omit<CatalogueRows, "capacities"> & {
  readonly capacities: ReadonlyMap<string, number>
}

type RowOf<T extends Exclude<keyof CatalogueRows, "capacities">> = CatalogueRows[T][number]

/**
 * The account as a catalogue file: importing it changes nothing. What most of a product's variants have in common stands at the product,
 * what differs stands at the showtime or the choice of options where it does.
 */
export function exportedCatalogue(rows: ExportedRows): CatalogueFile {
  const [account] = rows.accounts
  if (!account) throw new Error("an export needs an account")
  const shelf = shelfOf(rows, account.timeZone)
  return {
    version: catalogueFileVersion,
    account: accountEntry(account, rows),
    regions: byPosition(rows.regions).map((row) =>
      pick(row, "slug", "name", "currency", "countries"),
    ),
    priceLists: byText(rows.priceLists, (row) => row.currency).map((row) =>
      pick(row, "currency", "taxIncluded"),
    ),
    taxClasses: taxClassEntries(rows),
    fees: feeEntries(rows, shelf),
    pixels: byText(rows.pixels, (row) => row.destination).map((row) =>
      pick(row, "destination", "target"),
    ),
    widgets: byText(rows.widgets, (row) => row.slug).map((row) => ({
      ...pick(row, "slug", "title", "allowNullOrigin"),
      ...given({ events: row.eventSlugs }),
    })),
    events: byPosition(rows.events).map((event) => eventEntry(event, shelf)),
    questions: questionEntries(rows, shelf),
    promotions: promotionEntries(rows, shelf),
  }
}

/** A faultless file as an import and an export would make it: what says the same is the same, so that only real differences are left. */
export function normalCatalogue(file: CatalogueFile, idOf: IdOf): CatalogueFile {
  const rows = catalogueRows(file, idOf)
  const capacities = rows.capacities.map(
    ({ variantId, capacity }) => [variantId, capacity] as const,
  )
  return exportedCatalogue({ ...rows, capacities: new Map(capacities) })
}

type Shelf = ReturnType<typeof shelfOf>

/** The rows by what they belong to. */
function shelfOf(rows: ExportedRows, timeZone: string) {
  const named = [...rows.taxClasses, ...rows.serviceFees, ...rows.events]
  return {
    timeZone,
    slugs: new Map(named.map(({ id, slug }) => [id, slug])),
    feeAmounts: Map.groupBy(rows.serviceFeeAmounts, (row) => row.feeId),
    showtimes: Map.groupBy(rows.showtimes, (row) => row.eventId),
    products: Map.groupBy(rows.products, (row) => row.eventId),
    options: Map.groupBy(rows.options, (row) => row.productId),
    values: Map.groupBy(rows.optionValues, (row) => row.optionId),
    variants: Map.groupBy(rows.variants, (row) => row.productId),
    chosen: Map.groupBy(rows.variantOptions, (row) => row.variantId),
    priceTypes: Map.groupBy(rows.priceTypes, (row) => row.variantId),
    prices: Map.groupBy(rows.prices, (row) => row.priceTypeId),
    promotionAmounts: Map.groupBy(rows.promotionAmounts, (row) => row.promotionId),
    capacities: rows.capacities,
  }
}

function accountEntry(account: RowOf<"accounts">, rows: ExportedRows): CatalogueFile["account"] {
  const [brand] = rows.brands
  return {
    ...pick(account, "slug", "name", "locale", "locales", "timeZone", "country", "orderPrefix"),
    holdMinutes: account.holdMinutes,
    ...(account.recoveryMails && { recoveryMails: true }),
    ...given(pick(account, "replyTo", "website")),
    allowedOrigins: byText(rows.allowedOrigins, (row) => row.origin).map(({ origin }) => origin),
    ...(brand && { brand: brandEntry(brand) }),
  }
}

function brandEntry(row: RowOf<"brands">): NonNullable<CatalogueFile["account"]["brand"]> {
  const { density, colors } = row
  return {
    colors,
    ...given(pick(row, "theme", "radiusPx", "gutterPx", "font", "fontHeading", "headingWeight")),
    ...(density !== null && { densityPercent: Math.round(density * 100) }),
  }
}

function taxClassEntries(rows: ExportedRows): CatalogueFile["taxClasses"] {
  const rates = Map.groupBy(rows.taxRates, (row) => row.taxClassId)
  return byText(rows.taxClasses, (row) => row.slug).map(({ id, slug }) => ({
    slug,
    rates: byText(rates.get(id) ?? [], placeOf).map((row) => ({
      ...pick(row, "country", "name"),
      ...given({ subdivision: row.subdivision }),
      percent: percentText(row.ratePpm),
    })),
  }))
}

/** One of a kind in a class. */
function placeOf({ country, subdivision, name }: RowOf<"taxRates">): string {
  return [country, subdivision ?? "", name].join(" ")
}

function feeEntries(rows: ExportedRows, shelf: Shelf): NonNullable<CatalogueFile["fees"]> {
  return byText(rows.serviceFees, (row) => row.slug).map((fee) => ({
    slug: fee.slug,
    percent: percentText(fee.percentPpm),
    bearer: fee.bearer,
    ...given({ taxClass: slugOf(shelf, fee.taxClassId) }),
    amounts: byCurrency(shelf.feeAmounts.get(fee.id), ({ currency, fixedMinor, capMinor }) => ({
      fixed: toDecimal(fixedMinor, currency),
      ...(capMinor !== null && { cap: toDecimal(capMinor, currency) }),
    })),
  }))
}

function eventEntry(event: RowOf<"events">, shelf: Shelf): EventEntry {
  const showtimes = byText(shelf.showtimes.get(event.id) ?? [], (row) => row.startsLocal)
  const products = byPosition(shelf.products.get(event.id) ?? []).map((product) =>
    exportedProduct(product, showtimes, shelf),
  )
  return {
    ...pick(event, "slug", "title", "summary", "description", "pictureAlt", "status"),
    minPerOrder: event.minPerOrder,
    ...given(pick(event, "picture", "category", "durationMinutes", "doorsMinutes", "maxPerOrder")),
    ...given({ timeZone: showtimes[0]?.timeZone, salesOpen: moment(event.salesOpenAt, shelf) }),
    venue: {
      name: event.venueName,
      street: event.venueStreet,
      city: event.venueCity,
      ...given({ subdivision: event.venueSubdivision }),
      country: event.venueCountry,
    },
    showtimes: showtimes.map((showtime) => ({
      at: showtime.startsLocal.slice(0, 16),
      status: showtime.status,
      differences: products.flatMap(({ differences }) => differences.get(showtime.id) ?? []),
    })),
    products: products.map(({ entry }) => entry),
  }
}

type Difference = NonNullable<EventEntry["showtimes"][number]["differences"]>[number]
type VariantEntry = NonNullable<ProductEntry["variants"]>[number]
type Prices = PriceTypeEntry["prices"]

type ExportedProduct = {
  readonly entry: ProductEntry
  /** By showtime id. */
  readonly differences: ReadonlyMap<string, readonly Difference[]>
}

/** One thing that could be counted, and the variant that is, if it is sold. */
type Cell = {
  readonly showtimeId?: string
  readonly options: Readonly<Record<string, string>>
  readonly variant: RowOf<"variants"> | undefined
}

function exportedProduct(
  product: RowOf<"products">,
  showtimes: readonly RowOf<"showtimes">[],
  shelf: Shelf,
): ExportedProduct {
  const entry = plainProduct(product, shelf)
  const cells = cellsOf(product, entry, showtimes, shelf)
  const common = commonOf(cells, entry, shelf)
  const different = cells.flatMap((cell) => {
    const difference = differenceOf(cell, common, shelf)
    return difference ? [{ cell, difference }] : []
  })
  const atShowtime = Map.groupBy(
    different.filter(({ cell }) => cell.showtimeId !== undefined),
    ({ cell }) => cell.showtimeId ?? "",
  )
  const hasOptions = (entry.options ?? []).length > 0
  return {
    entry: {
      ...entry,
      capacity: common.capacity,
      priceTypes: common.priceTypes,
      variants: different
        .filter(({ cell }) => cell.showtimeId === undefined)
        .map(({ cell, difference }) => ({ options: cell.options, ...difference })),
    },
    differences: new Map(
      [...atShowtime].map(([id, own]) => [
        id,
        own.map(({ cell, difference }) => ({
          product: product.slug,
          ...(hasOptions && { options: cell.options }),
          ...difference,
        })),
      ]),
    ),
  }
}

function plainProduct(product: RowOf<"products">, shelf: Shelf): ProductEntry {
  const variants = shelf.variants.get(product.id) ?? []
  const entry = {
    ...pick(product, "slug", "kind", "title", "description", "minPerOrder"),
    ...given(pick(product, "picture", "maxPerOrder")),
    taxClass: slugOf(shelf, product.taxClassId) ?? "",
    ...given({ fee: slugOf(shelf, product.feeId) }),
    options: byPosition(shelf.options.get(product.id) ?? []).map((option) => ({
      ...pick(option, "slug", "title"),
      values: byPosition(shelf.values.get(option.id) ?? []).map((row) =>
        pick(row, "slug", "title"),
      ),
    })),
    priceTypes: [],
  }
  const perShowtime =
    variants.length === 0
      ? isPerShowtime(entry)
      : variants.some(({ showtimeId }) => showtimeId !== null)
  return { ...entry, perShowtime }
}

function cellsOf(
  product: RowOf<"products">,
  entry: ProductEntry,
  showtimes: readonly RowOf<"showtimes">[],
  shelf: Shelf,
): Cell[] {
  const variants = shelf.variants.get(product.id) ?? []
  const bySlug = new Map(variants.map((variant) => [variant.slug, variant]))
  const places: readonly (RowOf<"showtimes"> | undefined)[] = isPerShowtime(entry)
    ? showtimes
    : [undefined]
  return places.flatMap((showtime) =>
    combinationsOf(entry).map((options) => ({
      ...(showtime && { showtimeId: showtime.id }),
      options,
      variant: bySlug.get(variantSlug(showtime?.startsLocal.slice(0, 16), options)),
    })),
  )
}

type Common = {
  readonly capacity: number | null
  readonly priceTypes: readonly PriceTypeEntry[]
}

/** What a product without anything to sell is given: a file needs a price type, and no row comes of it. */
const nothingSold: PriceTypeEntry = { slug: "none", prices: {} }

function commonOf(cells: readonly Cell[], entry: ProductEntry, shelf: Shelf): Common {
  const sold = cells.flatMap(({ variant }) => (variant ? [variant] : []))
  const rows = sold.flatMap((variant) => byPosition(shelf.priceTypes.get(variant.id) ?? []))
  const types = Map.groupBy(rows, (row) => row.slug)
  const entries = [...types.values()].map((same) => priceTypeEntry(same, entry, shelf))
  return {
    capacity: mostCommon(sold.map((variant) => capacityOf(variant, shelf))) ?? null,
    priceTypes: entries.length > 0 ? entries : [nothingSold],
  }
}

function priceTypeEntry(
  same: readonly RowOf<"priceTypes">[],
  entry: ProductEntry,
  shelf: Shelf,
): PriceTypeEntry {
  const [row] = same
  if (!row) throw new Error("a price type without rows")
  const all = same.flatMap(({ id }) => shelf.prices.get(id) ?? [])
  const advised = all.filter(({ suggestedMinor }) => suggestedMinor !== null)
  return {
    ...pick(row, "slug", "description", "kind"),
    ...(row.title !== entry.title && { title: row.title }),
    prices: mostCommon(same.map(({ id }) => pricesOf(id, shelf))) ?? {},
    ...(advised.length > 0 && {
      suggested: byCurrency(advised, ({ currency, suggestedMinor }) =>
        toDecimal(suggestedMinor ?? 0, currency),
      ),
    }),
    ...given({
      saleStarts: moment(row.saleStartsAt, shelf),
      saleEnds: moment(row.saleEndsAt, shelf),
      maxPerOrder: row.maxPerOrder,
    }),
  }
}

function differenceOf(
  { variant }: Cell,
  common: Common,
  shelf: Shelf,
): Omit<VariantEntry, "options"> | undefined {
  if (!variant) return { notSold: true }
  const capacity = capacityOf(variant, shelf)
  const rows = shelf.priceTypes.get(variant.id) ?? []
  const prices = rows.flatMap((row): [string, Prices][] => {
    const usual = common.priceTypes.find(({ slug }) => slug === row.slug)?.prices
    const own = pricesOf(row.id, shelf)
    return isSame(own, usual) ? [] : [[row.slug, own]]
  })
  const difference = {
    ...(capacity !== common.capacity && { capacity }),
    ...(prices.length > 0 && { prices: Object.fromEntries(prices) }),
  }
  return Object.keys(difference).length > 0 ? difference : undefined
}

function capacityOf(variant: RowOf<"variants">, shelf: Shelf): number | null {
  return variant.tracked ? (shelf.capacities.get(variant.id) ?? 0) : null
}

function pricesOf(priceTypeId: string, shelf: Shelf): Prices {
  return byCurrency(shelf.prices.get(priceTypeId), ({ currency, unitMinor }) =>
    toDecimal(unitMinor, currency),
  )
}

function questionEntries(
  rows: ExportedRows,
  shelf: Shelf,
): NonNullable<CatalogueFile["questions"]> {
  return byPosition(rows.questions).map((row) => ({
    ...pick(row, "slug", "section", "sectionNote", "label", "help", "kind", "required", "choices"),
    ...given({ event: slugOf(shelf, row.eventId) }),
  }))
}

function promotionEntries(rows: ExportedRows, shelf: Shelf): readonly PromotionEntry[] {
  return byText(rows.promotions, (row) => row.code).map((row) => {
    const amounts = shelf.promotionAmounts.get(row.id)
    const minimum = amounts?.filter(({ minimumMinor }) => minimumMinor > 0)
    const amountOff = byCurrency(amounts, ({ currency, amountMinor }) =>
      toDecimal(amountMinor, currency),
    )
    return {
      ...pick(row, "code", "appliesTo"),
      ...valueOf(row, amountOff),
      minimum: byCurrency(minimum, ({ currency, minimumMinor }) =>
        toDecimal(minimumMinor, currency),
      ),
      ...given({ events: row.eventSlugs, usageLimit: row.usageLimit }),
      ...given({ starts: moment(row.startsAt, shelf), ends: moment(row.endsAt, shelf) }),
      ...(row.audience && { audience: audienceEntry(row.audience, row.audienceEmails) }),
      ...(row.stopped && { stopped: true }),
    }
  })
}

/** What a code takes off, by the one of its kinds. */
function valueOf(
  row: ExportedRows["promotions"][number],
  amountOff: NonNullable<PromotionEntry["amountOff"]>,
): Pick<PromotionEntry, "percentOff" | "amountOff" | "per" | "bogo"> {
  if (row.kind === "percent") return { percentOff: percentText(row.percentPpm) }
  if (row.kind === "amount") return { amountOff, per: row.per }
  const { bogoBuy: buy, bogoGet: get, bogoWithin: within } = row
  if (buy === null || get === null || within === null) throw new Error(`${row.code} has no numbers`)
  return { bogo: { buy, get, percentOff: percentText(row.percentPpm), within } }
}

function audienceEntry(
  who: NonNullable<PromotionEntry["audience"]>["who"],
  emails: readonly string[] | null,
): NonNullable<PromotionEntry["audience"]> {
  return { who, ...(emails && { emails }) }
}

function slugOf({ slugs }: Shelf, id: string | null): string | undefined {
  return id === null ? undefined : slugs.get(id)
}

function moment(instant: string | null, { timeZone }: Shelf): string | undefined {
  return instant === null ? undefined : localOf(instant, timeZone).slice(0, 16)
}

/** 130000 parts per million as "13", 88750 as "8.875". */
function percentText(ppm: number): string {
  return String(ppm / 10_000)
}

function byCurrency<Row extends { readonly currency: string }, T>(
  rows: readonly Row[] = [],
  value: (row: Row) => T,
): Record<string, T> {
  return Object.fromEntries(
    byText(rows, (row) => row.currency).map((row) => [row.currency, value(row)]),
  )
}

function byPosition<Row extends { readonly position: number }>(rows: readonly Row[]): Row[] {
  return rows.toSorted((a, b) => a.position - b.position)
}

function byText<Row>(rows: readonly Row[], text: (row: Row) => string): Row[] {
  return rows.toSorted((a, b) => (text(a) < text(b) ? -1 : 1))
}

/** The value that occurs most; the first of several. */
function mostCommon<T>(values: readonly T[]): T | undefined {
  const groups = [...Map.groupBy(values, (value) => JSON.stringify(value)).values()]
  return groups.toSorted((a, b) => b.length - a.length)[0]?.[0]
}

function isSame(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b)
}

function pick<T extends object, K extends keyof T>(row: T, ...columns: readonly K[]): Pick<T, K> {
  return Object.fromEntries(columns.map((column) => [column, row[column]])) as Pick<T, K>
}

/** Without what is NULL or absent. */
function given<T extends object>(columns: T): { [K in keyof T]?: NonNullable<T[K]> } {
  const entries = Object.entries(columns).filter(
    ([, value]) => value !== null && value !== undefined,
  )
  return Object.fromEntries(entries) as { [K in keyof T]?: NonNullable<T[K]> }
}
