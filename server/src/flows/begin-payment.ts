import { randomBytes } from "node:crypto"
import type { CommandData } from "@foyer/shared/protocol"
import { audienceRefusal } from "#core/audience.ts"
import type { Cart, ShownCart } from "#core/cart.ts"
import { codeBytes, orderNumber } from "#core/codes.ts"
import { checkDetails } from "#core/details.ts"
import { minutesAfter, payingGraceMinutes } from "#core/hold.ts"
import type { Outcome } from "#core/outcome.ts"
import type { Payment } from "#core/payment.ts"
import { type OrderSnapshot, snapshotOrder } from "#core/place-order.ts"
import { priceCart } from "#core/price-cart.ts"
import type { PricedCart } from "#core/priced-cart.ts"
import { checkOrder } from "#core/purchase-limits.ts"
import type { Refusal } from "#core/screen.ts"
import type { Promotion, Region, Storefront } from "#core/storefront.ts"
import { fulfilOrder } from "#flows/fulfil-order.ts"
import type { PaymentDeps } from "#flows/payment-deps.ts"
import { promotionFacts } from "#flows/promotion-facts.ts"
import type { OpenedCall } from "#flows/provider-call.ts"
import type { ShopperCommand } from "#flows/shopper-command.ts"
import { openIntentCall, retrieve, type Submitted, submitPayment } from "#flows/submit-payment.ts"
import { findCartById, freezeCart, lockCart, tokenHash } from "#store/carts.ts"
import { readClock } from "#store/clock.ts"
import { cartScope, findCommand, finishCommand, insertCommand } from "#store/commands.ts"
import { type Tx, withTx } from "#store/db.ts"
import { beginPaying } from "#store/holds.ts"
import { newId } from "#store/ids.ts"
import {
  appendOrderEvent,
  findOrder,
  insertOrder,
  isOrderNumberTaken,
  type KeptOrder,
} from "#store/orders.ts"
import { findPayment, findPaymentOfOrder, insertPayment, savePayment } from "#store/payments.ts"
import { claimPromotionUse, insertRedemption, lockPromotion } from "#store/promotions.ts"
import { lockStock } from "#store/stock-commit.ts"

export type PayCommand = ShopperCommand<CommandData<"pay">>

/** What the shopper's browser confirms with the provider. Fetched each time, stored nowhere. */
export type PaymentToConfirm = {
  readonly clientSecret: string
  readonly amountMinor: number
  readonly currency: string
}

export type Begun = { readonly outcome: Outcome; readonly confirm?: PaymentToConfirm }

/** How step A ended: with the answer, or with a payment that has to be brought to the provider. */
type Placed =
  | { readonly placed: "answered"; readonly outcome: Outcome }
  | {
      readonly placed: "payment"
      readonly payment: Payment
      readonly rev: number
      readonly call?: OpenedCall
    }

/** Thrown to roll step A back: a hold ended between the look at it and the lock on it. */
const holdsLost = new Error("a hold ended while its cart was about to be paid")

/**
 * The click on Pay: what is in the cart becomes an order, priced once more, for exactly the amount that the shopper saw; the cart is frozen
 * and its holds are kept; the provider is asked for the payment. Three steps, see `provider-call.ts`. A free order is paid at once and no
 * provider hears of it. Paying a frozen cart again goes on with the same order and the same payment.
 *
 * Refuses `price-changed` (with the total as it is now), `promo-refused`, `details-incomplete`, `holds-expired`, the limits of `checkOrder`,
 * `cart-empty`, `cart-completed`, `payment-processing`, `payment-unavailable`.
 */
export async function beginPayment(deps: PaymentDeps, shopper: PayCommand): Promise<Begun> {
  const placed = await placeOnce(deps, shopper)
  if (placed.placed === "answered") return { outcome: placed.outcome }
  const { payment, call } = placed
  const isKnown = payment.providerId !== undefined
  const submitted = isKnown
    ? await retrieve(deps, payment, "socket")
    : await submitPayment(deps, payment, "socket", call)
  return answer(deps, shopper, placed, submitted)
}

async function placeOnce(deps: PaymentDeps, shopper: PayCommand): Promise<Placed> {
  try {
    return await withTx(deps.pool, (tx) => place(deps, tx, shopper))
  } catch (error) {
    if (error !== holdsLost) throw error
    return withTx(deps.pool, (tx) => place(deps, tx, shopper))
  }
}

/** Step A, in one transaction. */
async function place(deps: PaymentDeps, tx: Tx, shopper: PayCommand): Promise<Placed> {
  const accountId = shopper.shop.account.id
  const shown = shopper.token ? await lockCart(tx, accountId, tokenHash(shopper.token)) : undefined
  if (!shown) return answered(refused(0, { reason: "cart-empty" }))
  const key = { scope: cartScope(shown.cart.id), commandId: shopper.op }
  const { type: kind, requestHash } = shopper
  const known = await findCommand(tx, key, requestHash)
  if (known && !known.isSameRequest) return answered({ outcome: "op-reused" })
  if (known && !isGoingOn(known.outcome, shown.cart))
    return answered(known.outcome ?? refused(shown.cart.rev, { reason: "payment-unavailable" }))
  if (!known) await insertCommand(tx, key, { kind, requestHash })
  const placed = await placeCart(deps, tx, shopper, shown, known !== undefined)
  if (placed.placed === "answered") await finishCommand(tx, key, placed.outcome)
  return placed
}

/** The same click again, while what it began is still there: the secret is fetched again, as for a second click. */
function isGoingOn(outcome: Outcome | undefined, cart: Cart): boolean {
  return cart.state !== "open" && (!outcome || outcome.outcome === "done")
}

async function placeCart(
  deps: PaymentDeps,
  tx: Tx,
  shopper: PayCommand,
  shown: ShownCart,
  isReplay: boolean,
): Promise<Placed> {
  const { rev, state } = shown.cart
  switch (state) {
    case "open":
      return placeOpen(deps, tx, shopper, shown)
    case "frozen":
      return payAgain(tx, shopper, shown.cart)
    case "expired":
      return answered(refused(rev, { reason: "holds-expired" }))
    case "completed":
      return answered(
        isReplay ? { outcome: "done", rev } : refused(rev, { reason: "cart-completed" }),
      )
  }
}

/** The same order, the same payment: a decline, a reload, a second tab. */
async function payAgain(tx: Tx, { data, base }: PayCommand, cart: Cart): Promise<Placed> {
  const { rev, accountId, orderId = "" } = cart
  const order = await findOrder(tx, accountId, orderId)
  const payment = await findPaymentOfOrder(tx, accountId, orderId)
  if (!order || !payment) throw new Error(`cart ${cart.id} is frozen without a payment`)
  const isAgreed =
    (base === rev || base === order.cartRev) &&
    data.amountMinor === order.totalMinor &&
    data.currency === order.currency
  if (!isAgreed)
    return answered(refused(rev, { reason: "price-changed", totalMinor: order.totalMinor }))
  if (payment.parkedReason) return answered(refused(rev, { reason: "payment-unavailable" }))
  if (payment.state === "processing")
    return answered(refused(rev, { reason: "payment-processing" }))
  if (payment.state === "failed") await savePayment(tx, payment.id, { state: "submitting" })
  return { placed: "payment", payment, rev }
}

async function placeOpen(
  deps: PaymentDeps,
  tx: Tx,
  shopper: PayCommand,
  { cart, liveHolds }: ShownCart,
): Promise<Placed> {
  const shop = await deps.storefronts.fresh(tx, cart.accountId)
  const region = shop.regions.find((each) => each.id === cart.regionId) ?? shop.regions[0]
  const now = await readClock(tx)
  const facts = await promotionFacts(tx, shop, cart)
  const priced = priceCart(shop, cart, { region, now, ...facts })
  const refusal = refusalOf(shopper, { shop, cart, priced, liveHolds })
  if (refusal) return answered(refused(cart.rev, refusal))
  const promotion = priced.promotion?.promotion
  // A free order takes its stock at once, and whoever has a promotion must not wait for stock.
  if (priced.totalMinor === 0) await lockStock(tx, variantIdsOf(priced))
  const notClaimed = promotion && (await claimRefusal(tx, shop, cart, promotion))
  if (notClaimed) return answered(refused(cart.rev, notClaimed))
  const snapshot = await snapshotNow(tx, { shop, cart, priced, region, now })
  const deadline = deadlineOf(cart, now)
  await insertOrder(tx, snapshot, deadline)
  if (promotion) await insertRedemption(tx, snapshot.order, promotion.id)
  await appendOrderEvent(tx, snapshot.order.id, {
    eventId: newId(),
    type: "OrderPlaced",
    data: { cartId: cart.id, cartRev: cart.rev, totalMinor: priced.totalMinor },
    actor: "shopper",
    commandId: shopper.op,
  })
  const order = { ...snapshot.order, cartId: cart.id, cartRev: cart.rev, expiresAt: deadline }
  return priced.totalMinor === 0
    ? giveFree(deps, tx, shopper, cart, order)
    : freeze(deps, tx, cart, order)
}

/** Claims one use for the order, or says why there is none for it. */
async function claimRefusal(
  tx: Tx,
  shop: Storefront,
  cart: Cart,
  { id, code, audience }: Promotion,
): Promise<Refusal | undefined> {
  if (audience?.who === "first-time") {
    // Two carts of one buyer may pay at the same moment: the second waits here and then sees the claim of the first.
    await lockPromotion(tx, id)
    const why = audienceRefusal(audience, (await promotionFacts(tx, shop, cart)).buyer)
    if (why) return { reason: "promo-refused", code, why }
  }
  const isClaimed = await claimPromotionUse(tx, id)
  return isClaimed ? undefined : { reason: "promo-refused", code, why: "used-up" }
}

type Checked = {
  readonly shop: Storefront
  readonly cart: Cart
  readonly priced: PricedCart
  readonly liveHolds: ShownCart["liveHolds"]
}

function refusalOf(
  { data, base }: PayCommand,
  { shop, cart, priced, liveHolds }: Checked,
): Refusal | undefined {
  const { totalMinor, currency } = priced
  if (cart.lines.length === 0) return { reason: "cart-empty" }
  const isAgreed =
    base === cart.rev && data.amountMinor === totalMinor && data.currency === currency
  if (!isAgreed) return changedPrice(base === cart.rev, priced)
  const limit = checkOrder(priced, shop)
  if (limit) return limit
  if (checkDetails(cart.details, shop, priced).length > 0) return { reason: "details-incomplete" }
  return isAllHeld(wantedOf(priced), liveHolds) ? undefined : { reason: "holds-expired" }
}

/** Why the total is not what the shopper saw: the code in the cart ended, or anything else. */
function changedPrice(isSameCart: boolean, priced: PricedCart): Refusal {
  const ended = priced.promotionRefused
  if (isSameCart && ended) return { reason: "promo-refused", code: ended.code, why: ended.reason }
  return { reason: "price-changed", totalMinor: priced.totalMinor }
}

/** How much of each counted variant the cart's lines want. */
function wantedOf({ lines }: PricedCart) {
  return lines
    .filter(({ variant }) => variant.tracked)
    .map(({ variant, line }) => ({ variantId: variant.id, quantity: line.quantity }))
}

function variantIdsOf(priced: PricedCart): string[] {
  return wantedOf(priced).map(({ variantId }) => variantId)
}

/** Whether every counted unit is set aside for this cart, now. */
function isAllHeld(
  wanted: readonly { readonly variantId: string; readonly quantity: number }[],
  liveHolds: ShownCart["liveHolds"],
): boolean {
  const left = new Map(liveHolds)
  for (const { variantId, quantity } of wanted)
    left.set(variantId, (left.get(variantId) ?? 0) - quantity)
  return [...left.values()].every((quantity) => quantity >= 0)
}

/** Until when a submitted payment keeps its stock: longer than the cart's own deadline, whenever the click came. */
function deadlineOf({ holdsExpireAt = "" }: Cart, now: string): string {
  return minutesAfter(holdsExpireAt > now ? holdsExpireAt : now, payingGraceMinutes)
}

async function snapshotNow(
  tx: Tx,
  from: Omit<Checked, "liveHolds"> & { readonly region: Region; readonly now: string },
): Promise<OrderSnapshot> {
  const { shop, cart, priced, region, now } = from
  const identity = {
    id: newId(),
    number: await freeNumber(tx, shop),
    publicToken: randomBytes(32).toString("base64url"),
    now,
  }
  return snapshotOrder(priced, cart, shop, region, identity)
}

/** Two orders that draw the same number in the same moment are told apart by the unique constraint; the second click then succeeds. */
async function freeNumber(tx: Tx, { account }: Storefront): Promise<string> {
  for (;;) {
    const number = orderNumber(account.orderPrefix, randomBytes(codeBytes.orderNumber))
    if (!(await isOrderNumberTaken(tx, account.id, number))) return number
  }
}

async function giveFree(
  deps: PaymentDeps,
  tx: Tx,
  shopper: PayCommand,
  cart: Cart,
  order: KeptOrder,
): Promise<Placed> {
  const facts = { order, cart, source: "socket", commandId: shopper.op } as const
  if (!(await fulfilOrder(deps, tx, facts))) throw holdsLost
  const { id: cartId, accountId } = cart
  tx.afterCommit(() => deps.live.touched({ accountId, cartId }))
  return answered({ outcome: "done", rev: cart.rev + 1 })
}

async function freeze(deps: PaymentDeps, tx: Tx, cart: Cart, order: KeptOrder): Promise<Placed> {
  await keepHolds(tx, cart, order)
  await freezeCart(tx, cart.id, order.id)
  const id = newId()
  await insertPayment(tx, {
    id,
    accountId: cart.accountId,
    orderId: order.id,
    provider: deps.payments.name,
    currency: order.currency,
    amountMinor: order.totalMinor,
    idempotencyKey: `pay:${cart.id}:${cart.rev}`,
  })
  const payment = await findPayment(tx, id)
  if (!payment) throw new Error(`payment ${id} was not written`)
  const call = await openIntentCall(tx, payment, order.number)
  if (call === "busy") throw new Error(`payment ${id} is new and yet waited for`)
  const { id: cartId, accountId } = cart
  tx.afterCommit(() => deps.live.touched({ accountId, cartId }))
  return { placed: "payment", payment, rev: cart.rev + 1, call }
}

/** Variants are not locked: no number of theirs changes, and whoever reaps a hold locks the hold too. */
async function keepHolds(tx: Tx, cart: Cart, order: KeptOrder): Promise<void> {
  await beginPaying(tx, cart.id, order.expiresAt)
  const kept = await findCartById(tx, cart.accountId, cart.id)
  const wanted = order.lines.filter((line) => line.tracked)
  if (!kept || !isAllHeld(wanted, kept.liveHolds)) throw holdsLost
}

/** After step B: what the shopper is told, and what a replay will be told. */
async function answer(
  deps: PaymentDeps,
  shopper: PayCommand,
  { payment, rev }: Extract<Placed, { placed: "payment" }>,
  submitted: Submitted,
): Promise<Begun> {
  const order = await findOrder(deps.pool.db, payment.accountId, payment.orderId)
  if (!order) throw new Error(`payment ${payment.id} has lost its order`)
  const { accountId, cartId } = order
  const shown = await findCartById(deps.pool.db, accountId, cartId)
  const outcome = outcomeOf(submitted, shown?.cart.rev ?? rev)
  const key = { scope: cartScope(cartId), commandId: shopper.op }
  if (outcome.outcome !== "working")
    await withTx(deps.pool, (tx) => finishCommand(tx, key, outcome))
  if (submitted.submitted !== "intent" || outcome.outcome !== "done") return { outcome }
  const { state, clientSecret, amountMinor, currency } = submitted.intent
  const isForShopper = state === "requires_action" || state === "failed"
  return { outcome, ...(isForShopper && { confirm: { clientSecret, amountMinor, currency } }) }
}

function outcomeOf(submitted: Submitted, rev: number): Outcome {
  switch (submitted.submitted) {
    case "unclear":
      return { outcome: "working", rev }
    case "refused":
    case "unavailable":
      return refused(rev, { reason: "payment-unavailable" })
    case "intent":
      break
  }
  switch (submitted.intent.state) {
    case "processing":
      return refused(rev, { reason: "payment-processing" })
    case "canceled":
      return refused(rev, { reason: "payment-unavailable" })
    case "requires_action":
    case "failed":
    case "succeeded":
      return { outcome: "done", rev }
  }
}

function answered(outcome: Outcome): Placed {
  return { placed: "answered", outcome }
}

function refused(rev: number, refusal: Refusal): Outcome {
  return { outcome: "refused", rev, refusal }
}
