import { sql } from "drizzle-orm"
import {
  bigint,
  boolean,
  char,
  customType,
  date,
  integer,
  jsonb,
  numeric,
  pgSchema,
  primaryKey,
  smallint,
  text,
  timestamp,
  uuid,
} from "drizzle-orm/pg-core"

// The tables of server/migrations as drizzle sees them, for typed queries only: constraints, triggers and grants live in the SQL.

/** `timestamptz` as ISO 8601 in UTC. The driver's millisecond clock is kept, its microseconds are dropped. */
const instant = customType<{ data: string; driverData: string }>({
  dataType: () => "timestamp with time zone",
  fromDriver: (value) => new Date(value).toISOString(),
})

/** `timestamp`, a wall clock without a zone: `2026-11-28T20:00:00`. */
const localDateTime = customType<{ data: string; driverData: string }>({
  dataType: () => "timestamp without time zone",
  fromDriver: (value) => value.replace(" ", "T"),
})

const bytea = customType<{ data: Uint8Array; driverData: Uint8Array }>({ dataType: () => "bytea" })

/** A 64-bit transaction id, as text. */
const xid8 = customType<{ data: string; driverData: string }>({ dataType: () => "xid8" })

const ops = pgSchema("ops")

export const transitions = ops.table(
  "transition",
  {
    machine: text().notNull(),
    fromState: text().notNull(),
    toState: text().notNull(),
  },
  (table) => [primaryKey({ columns: [table.machine, table.fromState, table.toState] })],
)

export const commands = ops.table(
  "command",
  {
    scope: text().notNull(),
    commandId: uuid().notNull(),
    kind: text().notNull(),
    requestHash: bytea().notNull(),
    outcome: jsonb(),
    at: instant()
      .notNull()
      .default(sql`clock_timestamp()`),
  },
  (table) => [primaryKey({ columns: [table.scope, table.commandId] })],
)

export const outboxMails = ops.table("outbox_mail", {
  id: uuid().primaryKey(),
  toAddress: text().notNull(),
  subject: text().notNull(),
  html: text().notNull(),
  text: text().notNull(),
  attachments: jsonb().notNull().default([]),
  at: instant()
    .notNull()
    .default(sql`clock_timestamp()`),
})

const es = pgSchema("es")

export const storedEvents = es.table("event", {
  pos: bigint({ mode: "number" }).generatedAlwaysAsIdentity().primaryKey(),
  xid: xid8()
    .notNull()
    .default(sql`pg_current_xact_id()`),
  stream: text().notNull(),
  version: bigint({ mode: "number" }).notNull(),
  eventId: uuid().notNull(),
  type: text().notNull(),
  schemaVersion: smallint().notNull().default(1),
  data: jsonb().notNull(),
  commandId: uuid(),
  causationId: uuid(),
  correlationId: uuid(),
  actorType: text().notNull(),
  actorId: text(),
  at: instant()
    .notNull()
    .default(sql`clock_timestamp()`),
})

export const streams = es.table("stream", {
  stream: text().primaryKey(),
  version: bigint({ mode: "number" }).notNull().default(0),
})

export const subscriptions = es.table("subscription", {
  name: text().primaryKey(),
  lastXid: xid8().notNull().default("0"),
  lastPos: bigint({ mode: "number" }).notNull().default(0),
  epoch: integer().notNull().default(1),
  updatedAt: instant()
    .notNull()
    .default(sql`now()`),
})

const org = pgSchema("org")

export const accounts = org.table("account", {
  id: uuid().primaryKey(),
  slug: text().notNull(),
  name: text().notNull(),
  locale: text().notNull(),
  locales: text().array().notNull(),
  timeZone: text().notNull(),
  country: char({ length: 2 }).notNull(),
  orderPrefix: text().notNull(),
  replyTo: text(),
  website: text(),
  holdMinutes: integer().notNull().default(15),
  recoveryMails: boolean().notNull().default(false),
  catalogueRev: bigint({ mode: "number" }).notNull().default(1),
  createdAt: instant()
    .notNull()
    .default(sql`clock_timestamp()`),
})

export const allowedOrigins = org.table(
  "allowed_origin",
  {
    accountId: uuid().notNull(),
    origin: text().notNull(),
  },
  (table) => [primaryKey({ columns: [table.accountId, table.origin] })],
)

export const brands = org.table("brand", {
  accountId: uuid().primaryKey(),
  theme: text(),
  colors: jsonb().notNull().default({}),
  radiusPx: integer(),
  density: numeric({ precision: 3, scale: 2, mode: "number" }),
  gutterPx: integer(),
  font: text(),
  fontHeading: text(),
  headingWeight: integer(),
})

export const regions = org.table("region", {
  id: uuid().primaryKey(),
  accountId: uuid().notNull(),
  slug: text().notNull(),
  name: text().notNull(),
  currency: char({ length: 3 }).notNull(),
  countries: text()
    .array()
    .notNull()
    .default(sql`'{}'::text[]`),
  position: integer().notNull(),
  archivedAt: instant(),
})

export const priceLists = org.table(
  "price_list",
  {
    accountId: uuid().notNull(),
    currency: char({ length: 3 }).notNull(),
    taxIncluded: boolean().notNull(),
  },
  (table) => [primaryKey({ columns: [table.accountId, table.currency] })],
)

export const taxClasses = org.table("tax_class", {
  id: uuid().primaryKey(),
  accountId: uuid().notNull(),
  slug: text().notNull(),
})

export const taxRates = org.table("tax_rate", {
  id: uuid().primaryKey(),
  accountId: uuid().notNull(),
  taxClassId: uuid().notNull(),
  country: char({ length: 2 }).notNull(),
  subdivision: text(),
  name: text().notNull(),
  ratePpm: integer().notNull(),
  archivedAt: instant(),
})

export const serviceFees = org.table("service_fee", {
  id: uuid().primaryKey(),
  accountId: uuid().notNull(),
  slug: text().notNull(),
  percentPpm: integer().notNull(),
  bearer: text().notNull(),
  taxClassId: uuid(),
  archivedAt: instant(),
})

export const serviceFeeAmounts = org.table(
  "service_fee_amount",
  {
    accountId: uuid().notNull(),
    feeId: uuid().notNull(),
    currency: char({ length: 3 }).notNull(),
    fixedMinor: bigint({ mode: "number" }).notNull(),
    capMinor: bigint({ mode: "number" }),
  },
  (table) => [primaryKey({ columns: [table.feeId, table.currency] })],
)

export const widgets = org.table("widget", {
  id: uuid().primaryKey(),
  accountId: uuid().notNull(),
  slug: text().notNull(),
  title: text().notNull(),
  eventSlugs: text().array(),
  allowNullOrigin: boolean().notNull().default(false),
  archivedAt: instant(),
})

export const pixels = org.table(
  "pixel",
  {
    accountId: uuid().notNull(),
    destination: text().notNull(),
    target: text().notNull(),
  },
  (table) => [primaryKey({ columns: [table.accountId, table.destination] })],
)

const catalogue = pgSchema("catalogue")

export const events = catalogue.table("event", {
  id: uuid().primaryKey(),
  accountId: uuid().notNull(),
  slug: text().notNull(),
  title: text().notNull(),
  summary: text().notNull().default(""),
  description: text().notNull().default(""),
  picture: text(),
  pictureAlt: text().notNull().default(""),
  category: text(),
  venueName: text().notNull(),
  venueStreet: text().notNull().default(""),
  venueCity: text().notNull().default(""),
  venueSubdivision: text(),
  venueCountry: char({ length: 2 }).notNull(),
  durationMinutes: integer(),
  doorsMinutes: integer(),
  status: text().notNull(),
  salesOpenAt: instant(),
  minPerOrder: integer().notNull().default(1),
  maxPerOrder: integer(),
  position: integer().notNull(),
  archivedAt: instant(),
})

export const showtimes = catalogue.table("showtime", {
  id: uuid().primaryKey(),
  accountId: uuid().notNull(),
  eventId: uuid().notNull(),
  startsLocal: localDateTime().notNull(),
  timeZone: text().notNull(),
  startsAt: instant().notNull(),
  status: text().notNull(),
  archivedAt: instant(),
})

export const products = catalogue.table("product", {
  id: uuid().primaryKey(),
  accountId: uuid().notNull(),
  eventId: uuid().notNull(),
  slug: text().notNull(),
  kind: text().notNull(),
  title: text().notNull(),
  description: text().notNull().default(""),
  picture: text(),
  taxClassId: uuid().notNull(),
  feeId: uuid(),
  minPerOrder: integer().notNull().default(1),
  maxPerOrder: integer(),
  position: integer().notNull(),
  archivedAt: instant(),
})

export const options = catalogue.table("option", {
  id: uuid().primaryKey(),
  accountId: uuid().notNull(),
  productId: uuid().notNull(),
  slug: text().notNull(),
  title: text().notNull(),
  position: integer().notNull(),
  archivedAt: instant(),
})

export const optionValues = catalogue.table("option_value", {
  id: uuid().primaryKey(),
  accountId: uuid().notNull(),
  optionId: uuid().notNull(),
  slug: text().notNull(),
  title: text().notNull(),
  position: integer().notNull(),
  archivedAt: instant(),
})

export const variants = catalogue.table("variant", {
  id: uuid().primaryKey(),
  accountId: uuid().notNull(),
  productId: uuid().notNull(),
  showtimeId: uuid(),
  slug: text().notNull(),
  tracked: boolean().notNull(),
  position: integer().notNull(),
  archivedAt: instant(),
})

export const variantOptions = catalogue.table(
  "variant_option",
  {
    accountId: uuid().notNull(),
    variantId: uuid().notNull(),
    optionValueId: uuid().notNull(),
  },
  (table) => [primaryKey({ columns: [table.variantId, table.optionValueId] })],
)

export const priceTypes = catalogue.table("price_type", {
  id: uuid().primaryKey(),
  accountId: uuid().notNull(),
  variantId: uuid().notNull(),
  slug: text().notNull(),
  title: text().notNull(),
  description: text().notNull().default(""),
  kind: text().notNull(),
  saleStartsAt: instant(),
  saleEndsAt: instant(),
  maxPerOrder: integer(),
  position: integer().notNull(),
  archivedAt: instant(),
})

export const prices = catalogue.table(
  "price",
  {
    accountId: uuid().notNull(),
    priceTypeId: uuid().notNull(),
    currency: char({ length: 3 }).notNull(),
    unitMinor: bigint({ mode: "number" }).notNull(),
    suggestedMinor: bigint({ mode: "number" }),
  },
  (table) => [primaryKey({ columns: [table.priceTypeId, table.currency] })],
)

export const pictures = catalogue.table(
  "picture",
  {
    accountId: uuid().notNull(),
    hash: text().notNull(),
    width: integer().notNull(),
    height: integer().notNull(),
    bytes: bytea().notNull(),
    createdAt: instant()
      .notNull()
      .default(sql`clock_timestamp()`),
  },
  (t) => [primaryKey({ columns: [t.accountId, t.hash, t.width] })],
)

export const questions = catalogue.table("question", {
  id: uuid().primaryKey(),
  accountId: uuid().notNull(),
  eventId: uuid(),
  slug: text().notNull(),
  section: text().notNull().default(""),
  sectionNote: text().notNull().default(""),
  label: text().notNull(),
  help: text().notNull().default(""),
  kind: text().notNull(),
  choices: jsonb().notNull().default([]),
  required: boolean().notNull(),
  position: integer().notNull(),
  archivedAt: instant(),
})

export const promotions = catalogue.table("promotion", {
  id: uuid().primaryKey(),
  accountId: uuid().notNull(),
  code: text().notNull(),
  kind: text().notNull(),
  percentPpm: integer().notNull().default(0),
  per: text().notNull(),
  appliesTo: text().notNull(),
  eventSlugs: text().array(),
  startsAt: instant(),
  endsAt: instant(),
  usageLimit: integer(),
  bogoBuy: integer(),
  bogoGet: integer(),
  bogoWithin: text(),
  audience: text(),
  audienceEmails: text().array(),
  stopped: boolean().notNull().default(false),
  used: integer().notNull().default(0),
  archivedAt: instant(),
})

export const promotionAmounts = catalogue.table(
  "promotion_amount",
  {
    accountId: uuid().notNull(),
    promotionId: uuid().notNull(),
    currency: char({ length: 3 }).notNull(),
    amountMinor: bigint({ mode: "number" }).notNull().default(0),
    minimumMinor: bigint({ mode: "number" }).notNull().default(0),
  },
  (table) => [primaryKey({ columns: [table.promotionId, table.currency] })],
)

const inv = pgSchema("inv")

export const stock = inv.table("variant", {
  variantId: uuid().primaryKey(),
  accountId: uuid().notNull(),
  productId: uuid().notNull(),
  capacity: integer().notNull(),
  held: integer().notNull().default(0),
  sold: integer().notNull().default(0),
  version: bigint({ mode: "number" }).notNull().default(0),
})

export const holds = inv.table(
  "hold",
  {
    holdId: uuid().notNull(),
    variantId: uuid().notNull(),
    accountId: uuid().notNull(),
    cartId: uuid().notNull(),
    qty: integer().notNull(),
    state: text().notNull().default("held"),
    expiresAt: instant().notNull(),
    createdAt: instant()
      .notNull()
      .default(sql`clock_timestamp()`),
  },
  (table) => [primaryKey({ columns: [table.holdId, table.variantId] })],
)

const sales = pgSchema("sales")

export const carts = sales.table("cart", {
  id: uuid().primaryKey(),
  accountId: uuid().notNull(),
  tokenHash: bytea().notNull(),
  state: text().notNull().default("open"),
  rev: bigint({ mode: "number" }).notNull().default(0),
  regionId: uuid().notNull(),
  locale: text().notNull(),
  promoCode: text(),
  details: jsonb().notNull().default({}),
  holdsExpireAt: instant(),
  holdsExtendedAt: instant(),
  orderId: uuid(),
  createdAt: instant()
    .notNull()
    .default(sql`clock_timestamp()`),
  updatedAt: instant()
    .notNull()
    .default(sql`clock_timestamp()`),
})

export const cartRecoveries = sales.table("cart_recovery", {
  cartId: uuid().primaryKey(),
  accountId: uuid().notNull(),
  tokenHash: bytea(),
  expiresAt: instant().notNull(),
  createdAt: instant()
    .notNull()
    .default(sql`clock_timestamp()`),
  usedAt: instant(),
})

export const cartLines = sales.table(
  "cart_line",
  {
    cartId: uuid().notNull(),
    accountId: uuid().notNull(),
    variantId: uuid().notNull(),
    priceTypeId: uuid().notNull(),
    quantity: integer().notNull(),
    amountMinor: bigint({ mode: "number" }),
    position: integer().notNull(),
  },
  (table) => [primaryKey({ columns: [table.cartId, table.priceTypeId] })],
)

export const orders = sales.table("orders", {
  id: uuid().primaryKey(),
  accountId: uuid().notNull(),
  cartId: uuid().notNull(),
  cartRev: bigint({ mode: "number" }).notNull(),
  number: text().notNull(),
  publicToken: text().notNull(),
  state: text().notNull(),
  currency: char({ length: 3 }).notNull(),
  subtotalMinor: bigint({ mode: "number" }).notNull(),
  discountMinor: bigint({ mode: "number" }).notNull(),
  feeMinor: bigint({ mode: "number" }).notNull(),
  taxMinor: bigint({ mode: "number" }).notNull(),
  shippingMinor: bigint({ mode: "number" }).notNull().default(0),
  totalMinor: bigint({ mode: "number" }).notNull(),
  taxLines: jsonb().notNull(),
  regionSlug: text().notNull(),
  locale: text().notNull(),
  promoCode: text(),
  email: text().notNull(),
  firstName: text().notNull(),
  lastName: text().notNull(),
  phone: text(),
  shippingAddress: jsonb(),
  createdAt: instant()
    .notNull()
    .default(sql`clock_timestamp()`),
  expiresAt: instant().notNull(),
  placedAt: instant(),
})

export const orderLines = sales.table(
  "order_line",
  {
    orderId: uuid().notNull(),
    accountId: uuid().notNull(),
    lineNo: smallint().notNull(),
    variantId: uuid().notNull(),
    priceTypeId: uuid().notNull(),
    kind: text().notNull(),
    tracked: boolean().notNull(),
    eventSlug: text().notNull(),
    eventTitle: text().notNull(),
    title: text().notNull(),
    detail: text().notNull().default(""),
    picture: text(),
    startsAt: instant(),
    startsLocal: localDateTime(),
    timeZone: text(),
    doorsMinutes: integer(),
    durationMinutes: integer(),
    venueName: text().notNull(),
    venueAddress: text().notNull(),
    quantity: integer().notNull(),
    unitMinor: bigint({ mode: "number" }).notNull(),
    discountMinor: bigint({ mode: "number" }).notNull(),
    feePassedMinor: bigint({ mode: "number" }).notNull(),
    feeAbsorbedMinor: bigint({ mode: "number" }).notNull(),
    taxAddedMinor: bigint({ mode: "number" }).notNull(),
    taxIncludedMinor: bigint({ mode: "number" }).notNull(),
    feeTaxAbsorbedMinor: bigint({ mode: "number" }).notNull().default(0),
    totalMinor: bigint({ mode: "number" }).notNull(),
  },
  (table) => [primaryKey({ columns: [table.orderId, table.lineNo] })],
)

export const orderAnswers = sales.table(
  "order_answer",
  {
    orderId: uuid().notNull(),
    accountId: uuid().notNull(),
    questionId: uuid().notNull(),
    label: text().notNull(),
    answer: text().notNull(),
  },
  (table) => [primaryKey({ columns: [table.orderId, table.questionId] })],
)

export const tickets = sales.table("ticket", {
  id: uuid().primaryKey(),
  accountId: uuid().notNull(),
  orderId: uuid().notNull(),
  lineNo: smallint().notNull(),
  seq: smallint().notNull(),
  code: text().notNull(),
  state: text().notNull().default("valid"),
})

export const promotionRedemptions = sales.table("promotion_redemption", {
  orderId: uuid().primaryKey(),
  accountId: uuid().notNull(),
  promotionId: uuid().notNull(),
  state: text().notNull().default("reserved"),
})

const pay = pgSchema("pay")

export const payments = pay.table("payment", {
  id: uuid().primaryKey(),
  accountId: uuid().notNull(),
  orderId: uuid().notNull(),
  provider: text().notNull(),
  providerId: text(),
  currency: char({ length: 3 }).notNull(),
  amountMinor: bigint({ mode: "number" }).notNull(),
  state: text().notNull().default("created"),
  capturedMinor: bigint({ mode: "number" }).notNull().default(0),
  refundReservedMinor: bigint({ mode: "number" }).notNull().default(0),
  failureCode: text(),
  failureAttempt: text(),
  idempotencyKey: text().notNull(),
  providerSeenAt: instant(),
  createdAt: instant()
    .notNull()
    .default(sql`clock_timestamp()`),
  parkedReason: text(),
})

export const refunds = pay.table("refund", {
  id: uuid().primaryKey(),
  accountId: uuid().notNull(),
  paymentId: uuid().notNull(),
  currency: char({ length: 3 }).notNull(),
  amountMinor: bigint({ mode: "number" }).notNull(),
  state: text().notNull().default("pending"),
  idempotencyKey: text().notNull(),
  providerId: text(),
  reason: text().notNull(),
  createdAt: instant()
    .notNull()
    .default(sql`clock_timestamp()`),
  askedAt: instant(),
})

export const providerCalls = pay.table("provider_call", {
  id: bigint({ mode: "number" }).generatedAlwaysAsIdentity().primaryKey(),
  accountId: uuid().notNull(),
  subjectType: text().notNull(),
  subjectId: uuid().notNull(),
  op: text().notNull(),
  idempotencyKey: text().notNull(),
  requestHash: bytea().notNull(),
  attempt: integer().notNull(),
  startedAt: instant()
    .notNull()
    .default(sql`clock_timestamp()`),
  finishedAt: instant(),
  httpStatus: integer(),
  outcome: text(),
  providerRequestId: text(),
  error: text(),
})

export const walletDomains = pay.table("wallet_domain", {
  domain: text().primaryKey(),
  status: text().notNull().default("pending"),
  providerId: text(),
  error: text(),
  checkedAt: instant(),
})

export const webhookInbox = pay.table(
  "webhook_inbox",
  {
    provider: text().notNull(),
    eventId: text().notNull(),
    type: text().notNull(),
    objectId: text(),
    livemode: boolean().notNull(),
    providerCreatedAt: instant().notNull(),
    receivedAt: instant()
      .notNull()
      .default(sql`clock_timestamp()`),
    deliveries: integer().notNull().default(1),
    state: text().notNull().default("received"),
    appliedAt: instant(),
    error: text(),
  },
  (table) => [primaryKey({ columns: [table.provider, table.eventId] })],
)

const marketing = pgSchema("marketing")

export const touches = marketing.table(
  "touch",
  {
    cartId: uuid().notNull(),
    accountId: uuid().notNull(),
    seq: integer().notNull(),
    at: instant().notNull(),
    source: text(),
    medium: text(),
    campaign: text(),
    content: text(),
    term: text(),
    clickIds: jsonb().notNull().default({}),
    ref: text(),
    customerReferralCode: text(),
    accessCode: text(),
    referrer: text(),
    landingPage: text(),
    fingerprint: bytea().notNull(),
  },
  (table) => [primaryKey({ columns: [table.cartId, table.seq] })],
)

export const conversions = marketing.table(
  "conversion",
  {
    orderId: uuid().notNull(),
    accountId: uuid().notNull(),
    destination: text().notNull(),
    state: text().notNull().default("pending"),
    outcome: text(),
    handedOutAt: instant(),
    acknowledgedAt: instant(),
  },
  (table) => [primaryKey({ columns: [table.orderId, table.destination] })],
)

export const visits = marketing.table(
  "visit",
  {
    accountId: uuid().notNull(),
    visitId: uuid().notNull(),
    eventSlug: text().notNull().default(""),
    at: instant().notNull(),
    currency: char({ length: 3 }).notNull(),
    source: text(),
    medium: text(),
    campaign: text(),
    content: text(),
    term: text(),
    clickIds: jsonb().notNull().default({}),
    ref: text(),
    referrer: text(),
    landingPage: text(),
  },
  (table) => [primaryKey({ columns: [table.accountId, table.visitId, table.eventSlug] })],
)

export const oldVisits = marketing.table("old_visit", {
  accountId: uuid().notNull(),
  day: date().notNull(),
  eventSlug: text().notNull(),
  currency: char({ length: 3 }).notNull(),
  source: text(),
  medium: text(),
  campaign: text(),
  content: text(),
  term: text(),
  clickIds: jsonb().notNull(),
  ref: text(),
  referrer: text(),
  landingPage: text(),
  count: bigint({ mode: "number" }).notNull(),
})

export const steps = marketing.table(
  "step",
  {
    cartId: uuid().notNull(),
    accountId: uuid().notNull(),
    step: text().notNull(),
    eventSlug: text().notNull().default(""),
    at: instant().notNull(),
    currency: char({ length: 3 }).notNull(),
  },
  (table) => [primaryKey({ columns: [table.cartId, table.step, table.eventSlug] })],
)

export const reportDays = marketing.table(
  "report_day",
  {
    accountId: uuid().notNull(),
    day: date().notNull(),
    rev: bigint({ mode: "number" }).notNull().default(1),
    foldedRev: bigint({ mode: "number" }).notNull().default(0),
    foldedAt: instant(),
    tookMs: integer().notNull().default(0),
  },
  (table) => [primaryKey({ columns: [table.accountId, table.day] })],
)

export const reportZones = marketing.table("report_zone", {
  accountId: uuid().primaryKey(),
  timeZone: text().notNull(),
})

export const showSales = marketing.table(
  "show_sale",
  {
    accountId: uuid().notNull(),
    eventSlug: text().notNull(),
    currency: char({ length: 3 }).notNull(),
    day: date().notNull(),
    startsAt: instant().notNull(),
    startsLocal: localDateTime().notNull(),
    daysBefore: integer().notNull(),
    tickets: integer().notNull(),
    soldMinor: bigint({ mode: "number" }).notNull(),
  },
  (table) => [
    primaryKey({
      columns: [
        table.accountId,
        table.eventSlug,
        table.currency,
        table.day,
        table.startsAt,
        table.startsLocal,
        table.daysBefore,
      ],
    }),
  ],
)

export const rollups = marketing.table(
  "rollup",
  {
    accountId: uuid().notNull(),
    day: date().notNull(),
    currency: char({ length: 3 }).notNull(),
    model: text().notNull(),
    dimension: text().notNull(),
    eventSlug: text().notNull().default(""),
    rows: jsonb().notNull(),
  },
  (table) => [
    primaryKey({
      columns: [
        table.accountId,
        table.model,
        table.dimension,
        table.eventSlug,
        table.day,
        table.currency,
      ],
    }),
  ],
)

export const savedViews = marketing.table("saved_view", {
  id: uuid().primaryKey(),
  accountId: uuid().notNull(),
  name: text().notNull(),
  query: text().notNull(),
  createdAt: instant()
    .notNull()
    .default(sql`clock_timestamp()`),
})

export const secrets = ops.table("secret", {
  name: text().primaryKey(),
  value: text().notNull(),
  createdAt: instant()
    .notNull()
    .default(sql`clock_timestamp()`),
})

export const members = org.table(
  "member",
  {
    accountId: uuid().notNull(),
    personId: uuid().notNull(),
    role: text().notNull(),
    joinedAt: instant()
      .notNull()
      .default(sql`clock_timestamp()`),
  },
  (table) => [primaryKey({ columns: [table.accountId, table.personId] })],
)

export const invitations = org.table("invitation", {
  id: uuid().primaryKey(),
  accountId: uuid().notNull(),
  email: text().notNull(),
  role: text().notNull(),
  tokenHash: bytea(),
  invitedBy: uuid().notNull(),
  createdAt: instant()
    .notNull()
    .default(sql`clock_timestamp()`),
  expiresAt: instant().notNull(),
  acceptedAt: instant(),
  withdrawnAt: instant(),
})

export const audits = org.table("audit", {
  pos: bigint({ mode: "number" }).generatedAlwaysAsIdentity().primaryKey(),
  accountId: uuid().notNull(),
  at: instant()
    .notNull()
    .default(sql`clock_timestamp()`),
  personId: uuid(),
  action: text().notNull(),
  subject: text().notNull(),
  before: jsonb(),
  after: jsonb(),
})

const auth = pgSchema("auth")

/** better-auth gives and takes `Date`s. */
const moment = () => timestamp({ withTimezone: true, mode: "date" })

export const people = auth.table("person", {
  id: uuid().primaryKey(),
  name: text().notNull(),
  email: text().notNull(),
  emailVerified: boolean().notNull(),
  image: text(),
  createdAt: moment().notNull(),
  updatedAt: moment().notNull(),
})

export const sessions = auth.table("session", {
  id: uuid().primaryKey(),
  personId: uuid().notNull(),
  token: text().notNull(),
  expiresAt: moment().notNull(),
  ipAddress: text(),
  userAgent: text(),
  createdAt: moment().notNull(),
  updatedAt: moment().notNull(),
})

export const credentials = auth.table("credential", {
  id: uuid().primaryKey(),
  personId: uuid().notNull(),
  accountId: text().notNull(),
  providerId: text().notNull(),
  accessToken: text(),
  refreshToken: text(),
  idToken: text(),
  accessTokenExpiresAt: moment(),
  refreshTokenExpiresAt: moment(),
  scope: text(),
  password: text(),
  createdAt: moment().notNull(),
  updatedAt: moment().notNull(),
})

export const verifications = auth.table("verification", {
  id: uuid().primaryKey(),
  identifier: text().notNull(),
  value: text().notNull(),
  expiresAt: moment().notNull(),
  createdAt: moment().notNull(),
  updatedAt: moment().notNull(),
})

export const eventsShown = catalogue.table("event_shown", {
  eventId: uuid().primaryKey(),
  accountId: uuid().notNull(),
  changedAt: instant().notNull(),
})

export const foundEvents = org.table("found_events", {
  id: uuid().primaryKey(),
  accountId: uuid().notNull(),
  foundBy: text().notNull(),
  source: text().notNull(),
  found: jsonb().notNull(),
  createdAt: instant().notNull(),
  takenAt: instant(),
})

export const pageChecks = org.table(
  "page_check",
  {
    accountId: uuid().notNull(),
    widgetSlug: text().notNull(),
    address: text().notNull(),
    findings: jsonb().notNull(),
    checkedAt: instant().notNull(),
  },
  (table) => [primaryKey({ columns: [table.accountId, table.widgetSlug] })],
)
