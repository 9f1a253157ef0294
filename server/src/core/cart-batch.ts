import type { Cart, CartLine, ShownCart } from "#core/cart.ts"
import type {
  CartCommand,
  CartDecision,
  CartPatch,
  HeldCart,
  HoldWish,
  StockWish,
  TouchToRecord,
} from "#core/cart-change.ts"
import { hasLapsed, type Hold, minutesAfter, mostHeldPerCart } from "#core/hold.ts"
import {
  decide,
  type InventoryChanged,
  type InventoryCommand,
  remainingOf,
  type Stock,
} from "#core/inventory.ts"
import type { Outcome } from "#core/outcome.ts"
import type { Refusal } from "#core/screen.ts"
import {
  beginFold,
  changeHold,
  endFold,
  reap,
  record,
  type StockFold,
  stockIn,
  type StockToWrite,
} from "#core/stock-fold.ts"

/** What was read under the locks of a batch. */
export type LockedBatch = {
  /** ISO 8601, the database's clock after the locks. */
  readonly now: string
  readonly carts: readonly LockedCart[]
  readonly stocks: readonly Stock[]
  /** Live holds of the locked variants whose time is over, whoever's: the oldest, and all of the batch's own carts. */
  readonly lapsed: readonly Hold[]
  /** There were too many for one transaction: "sold out" is not yet true. */
  readonly hasMoreLapsed: boolean
  readonly known: readonly KnownCommand[]
}

export type LockedCart = HeldCart & {
  readonly tokenHash: string
  /** Of the touches that it has, in their order. */
  readonly fingerprints: readonly string[]
}

export type KnownCommand = {
  readonly cartId: string
  readonly op: string
  readonly requestHash: string
  /** `null` while a flow with a provider's call is between its two transactions. */
  readonly outcome: Outcome | null
}

/** What a batch came to: an outcome for each command, in order, and the rows that make them true. */
export type FoldedBatch = StockToWrite & {
  readonly outcomes: readonly Outcome[]
  /** The cart of each command as it then was; none where none was opened. */
  readonly shown: readonly (ShownCart | undefined)[]
  /** New and changed carts as they are now, with the lines that came, changed or went. */
  readonly carts: readonly CartToWrite[]
  readonly commands: readonly (KnownCommand & { readonly type: string })[]
  /** Every cart of the batch as it leaves them, written or not: what the next one would read. */
  readonly left: readonly LockedCart[]
}

export type CartToWrite = {
  readonly isNew: boolean
  readonly tokenHash: string
  readonly cart: Cart
  readonly lines: readonly (CartLine & { readonly position: number })[]
  readonly removedPriceTypeIds: readonly string[]
  readonly touches: readonly (TouchToRecord & { readonly seq: number })[]
}

type Folding = StockFold & {
  readonly now: string
  /** By cart id; the same objects are found under their account and token. */
  readonly carts: Map<string, OpenCart>
  readonly byToken: Map<string, OpenCart>
  readonly known: Map<string, KnownCommand>
  readonly commands: (KnownCommand & { readonly type: string })[]
}

type OpenCart = {
  readonly before?: LockedCart
  readonly tokenHash: string
  cart: Cart
  holds: Map<string, Hold>
  readonly fingerprints: Set<string>
  readonly touches: (TouchToRecord & { readonly seq: number })[]
}

/**
 * Runs a batch of commands, in order, over what was read under the locks. The locked variants' lapsed holds are reaped first, so that nobody
 * is told "sold out" of stock that only the clock still holds. Each command does all it wants or nothing; a refused one leaves the others alone.
 */
export function foldCartCommands(
  batch: LockedBatch,
  commands: readonly CartCommand[],
  newId: () => string,
): FoldedBatch {
  const folding = beginFolding(batch, newId)
  for (const hold of batch.lapsed) {
    reap(folding, hold)
    folding.carts.get(hold.cartId)?.holds.delete(hold.variantId)
  }
  const settled = commands.map((command) => ({
    outcome: run(folding, command),
    shown: shownCart(folding, command),
  }))
  return {
    outcomes: settled.map(({ outcome }) => outcome),
    shown: settled.map(({ shown }) => shown),
    carts: [...folding.carts.values()].flatMap((open) => cartToWrite(open)),
    commands: folding.commands,
    left: [...folding.carts.values()].map(({ tokenHash, cart, holds, fingerprints }) => ({
      tokenHash,
      cart,
      holds,
      fingerprints: [...fingerprints],
    })),
    ...endFold(folding),
  }
}

const tokenKey = (accountId: string, tokenHash: string) => `${accountId} ${tokenHash}`
const commandKey = (cartId: string, op: string) => `${cartId} ${op}`
function beginFolding(batch: LockedBatch, newId: () => string): Folding {
  const carts = batch.carts.map((before): OpenCart => ({
    before,
    tokenHash: before.tokenHash,
    cart: before.cart,
    holds: new Map(before.holds),
    fingerprints: new Set(before.fingerprints),
    touches: [],
  }))
  return {
    ...beginFold(batch.stocks, newId),
    now: batch.now,
    carts: new Map(carts.map((open) => [open.cart.id, open])),
    byToken: new Map(carts.map((open) => [tokenKey(open.cart.accountId, open.tokenHash), open])),
    known: new Map(batch.known.map((known) => [commandKey(known.cartId, known.op), known])),
    commands: [],
  }
}

function run(folding: Folding, command: CartCommand): Outcome {
  const found = folding.byToken.get(tokenKey(command.accountId, command.tokenHash))
  if (!found && command.withoutCart) return command.withoutCart
  const open = found ?? openCart(folding, command)
  const known = folding.known.get(commandKey(open.cart.id, command.op))
  const { rev, state } = open.cart
  if (known && known.requestHash !== command.requestHash) return { outcome: "op-reused" }
  if (known) return known.outcome ?? { outcome: "working", rev }
  addTouches(open, command.touches)
  // Not kept: the shopper's same click runs again once the payment has been left.
  if (state === "frozen")
    return { outcome: "refused", rev, refusal: { reason: "cart-busy-paying" } }
  const outcome: Outcome =
    state === "completed"
      ? { outcome: "refused", rev, refusal: { reason: "cart-completed" } }
      : carryOut(folding, open, command)
  keep(folding, open.cart.id, command, outcome)
  return outcome
}

function shownCart(folding: Folding, command: CartCommand): ShownCart | undefined {
  const open = folding.byToken.get(tokenKey(command.accountId, command.tokenHash))
  if (!open) return undefined
  const live = [...open.holds.values()].filter((hold) => !hasLapsed(hold, folding.now))
  return {
    cart: open.cart,
    liveHolds: new Map(live.map(({ variantId, quantity }) => [variantId, quantity])),
  }
}

function keep(folding: Folding, cartId: string, command: CartCommand, outcome: Outcome): void {
  const { op, type, requestHash } = command
  const known = { cartId, op, type, requestHash, outcome }
  folding.known.set(commandKey(cartId, op), known)
  folding.commands.push(known)
}

function openCart(folding: Folding, command: CartCommand): OpenCart {
  const { accountId, tokenHash } = command
  const { regionId, locale } = command.opening
  const cart: Cart = {
    id: folding.newId(),
    accountId,
    state: "open",
    rev: 0,
    regionId,
    locale,
    details: {},
    lines: [],
  }
  const open: OpenCart = {
    tokenHash,
    cart,
    holds: new Map(),
    fingerprints: new Set(),
    touches: [],
  }
  folding.carts.set(cart.id, open)
  folding.byToken.set(tokenKey(accountId, tokenHash), open)
  return open
}

function addTouches(open: OpenCart, touches: readonly TouchToRecord[]): void {
  for (const touch of touches) {
    if (open.fingerprints.has(touch.fingerprint)) continue
    open.fingerprints.add(touch.fingerprint)
    open.touches.push({ ...touch, seq: open.fingerprints.size })
  }
}

/** The change itself: stock first, because it alone can still refuse. A cart that stays as it is is not written. */
function carryOut(folding: Folding, open: OpenCart, command: CartCommand): Outcome {
  const before = open.cart
  const decision = command.change({ cart: before, holds: open.holds }, folding.now)
  const stock = grant(folding, open, command, decision)
  if (stock.refusal && !stock.isPartial)
    return { outcome: "refused", rev: before.rev, refusal: stock.refusal }
  const after = patched(open.cart, decision.patch)
  const isShown = stock.isChanged || isShownOtherwise(before, after, decision)
  if (isShown) open.cart = { ...after, rev: before.rev + 1 }
  else if (decision.patch?.details) open.cart = after
  const refusal = stock.refusal ?? decision.refusal
  const { rev } = open.cart
  return refusal ? { outcome: "refused", rev, refusal } : { outcome: "done", rev }
}

type Granted = {
  readonly isChanged: boolean
  readonly refusal?: Refusal
  readonly isPartial?: boolean
}

function grant(
  folding: Folding,
  open: OpenCart,
  command: CartCommand,
  { wish }: CartDecision,
): Granted {
  if (!wish) return { isChanged: false }
  return wish.type === "extend"
    ? { isChanged: extend(folding, open, command.opening.holdMinutes) }
    : place(folding, open, command, wish)
}

function place(
  folding: Folding,
  open: OpenCart,
  command: CartCommand,
  { variants, mode }: Extract<StockWish, { type: "hold" }>,
): Granted {
  const plans = variants.map((wish) => plan(folding, open, wish))
  const refused = plans.find((each) => !each.ok)
  if (refused && mode === "all") return { isChanged: false, ...pickRefusal(refused) }
  const granted = plans.flatMap((each) => (each.ok ? each.steps : []))
  if (isTooMany(open, granted)) return { isChanged: false, refusal: { reason: "too-many-holds" } }
  const deadline = deadlineFor(folding, open, command.opening.holdMinutes, granted)
  const by = { commandId: command.op, actor: { type: "cart", id: open.cart.id } } as const
  for (const step of granted) {
    record(folding, step.command.variantId, step.events, by)
    setHold(folding, open, { ...step, expiresAt: deadline.holdsExpireAt ?? folding.now })
  }
  const isChanged = granted.length > 0
  if (isChanged) open.cart = withDeadline(open, deadline)
  return refused ? { isChanged, isPartial: true, ...pickRefusal(refused) } : { isChanged }
}

type Step = {
  readonly command: Extract<InventoryCommand, { type: "PlaceHold" | "ReleaseHold" }>
  readonly events: readonly InventoryChanged[]
  readonly quantity: number
}

type Plan =
  | { readonly ok: true; readonly steps: readonly Step[] }
  | { readonly ok: false; readonly refusal: Refusal }

const pickRefusal = (each: Plan): { refusal?: Refusal } =>
  each.ok ? {} : { refusal: each.refusal }

/** What one variant's hold must do to become the wished quantity; nothing is changed yet. */
function plan(folding: Folding, open: OpenCart, wish: HoldWish): Plan {
  const { variantId, quantity } = wish
  const hold = open.holds.get(variantId)
  const held = hold?.quantity ?? 0
  if (quantity === held) return { ok: true, steps: [] }
  const stock = stockIn(folding, variantId)
  const holdId = hold?.holdId ?? folding.newId()
  const command =
    quantity > held
      ? ({ type: "PlaceHold", variantId, holdId, quantity: quantity - held } as const)
      : ({
          type: "ReleaseHold",
          variantId,
          holdId,
          quantity: held - quantity,
          reason: "released",
        } as const)
  const decision = decide(stock, command)
  if (decision.ok) return { ok: true, steps: [{ command, events: decision.events, quantity }] }
  const { title } = wish
  if (decision.refusal.reason !== "sold-out")
    return { ok: false, refusal: { reason: "not-on-sale", title } }
  const remaining = Math.max(0, remainingOf(stock) + held - wish.otherQuantity)
  return { ok: false, refusal: { reason: "sold-out", title, remaining } }
}

function isTooMany(open: OpenCart, steps: readonly Step[]): boolean {
  const after = new Map([...open.holds.values()].map((hold) => [hold.variantId, hold.quantity]))
  for (const { command, quantity } of steps) after.set(command.variantId, quantity)
  const held = [...after.values()].reduce((sum, quantity) => sum + quantity, 0)
  return held > mostHeldPerCart && steps.some(({ command }) => command.type === "PlaceHold")
}

type Deadline = Pick<Cart, "holdsExpireAt" | "holdsExtendedAt">

/** One deadline per cart, set by its first hold: while anything is held it stands; later holds take it. */
function deadlineFor(
  folding: Folding,
  open: OpenCart,
  holdMinutes: number,
  steps: readonly Step[],
): Deadline {
  const live = [...open.holds.values()].find((hold) => !hasLapsed(hold, folding.now))
  if (live) {
    const { holdsExtendedAt } = open.cart
    return { holdsExpireAt: live.expiresAt, ...(holdsExtendedAt && { holdsExtendedAt }) }
  }
  const isPlacing = steps.some(({ command }) => command.type === "PlaceHold")
  return isPlacing ? { holdsExpireAt: minutesAfter(folding.now, holdMinutes) } : {}
}

function withDeadline(open: OpenCart, deadline: Deadline): Cart {
  const { holdsExpireAt: _, holdsExtendedAt: __, ...cart } = open.cart
  return open.holds.size > 0 ? { ...cart, ...deadline } : cart
}

function extend(folding: Folding, open: OpenCart, holdMinutes: number): boolean {
  if (open.cart.holdsExtendedAt || open.holds.size === 0) return false
  const later = minutesAfter(folding.now, holdMinutes)
  const isLater = later > (open.cart.holdsExpireAt ?? "")
  const holdsExpireAt = isLater ? later : open.cart.holdsExpireAt
  open.cart = {
    ...open.cart,
    holdsExtendedAt: folding.now,
    ...(holdsExpireAt && { holdsExpireAt }),
  }
  if (!isLater) return true
  for (const hold of open.holds.values()) {
    if (hasLapsed(hold, folding.now)) continue
    const extended = { ...hold, expiresAt: later }
    open.holds.set(hold.variantId, extended)
    changeHold(folding, extended)
  }
  return true
}

function setHold(
  folding: Folding,
  open: OpenCart,
  { command, quantity, expiresAt }: Step & { readonly expiresAt: string },
): void {
  const { variantId, holdId } = command
  const before = open.holds.get(variantId)
  const { id: cartId, accountId } = open.cart
  if (quantity === 0 && before) {
    open.holds.delete(variantId)
    changeHold(folding, { ...before, state: "released" })
    return
  }
  const fresh = { holdId, variantId, accountId, cartId, expiresAt, state: "held" } as const
  const hold: Hold = { ...(before ?? fresh), quantity }
  open.holds.set(variantId, hold)
  changeHold(folding, hold, !before)
}

function patched(cart: Cart, patch: CartPatch | undefined): Cart {
  if (!patch) return cart
  const { promoCode: before, ...rest } = cart
  const promoCode = patch.promoCode === undefined ? before : (patch.promoCode ?? undefined)
  return {
    ...rest,
    ...(promoCode !== undefined && { promoCode }),
    ...(patch.lines && { lines: patch.lines }),
    ...(patch.regionId && { regionId: patch.regionId }),
    ...(patch.details && { details: patch.details }),
    ...(cart.state === "expired" && { state: "open" }),
  }
}

/** Whether the shopper sees, or agrees to, something else than before. */
function isShownOtherwise(before: Cart, after: Cart, { patch }: CartDecision): boolean {
  const shown = (cart: Cart) => [
    cart.regionId,
    cart.promoCode,
    cart.lines.map(lineKey),
    patch?.areDetailsShown
      ? Object.keys(cart.details)
          .sort()
          .map((name) => [name, cart.details[name]])
      : [],
  ]
  return JSON.stringify(shown(before)) !== JSON.stringify(shown(after))
}

const lineKey = (line: CartLine) => `${line.priceTypeId} ${line.quantity} ${line.amountMinor ?? ""}`

function cartToWrite({ before, tokenHash, cart, touches }: OpenCart): CartToWrite[] {
  if (cart === before?.cart && touches.length === 0) return []
  const known = new Map(before?.cart.lines.map((line) => [line.priceTypeId, lineKey(line)]))
  const present = new Set(cart.lines.map((line) => line.priceTypeId))
  return [
    {
      isNew: !before,
      tokenHash,
      cart,
      touches,
      lines: cart.lines
        .map((line, index) => ({ ...line, position: index + 1 }))
        .filter((line) => known.get(line.priceTypeId) !== lineKey(line)),
      removedPriceTypeIds: [...known.keys()].filter((id) => !present.has(id)),
    },
  ]
}
