import { createHash, randomBytes, randomUUID } from "node:crypto"
import type pg from "pg"
import type {
  Event,
  PriceType,
  Product,
  Promotion,
  Storefront,
  TaxRate,
  Variant,
} from "#core/storefront.ts"
import type { ShopperCommand } from "#flows/shopper-command.ts"

const suffix = () => randomBytes(4).toString("hex")

/** Twenty dollars (or euros), fixed. */
export function aPriceType(parts: Partial<PriceType> = {}): PriceType {
  return {
    id: randomUUID(),
    title: "Adult",
    description: "",
    kind: "fixed",
    prices: { cad: { unitMinor: 2000 }, eur: { unitMinor: 1500 } },
    ...parts,
  }
}

/** Counted, with one price type. */
export function aVariant(parts: Partial<Variant> = {}): Variant {
  return {
    id: randomUUID(),
    optionValueIds: [],
    tracked: true,
    priceTypes: [aPriceType()],
    ...parts,
  }
}

/** A ticket without fee, with one variant. */
export function aProduct(parts: Partial<Product> = {}): Product {
  return {
    id: randomUUID(),
    slug: `product-${suffix()}`,
    kind: "ticket",
    title: "General admission",
    description: "",
    taxClassId: randomUUID(),
    minPerOrder: 1,
    options: [],
    variants: [aVariant()],
    ...parts,
  }
}

/** On sale in Toronto, one showtime in 2099, one ticket product whose variants belong to that showtime. */
export function anEvent(parts: Partial<Event> = {}): Event {
  const showtimeId = parts.showtimes?.[0]?.id ?? randomUUID()
  return {
    id: randomUUID(),
    slug: `event-${suffix()}`,
    title: "Late Night Laughs",
    summary: "",
    description: "",
    pictureAlt: "",
    venue: {
      name: "The Laughing Stock",
      street: "1 Queen St W",
      city: "Toronto",
      subdivision: "ON",
      country: "CA",
    },
    status: "on-sale",
    minPerOrder: 1,
    showtimes: [
      {
        id: showtimeId,
        startsLocal: "2099-11-28T20:00:00",
        timeZone: "America/Toronto",
        startsAt: "2099-11-29T01:00:00.000Z",
        status: "on-sale",
      },
    ],
    products: [aProduct({ variants: [aVariant({ showtimeId })] })],
    ...parts,
  }
}

/** An account that sells in Canada (cad) and the euro area (eur), untaxed, with one event. */
export function aStorefront(parts: Partial<Storefront> = {}): Storefront {
  return {
    account: {
      id: randomUUID(),
      slug: `account-${suffix()}`,
      name: "Laughing Stock",
      locale: "en",
      locales: ["en", "fr"],
      timeZone: "America/Toronto",
      country: "CA",
      orderPrefix: "LS",
      holdMinutes: 15,
    },
    rev: 1,
    brand: { colors: {} },
    regions: [
      { id: randomUUID(), slug: "canada", name: "Canada", currency: "cad", countries: ["CA"] },
      { id: randomUUID(), slug: "europe", name: "Europe", currency: "eur", countries: ["FR"] },
    ],
    taxIncluded: new Set(),
    taxRates: [],
    fees: new Map(),
    widgets: [{ id: randomUUID(), slug: "main", title: "Main", allowNullOrigin: false }],
    events: [anEvent()],
    questions: [],
    promotions: new Map(),
    pixels: [],
    allowedOrigins: new Set(["https://club.example"]),
    ...parts,
  }
}

/** The first event's first product's first variant's first price type: what most tests buy. */
export function firstOf(shop: Storefront) {
  const event = shop.events[0]!
  const product = event.products[0]!
  const variant = product.variants[0]!
  return { event, product, variant, priceType: variant.priceTypes[0]! }
}

/** A new cart token, as a browser makes it. */
export function aToken(): string {
  return randomBytes(32).toString("base64url")
}

/** What the web edge gives a flow for one click. Pass `op` to send the same click again. */
export function aShopperCommand<T>(
  shop: Storefront,
  type: string,
  data: T,
  parts: Partial<ShopperCommand<T>> = {},
): ShopperCommand<T> {
  return {
    op: randomUUID(),
    type,
    data,
    requestHash: createHash("sha256")
      .update(JSON.stringify([type, data]))
      .digest(),
    base: 0,
    shop,
    region: shop.regions[0],
    locale: shop.account.locale,
    touches: [],
    address: "192.0.2.1",
    ...parts,
  }
}

/** Writes `shop` as rows, with `capacity` places for every tracked variant (or by variant id), in one transaction. */
export async function insertStorefront(
  owner: pg.Pool,
  shop: Storefront,
  capacity: number | ReadonlyMap<string, number> = 10,
): Promise<Storefront> {
  const client = await owner.connect()
  try {
    await client.query("begin")
    await insertAccount(client, shop)
    for (const [position, event] of shop.events.entries()) {
      await insertEvent(client, shop, event, position)
      for (const product of event.products) {
        for (const variant of product.variants) {
          const places = typeof capacity === "number" ? capacity : (capacity.get(variant.id) ?? 10)
          if (variant.tracked) await insertStock(client, shop, product, variant, places)
        }
      }
    }
    for (const promotion of shop.promotions.values()) await insertPromotion(client, shop, promotion)
    await client.query("commit")
  } finally {
    client.release()
  }
  return shop
}

async function insertAccount(client: pg.PoolClient, shop: Storefront): Promise<void> {
  const { account } = shop
  await client.query(
    `insert into org.account (id, slug, name, locale, locales, time_zone, country, order_prefix, hold_minutes, catalogue_rev)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
    [
      account.id,
      account.slug,
      account.name,
      account.locale,
      account.locales,
      account.timeZone,
      account.country,
      account.orderPrefix,
      account.holdMinutes,
      shop.rev,
    ],
  )
  await client.query("insert into org.brand (account_id) values ($1)", [account.id])
  for (const origin of shop.allowedOrigins)
    await client.query("insert into org.allowed_origin values ($1, $2)", [account.id, origin])
  for (const [position, region] of shop.regions.entries()) {
    await client.query(
      `insert into org.region (id, account_id, slug, name, currency, countries, position) values ($1, $2, $3, $4, $5, $6, $7)`,
      [
        region.id,
        account.id,
        region.slug,
        region.name,
        region.currency,
        region.countries,
        position,
      ],
    )
    await client.query("insert into org.price_list values ($1, $2, $3) on conflict do nothing", [
      account.id,
      region.currency,
      shop.taxIncluded.has(region.currency),
    ])
  }
  for (const widget of shop.widgets) {
    await client.query(
      "insert into org.widget (id, account_id, slug, title, allow_null_origin) values ($1, $2, $3, $4, $5)",
      [widget.id, account.id, widget.slug, widget.title, widget.allowNullOrigin],
    )
  }
  await insertTaxesAndFees(client, shop)
}

async function insertTaxesAndFees(client: pg.PoolClient, shop: Storefront): Promise<void> {
  const accountId = shop.account.id
  const products = shop.events.flatMap((event) => event.products)
  const fees = [...shop.fees.values()]
  const classes = [
    ...products.map((product) => product.taxClassId),
    ...shop.taxRates.map((rate) => rate.taxClassId),
    ...fees.flatMap((fee) => fee.taxClassId ?? []),
  ]
  for (const taxClass of new Set(classes)) {
    await client.query("insert into org.tax_class (id, account_id, slug) values ($1, $2, $3)", [
      taxClass,
      accountId,
      `tax-${taxClass}`,
    ])
  }
  for (const rate of shop.taxRates) await insertTaxRate(client, accountId, rate)
  for (const fee of fees) {
    await client.query(
      `insert into org.service_fee (id, account_id, slug, percent_ppm, bearer, tax_class_id) values ($1, $2, $3, $4, $5, $6)`,
      [fee.id, accountId, `fee-${fee.id}`, fee.percentPpm, fee.bearer, fee.taxClassId ?? null],
    )
    for (const [currency, amount] of Object.entries(fee.amounts)) {
      await client.query("insert into org.service_fee_amount values ($1, $2, $3, $4, $5)", [
        accountId,
        fee.id,
        currency,
        amount.fixedMinor,
        amount.capMinor ?? null,
      ])
    }
  }
}

async function insertTaxRate(
  client: pg.PoolClient,
  accountId: string,
  rate: TaxRate,
): Promise<void> {
  await client.query(
    `insert into org.tax_rate (id, account_id, tax_class_id, country, subdivision, name, rate_ppm) values ($1, $2, $3, $4, $5, $6, $7)`,
    [
      randomUUID(),
      accountId,
      rate.taxClassId,
      rate.country,
      rate.subdivision ?? null,
      rate.name,
      rate.ratePpm,
    ],
  )
}

async function insertEvent(
  client: pg.PoolClient,
  shop: Storefront,
  event: Event,
  position: number,
): Promise<void> {
  const accountId = shop.account.id
  const { venue } = event
  await client.query(
    `insert into catalogue.event (id, account_id, slug, title, venue_name, venue_street, venue_city, venue_subdivision, venue_country,
                                  status, sales_open_at, min_per_order, max_per_order, position)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)`,
    [
      event.id,
      accountId,
      event.slug,
      event.title,
      venue.name,
      venue.street,
      venue.city,
      venue.subdivision ?? null,
      venue.country,
      event.status,
      event.salesOpenAt ?? null,
      event.minPerOrder,
      event.maxPerOrder ?? null,
      position,
    ],
  )
  for (const showtime of event.showtimes) {
    await client.query(
      `insert into catalogue.showtime (id, account_id, event_id, starts_local, time_zone, starts_at, status) values ($1, $2, $3, $4, $5, $6, $7)`,
      [
        showtime.id,
        accountId,
        event.id,
        showtime.startsLocal,
        showtime.timeZone,
        showtime.startsAt,
        showtime.status,
      ],
    )
  }
  for (const [place, product] of event.products.entries())
    await insertProduct(client, accountId, event, product, place)
}

async function insertProduct(
  client: pg.PoolClient,
  accountId: string,
  event: Event,
  product: Product,
  position: number,
): Promise<void> {
  await client.query(
    `insert into catalogue.product (id, account_id, event_id, slug, kind, title, tax_class_id, fee_id, min_per_order, max_per_order, position)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
    [
      product.id,
      accountId,
      event.id,
      product.slug,
      product.kind,
      product.title,
      product.taxClassId,
      product.feeId ?? null,
      product.minPerOrder,
      product.maxPerOrder ?? null,
      position,
    ],
  )
  for (const [place, variant] of product.variants.entries()) {
    await client.query(
      `insert into catalogue.variant (id, account_id, product_id, showtime_id, slug, tracked, position) values ($1, $2, $3, $4, $5, $6, $7)`,
      [
        variant.id,
        accountId,
        product.id,
        variant.showtimeId ?? null,
        `variant-${place}`,
        variant.tracked,
        place,
      ],
    )
    for (const [order, priceType] of variant.priceTypes.entries())
      await insertPriceType(client, accountId, variant, priceType, order)
  }
}

async function insertPriceType(
  client: pg.PoolClient,
  accountId: string,
  variant: Variant,
  priceType: PriceType,
  position: number,
): Promise<void> {
  await client.query(
    `insert into catalogue.price_type (id, account_id, variant_id, slug, title, kind, sale_starts_at, sale_ends_at, max_per_order, position)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
    [
      priceType.id,
      accountId,
      variant.id,
      `price-${position}`,
      priceType.title,
      priceType.kind,
      priceType.saleStartsAt ?? null,
      priceType.saleEndsAt ?? null,
      priceType.maxPerOrder ?? null,
      position,
    ],
  )
  for (const [currency, price] of Object.entries(priceType.prices)) {
    await client.query("insert into catalogue.price values ($1, $2, $3, $4, $5)", [
      accountId,
      priceType.id,
      currency,
      price.unitMinor,
      price.suggestedMinor ?? null,
    ])
  }
}

/** The head and its first event: a head without one is refused at COMMIT. */
async function insertStock(
  client: pg.PoolClient,
  shop: Storefront,
  product: Product,
  variant: Variant,
  capacity: number,
): Promise<void> {
  await client.query(
    "insert into inv.variant (variant_id, account_id, product_id, capacity, version) values ($1, $2, $3, $4, 1)",
    [variant.id, shop.account.id, product.id, capacity],
  )
  await client.query(
    `insert into es.event (stream, version, event_id, type, data, actor_type) values ($1, 1, $2, 'InventoryChanged', $3, 'test')`,
    [
      `variant-${variant.id}`,
      randomUUID(),
      {
        type: "InventoryChanged",
        reason: "variant-created",
        before: { capacity: 0, held: 0, sold: 0 },
        after: { capacity, held: 0, sold: 0 },
        wasSoldOut: true,
        isSoldOut: capacity === 0,
      },
    ],
  )
}

async function insertPromotion(
  client: pg.PoolClient,
  shop: Storefront,
  promotion: Promotion,
): Promise<void> {
  await client.query(
    `insert into catalogue.promotion (id, account_id, code, kind, percent_ppm, per, applies_to, event_slugs, starts_at, ends_at, usage_limit,
       bogo_buy, bogo_get, bogo_within, audience, audience_emails, stopped)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)`,
    [
      promotion.id,
      shop.account.id,
      promotion.code,
      promotion.kind,
      promotion.percentPpm,
      promotion.per,
      promotion.appliesTo,
      promotion.eventSlugs ?? null,
      promotion.startsAt ?? null,
      promotion.endsAt ?? null,
      promotion.usageLimit ?? null,
      promotion.bogo?.buy ?? null,
      promotion.bogo?.get ?? null,
      promotion.bogo?.within ?? null,
      promotion.audience?.who ?? null,
      promotion.audience?.who === "listed" ? promotion.audience.emails : null,
      promotion.stopped ?? false,
    ],
  )
  for (const [currency, amount] of Object.entries(promotion.amounts)) {
    await client.query("insert into catalogue.promotion_amount values ($1, $2, $3, $4, $5)", [
      shop.account.id,
      promotion.id,
      currency,
      amount.amountMinor,
      amount.minimumMinor,
    ])
  }
}
