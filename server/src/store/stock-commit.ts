import type {
  CartToWrite,
  FoldedBatch,
  KnownCommand,
  LockedBatch,
  LockedCart,
} from "#core/cart-batch.ts"
import type { CartCommand } from "#core/cart-change.ts"
import type { Hold } from "#core/hold.ts"
import type { InventoryCommand, InventoryRefusal, Stock } from "#core/inventory.ts"
import type { Outcome } from "#core/outcome.ts"
import {
  apply,
  beginFold,
  type By,
  endFold,
  type HoldToWrite,
  reap,
  sell,
  type StockEvent,
  type StockFold,
} from "#core/stock-fold.ts"
import { type CartLineRow, cartOf, type CartRow } from "#store/carts.ts"
import { type Pool, type Statement, type Tx, withOneTrip, withTwoTrips } from "#store/db.ts"
import { newId } from "#store/ids.ts"
import { holdOf, type HoldRow } from "#store/holds.ts"
import { stockOf, type StockRow } from "#store/inventory.ts"

// The one store that writes commands, carts, lines, holds, heads and events together: a click is one statement under one commit.

/** Lapsed holds that one transaction ends at most: well within its statement_timeout. */
const mostLapsedAtOnce = 2000

/** What a batch locks and reads: the carts of its commands, their variants and these. */
export type BatchToLock = {
  readonly commands: readonly CartCommand[]
  readonly variantIds: readonly string[]
  /** Most lapsed holds that are read. */
  readonly mostLapsed?: number | undefined
}

/** When a batch was written, by the database's clock (ISO 8601), and the transaction that wrote it: a cart's row is known by it until somebody else writes it. */
export type Stamp = { readonly now: string; readonly by: string }

/**
 * A whole batch in one transaction of two round trips: locks and reads what it is about, and writes what `fold` makes of it. `onConnected` is called
 * once the database can be reached.
 */
export async function commitBatch<T>(
  pool: Pool,
  about: BatchToLock,
  fold: (locked: LockedBatch, stamp: Stamp) => { readonly value: T; readonly batch: FoldedBatch },
  onConnected: () => void,
): Promise<T> {
  const decide = (rows: readonly LockedRow[]) => {
    const locked = lockedBatch(rows)
    const { value, batch } = fold(locked, { now: locked.now, by: rows[0]?.by ?? "" })
    return { value, statement: writing(batch) }
  }
  return withTwoTrips(pool, locking(about), decide, onConnected)
}

/** What a batch that was decided from memory takes for granted. */
export type Expected = {
  /** ISO 8601. */
  readonly now: string
  /** By the transactions that wrote them last. */
  readonly carts: readonly { readonly id: string; readonly by: string }[]
  /** Accounts and tokens' hashes that have no cart. */
  readonly newCarts: readonly Pick<CartCommand, "accountId" | "tokenHash">[]
  /** Undefined: nothing counts the variant. */
  readonly stocks: ReadonlyMap<string, Stock | undefined>
}

/** A whole batch in one round trip, under the same locks, if all is as expected. Undefined: something is not, and nothing was done. */
export async function commitExpected(
  pool: Pool,
  { now, carts, newCarts, stocks }: Expected,
  batch: FoldedBatch,
): Promise<Stamp | undefined> {
  const [row] = await withOneTrip<{ stamp: Stamp | null }>(pool, {
    name: "write-expected-batch",
    text: "select sales.write_expected_batch($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20) as stamp",
    values: [
      now,
      carts.map(({ id }) => id),
      carts.map(({ by }) => by),
      newCarts.map(({ accountId }) => accountId),
      newCarts.map((cart) => Buffer.from(cart.tokenHash, "hex")),
      [...stocks.keys()],
      ...(["version", "capacity", "held", "sold"] as const).map((part) =>
        [...stocks.values()].map((stock) => stock?.[part] ?? null),
      ),
      ...partsOf(batch),
    ],
  })
  return row?.stamp ? { ...row.stamp, now: iso(row.stamp.now) } : undefined
}

/** Locks and reads all that a batch is about, with so many lapsed holds. See `sales.lock_batch` for the order of the locks. */
async function lockBatch(tx: Tx, variantIds: readonly string[]): Promise<LockedBatch> {
  const { name, text, values } = locking({ commands: [], variantIds })
  return lockedBatch((await tx.$client.query<LockedRow>({ name, text, values: [...values] })).rows)
}

function locking({ commands, variantIds, mostLapsed = mostLapsedAtOnce }: BatchToLock): Statement {
  return {
    name: "lock-batch",
    text: "select sales.lock_batch($1, $2, $3, $4, $5, $6) as batch, pg_current_xact_id()::xid::text as by",
    values: [
      commands.map((command) => command.accountId),
      commands.map((command) => Buffer.from(command.tokenHash, "hex")),
      commands.map((command) => command.isAboutAllLines),
      commands.map((command) => command.op),
      [...new Set(variantIds)],
      mostLapsed,
    ],
  }
}

/** Writes what a batch came to. */
export async function writeBatch(tx: Tx, batch: FoldedRows): Promise<void> {
  const statement = writing(batch)
  if (!statement) return
  const { name, text, values } = statement
  await tx.$client.query({ name, text, values: [...values] })
}

/** One call for all; undefined when there is nothing to write. */
function writing(batch: FoldedRows): Statement | undefined {
  const values = partsOf(batch)
  if (values.every((rows) => rows === null)) return undefined
  return {
    name: "write-batch",
    text: "select sales.write_batch($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
    values,
  }
}

type FoldedRows = Pick<FoldedBatch, "carts" | "holds" | "stocks" | "events" | "commands">

/** Each kind of row as JSON, in the order in which `sales.write_batch` takes them; null: there is none. */
function partsOf({ carts, holds, stocks, events, commands }: FoldedRows): (string | null)[] {
  return [
    carts.filter(({ isNew }) => isNew).map(newCartRow),
    carts.filter(({ isNew }) => !isNew).map(cartRow),
    carts.flatMap(removedRows),
    carts.flatMap(lineRows),
    carts.flatMap(touchRows),
    holds.filter(({ isNew }) => !isNew).map(holdRow),
    holds.filter(({ isNew }) => isNew).map(newHoldRow),
    stocks.map(stockRow),
    events.map(eventRow),
    commands.map(commandRow),
  ].map((rows) => (rows.length > 0 ? JSON.stringify(rows) : null))
}

export type StockApplied =
  | { readonly ok: true; readonly events: readonly StockEvent[] }
  | { readonly ok: false; readonly refusal: InventoryRefusal }

/**
 * Locks the stock of these variants, in order: after carts and before orders. What moves stock locks by itself; call this first where an order
 * is to be locked between. Answers the database's clock (ISO 8601), read under the locks.
 */
export async function lockStock(tx: Tx, variantIds: readonly string[]): Promise<string> {
  return (await lockBatch(tx, variantIds)).now
}

/**
 * Does commands on stock in the caller's transaction: all of them, or none and a refusal. Lapsed holds of their variants are reaped first.
 * Not for the holds of carts, which are placed and released by the lane.
 */
export async function applyStock(
  tx: Tx,
  commands: readonly Exclude<InventoryCommand, { type: "PlaceHold" | "ReleaseHold" }>[],
  by: By,
): Promise<StockApplied> {
  return move(tx, { variantIds: commands.map(({ variantId }) => variantId) }, (fold) => {
    for (const command of commands) {
      const refusal = apply(fold, command, by)
      if (refusal) return refusal
    }
    return undefined
  })
}

/** What an order takes from counted variants: at most one entry each. */
export type OrderSale = {
  readonly cartId: string
  readonly orderId: string
  readonly lines: readonly { readonly variantId: string; readonly quantity: number }[]
}

/**
 * Sells what an order names, in the caller's transaction: all of it, or none and a refusal. Live holds of the cart are used up, even past their
 * time when nobody else took the stock; what they lack is taken from what is left. Under the cart's lock.
 */
export async function sellOrder(tx: Tx, order: OrderSale, by: By): Promise<StockApplied> {
  const { cartId, orderId, lines } = order
  const variantIds = lines.map(({ variantId }) => variantId)
  return move(tx, { variantIds, cartId }, (fold, holds) => {
    for (const { variantId, quantity } of lines) {
      const refusal = sell(fold, { variantId, quantity, orderId }, holds.get(variantId), by)
      if (refusal) return refusal
    }
    return undefined
  })
}

type Move = (fold: StockFold, holds: ReadonlyMap<string, Hold>) => InventoryRefusal | undefined

type MoveAbout = { readonly variantIds: readonly string[]; readonly cartId?: string }

/** How often a move that was refused is tried again for the sake of lapsed holds that one look did not end. */
const reapingRounds = 10

/**
 * Locks, reaps, moves and writes. A refusal leaves everything as it was, but for lapsed holds that were ended on the way. `cartId`: whose holds
 * are used, and so not reaped.
 */
async function move(tx: Tx, about: MoveAbout, work: Move): Promise<StockApplied> {
  for (let round = 1; ; round++) {
    const locked = await lockBatch(tx, about.variantIds)
    const own = about.cartId ? await liveHolds(tx, about.cartId) : []
    const fold = reaped(locked, about)
    const refusal = work(fold, new Map(own.map((hold) => [hold.variantId, hold])))
    if (!refusal) {
      await writeFold(tx, fold)
      return { ok: true, events: fold.events }
    }
    if (!locked.hasMoreLapsed || round === reapingRounds) return { ok: false, refusal }
    await writeFold(tx, reaped(locked, about))
  }
}

function reaped(locked: LockedBatch, { cartId }: MoveAbout): StockFold {
  const fold = beginFold(locked.stocks, newId)
  for (const hold of locked.lapsed) if (hold.cartId !== cartId) reap(fold, hold)
  return fold
}

function writeFold(tx: Tx, fold: StockFold): Promise<void> {
  return writeBatch(tx, { carts: [], commands: [], ...endFold(fold) })
}

async function liveHolds(tx: Tx, cartId: string): Promise<Hold[]> {
  const { rows } = await tx.$client.query<{ hold: HoldRow }>({
    name: "live-holds",
    text: "select to_jsonb(h) as hold from inv.hold h where cart_id = $1 and state in ('held', 'paying') order by hold_id, variant_id for update",
    values: [cartId],
  })
  return rows.map((row) => holdOf(row.hold))
}

const newCartRow = (open: CartToWrite) => ({
  ...cartRow(open),
  account_id: open.cart.accountId,
  token_hash: open.tokenHash,
  locale: open.cart.locale,
})

const cartRow = ({ cart }: CartToWrite) => ({
  id: cart.id,
  state: cart.state,
  rev: cart.rev,
  region_id: cart.regionId,
  promo_code: cart.promoCode,
  details: cart.details,
  holds_expire_at: cart.holdsExpireAt,
  holds_extended_at: cart.holdsExtendedAt,
})

const lineRows = ({ cart, lines }: CartToWrite) =>
  lines.map((line) => ({
    cart_id: cart.id,
    account_id: cart.accountId,
    variant_id: line.variantId,
    price_type_id: line.priceTypeId,
    quantity: line.quantity,
    amount_minor: line.amountMinor,
    position: line.position,
  }))

const removedRows = ({ cart, removedPriceTypeIds }: CartToWrite) =>
  removedPriceTypeIds.map((price_type_id) => ({ cart_id: cart.id, price_type_id }))

const touchRows = ({ cart, touches }: CartToWrite) =>
  touches.map((touch) => ({
    cart_id: cart.id,
    account_id: cart.accountId,
    seq: touch.seq,
    at: touch.at,
    source: touch.source,
    medium: touch.medium,
    campaign: touch.campaign,
    content: touch.content,
    term: touch.term,
    click_ids: touch.clickIds,
    ref: touch.ref,
    customer_referral_code: touch.customerReferralCode,
    access_code: touch.accessCode,
    referrer: touch.referrer,
    landing_page: touch.landingPage,
    fingerprint: touch.fingerprint,
  }))

const newHoldRow = (hold: HoldToWrite) => ({
  ...holdRow(hold),
  account_id: hold.accountId,
  cart_id: hold.cartId,
})

const holdRow = (hold: HoldToWrite) => ({
  hold_id: hold.holdId,
  variant_id: hold.variantId,
  qty: hold.quantity,
  state: hold.state,
  expires_at: hold.expiresAt,
})

const stockRow = ({ variantId, capacity, held, sold, version }: Stock) => ({
  variant_id: variantId,
  capacity,
  held,
  sold,
  version,
})

const eventRow = ({ variantId, version, eventId, event, commandId, actor }: StockEvent) => ({
  stream: `variant-${variantId}`,
  version,
  event_id: eventId,
  data: event,
  command_id: commandId,
  actor_type: actor.type,
  actor_id: actor.id,
})

const commandRow = (command: FoldedBatch["commands"][number]) => ({
  scope: `cart:${command.cartId}`,
  command_id: command.op,
  kind: command.type,
  request_hash: command.requestHash,
  outcome: command.outcome,
})

type BatchRow = {
  now: string
  carts: CartRow[] | null
  lines: CartLineRow[] | null
  touches: [string, string][] | null
  commands: CommandRow[] | null
  variants: StockRow[] | null
  holds: HoldRow[] | null
  lapsed: HoldRow[] | null
  has_more_lapsed: boolean
}

type LockedRow = { readonly batch: BatchRow; readonly by: string }

type CommandRow = {
  scope: string
  command_id: string
  request_hash: string
  outcome: Outcome | null
}

function lockedBatch(rows: readonly LockedRow[]): LockedBatch {
  const batch = rows[0]?.batch
  if (!batch) throw new Error("lock_batch answered nothing")
  const lines = Map.groupBy(batch.lines ?? [], (line) => line.cart_id)
  const holds = Map.groupBy(batch.holds ?? [], (hold) => hold.cart_id)
  const touches = Map.groupBy(batch.touches ?? [], ([cartId]) => cartId)
  return {
    now: iso(batch.now),
    carts: (batch.carts ?? []).map((cart): LockedCart => ({
      tokenHash: hex(cart.token_hash),
      cart: cartOf(cart, lines.get(cart.id) ?? []),
      holds: new Map((holds.get(cart.id) ?? []).map((hold) => [hold.variant_id, holdOf(hold)])),
      fingerprints: (touches.get(cart.id) ?? []).map(([, fingerprint]) => hex(fingerprint)),
    })),
    stocks: (batch.variants ?? []).map(stockOf),
    lapsed: (batch.lapsed ?? []).map(holdOf),
    hasMoreLapsed: batch.has_more_lapsed,
    known: (batch.commands ?? []).map(knownOf),
  }
}

const knownOf = (row: CommandRow): KnownCommand => ({
  cartId: row.scope.slice("cart:".length),
  op: row.command_id,
  requestHash: hex(row.request_hash),
  outcome: row.outcome,
})

/** PostgreSQL writes instants with an offset and as many decimals as they need; ours all look alike, so that they compare as text. */
const iso = (instant: string) => new Date(instant).toISOString()
/** PostgreSQL writes bytes in JSON as `\x` and hexadecimal digits. */
const hex = (bytes: string) => bytes.slice(2)
