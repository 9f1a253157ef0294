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
import type { Tx } from "#store/db.ts"
import { newId } from "#store/ids.ts"
import { holdOf, type HoldRow } from "#store/holds.ts"
import { stockOf, type StockRow } from "#store/inventory.ts"

// The one store that writes commands, carts, lines, holds, heads and events together: a click is one statement under one commit.

/** Lapsed holds that one transaction ends at most: well within its statement_timeout. */
const mostLapsed = 2000

/**
 * Locks and reads all that a batch of commands is about, and these variants, with `most` of their lapsed holds. See `sales.lock_batch` for the
 * order of the locks.
 */
export async function lockBatch(
  tx: Tx,
  commands: readonly CartCommand[],
  variantIds: readonly string[],
  most = mostLapsed,
): Promise<LockedBatch> {
  const { rows } = await tx.$client.query<{ batch: BatchRow }>({
    name: "lock-batch",
    text: "select sales.lock_batch($1, $2, $3, $4, $5, $6) as batch",
    values: [
      commands.map((command) => command.accountId),
      commands.map((command) => Buffer.from(command.tokenHash, "hex")),
      commands.map((command) => command.isAboutAllLines),
      commands.map((command) => command.op),
      [...new Set(variantIds)],
      most,
    ],
  })
  const batch = rows[0]?.batch
  if (!batch) throw new Error("lock_batch answered nothing")
  return lockedBatch(batch)
}

/** Writes what a batch came to, in one statement. */
export async function writeBatch(tx: Tx, batch: FoldedBatch): Promise<void> {
  const parts = [
    batch.carts.map(cartRow),
    batch.carts.flatMap(lineRows),
    batch.carts.flatMap(removedRows),
    batch.carts.flatMap(touchRows),
    batch.holds.map(holdRow),
    batch.stocks.map(stockRow),
    batch.events.map(eventRow),
    batch.commands.map(commandRow),
  ]
  if (parts.every((rows) => rows.length === 0)) return
  await tx.$client.query({
    name: "write-batch",
    text: writeStatement,
    values: parts.map((rows) => JSON.stringify(rows)),
  })
}

export type StockApplied =
  | { readonly ok: true; readonly events: readonly StockEvent[] }
  | { readonly ok: false; readonly refusal: InventoryRefusal }

/**
 * Locks the stock of these variants, in order: after carts and before orders. What moves stock locks by itself; call this first where an order
 * is to be locked between. Answers the database's clock (ISO 8601), read under the locks.
 */
export async function lockStock(tx: Tx, variantIds: readonly string[]): Promise<string> {
  return (await lockBatch(tx, [], variantIds)).now
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
    const locked = await lockBatch(tx, [], about.variantIds)
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
  return writeBatch(tx, { outcomes: [], shown: [], carts: [], commands: [], ...endFold(fold) })
}

async function liveHolds(tx: Tx, cartId: string): Promise<Hold[]> {
  const { rows } = await tx.$client.query<{ hold: HoldRow }>({
    name: "live-holds",
    text: "select to_jsonb(h) as hold from inv.hold h where cart_id = $1 and state in ('held', 'paying') order by hold_id, variant_id for update",
    values: [cartId],
  })
  return rows.map((row) => holdOf(row.hold))
}

const writeStatement = `
with new_cart as (select * from json_to_recordset($1) as t (id uuid, is_new boolean, account_id uuid, token_hash text, state text, rev bigint, region_id uuid,
    locale text, promo_code text, details jsonb, holds_expire_at timestamptz, holds_extended_at timestamptz)),
new_line as (select * from json_to_recordset($2) as t (cart_id uuid, account_id uuid, variant_id uuid, price_type_id uuid, quantity int, amount_minor bigint, position int)),
new_hold as (select * from json_to_recordset($5) as t (hold_id uuid, variant_id uuid, account_id uuid, cart_id uuid, qty int, state text, expires_at timestamptz, is_new boolean)),
opened as (
  insert into sales.cart (id, account_id, token_hash, state, rev, region_id, locale, promo_code, details, holds_expire_at, holds_extended_at)
  select id, account_id, decode(token_hash, 'hex'), state, rev, region_id, locale, promo_code, details, holds_expire_at, holds_extended_at from new_cart where is_new),
changed as (
  update sales.cart c set state = n.state, rev = n.rev, region_id = n.region_id, promo_code = n.promo_code, details = n.details,
    holds_expire_at = n.holds_expire_at, holds_extended_at = n.holds_extended_at, updated_at = clock_timestamp()
  from new_cart n where c.id = n.id and not n.is_new),
removed as (
  delete from sales.cart_line l using json_to_recordset($3) as t (cart_id uuid, price_type_id uuid)
  where l.cart_id = t.cart_id and l.price_type_id = t.price_type_id),
lines as (
  insert into sales.cart_line (cart_id, account_id, variant_id, price_type_id, quantity, amount_minor, position)
  select n.cart_id, n.account_id, n.variant_id, n.price_type_id, n.quantity, n.amount_minor,
    n.position + coalesce((select max(l.position) from sales.cart_line l where l.cart_id = n.cart_id), 0) from new_line n
  on conflict (cart_id, price_type_id) do update set quantity = excluded.quantity, amount_minor = excluded.amount_minor),
touched as (
  insert into marketing.touch (cart_id, account_id, seq, at, source, medium, campaign, content, term, click_ids, ref, customer_referral_code, access_code,
    referrer, landing_page, fingerprint)
  select cart_id, account_id, seq, at, source, medium, campaign, content, term, coalesce(click_ids, '{}'), ref, customer_referral_code, access_code,
    referrer, landing_page, decode(fingerprint, 'hex')
  from json_to_recordset($4) as t (cart_id uuid, account_id uuid, seq int, at timestamptz, source text, medium text, campaign text, content text, term text,
    click_ids jsonb, ref text, customer_referral_code text, access_code text, referrer text, landing_page text, fingerprint text)),
moved as (
  update inv.hold h set state = n.state, qty = n.qty, expires_at = n.expires_at
  from new_hold n where h.hold_id = n.hold_id and h.variant_id = n.variant_id and not n.is_new returning 1),
placed as (
  insert into inv.hold (hold_id, variant_id, account_id, cart_id, qty, state, expires_at)
  select hold_id, variant_id, account_id, cart_id, qty, state, expires_at from new_hold
  where is_new and (select count(*) from moved) >= 0), -- ends a cart's old hold before its new one: one_live_hold is checked row by row
heads as (
  update inv.variant v set capacity = n.capacity, held = n.held, sold = n.sold, version = n.version
  from json_to_recordset($6) as n (variant_id uuid, capacity int, held int, sold int, version bigint) where v.variant_id = n.variant_id),
events as (
  insert into es.event (stream, version, event_id, type, data, command_id, actor_type, actor_id)
  select stream, version, event_id, data->>'type', data, command_id, actor_type, actor_id
  from json_to_recordset($7) as t (stream text, version bigint, event_id uuid, data jsonb, command_id uuid, actor_type text, actor_id text))
insert into ops.command (scope, command_id, kind, request_hash, outcome)
select scope, command_id, kind, decode(request_hash, 'hex'), outcome
from json_to_recordset($8) as t (scope text, command_id uuid, kind text, request_hash text, outcome jsonb)`

const cartRow = ({ cart, isNew, tokenHash }: CartToWrite) => ({
  id: cart.id,
  is_new: isNew,
  account_id: cart.accountId,
  token_hash: tokenHash,
  state: cart.state,
  rev: cart.rev,
  region_id: cart.regionId,
  locale: cart.locale,
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

const holdRow = (hold: HoldToWrite) => ({
  hold_id: hold.holdId,
  variant_id: hold.variantId,
  account_id: hold.accountId,
  cart_id: hold.cartId,
  qty: hold.quantity,
  state: hold.state,
  expires_at: hold.expiresAt,
  is_new: hold.isNew,
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

type CommandRow = {
  scope: string
  command_id: string
  request_hash: string
  outcome: Outcome | null
}

function lockedBatch(batch: BatchRow): LockedBatch {
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
