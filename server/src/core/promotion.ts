import { audienceRefusal, type Buyer } from "#core/audience.ts"
import { type Bogo, bogoDiscounts } from "#core/bogo.ts"
import { isAfter, isWithin } from "#core/instant.ts"
import { add, allocate, multiply, proportion, wholePpm } from "#core/money.ts"
import type { PromotionRefusal } from "#core/priced-cart.ts"
import type { ProductKind, Promotion, Storefront } from "#core/storefront.ts"

/** What a promotion looks at in a line. `unitMinor` is before any discount. */
export type DiscountableLine = {
  readonly priceTypeId: string
  readonly eventSlug: string
  readonly kind: ProductKind
  readonly unitMinor: number
  readonly quantity: number
}

/** What a code comes to. `discountsMinor` has one entry a line, never more than the line's price. */
export type PromotionResult =
  | {
      readonly applies: true
      readonly promotion: Promotion
      readonly discountsMinor: readonly number[]
    }
  | { readonly applies: false; readonly reason: PromotionRefusal }

/** Codes are kept in capitals; what is typed or pasted may not be. */
export function findPromotion(shop: Storefront, code: string): Promotion | undefined {
  return shop.promotions.get(code.trim().toUpperCase())
}

/** What of the world a code is judged by. `usesSoFar` counts orders that hold or have used it; without a `buyer` it is not known yet who buys. */
export type PromotionContext = {
  readonly currency: string
  readonly now: string
  readonly usesSoFar: number
  readonly buyer?: Buyer | undefined
}

/**
 * Takes a code's discount off the lines, or says why not. An empty cart keeps a code that is running: it comes with a link before the first ticket
 * does.
 */
export function applyPromotion(
  promotion: Promotion | undefined,
  lines: readonly DiscountableLine[],
  context: PromotionContext,
): PromotionResult {
  if (!promotion) return refused("unknown-code")
  const closed = closedReason(promotion, context.now, context.usesSoFar)
  if (closed) return refused(closed)
  const notTheirs = audienceRefusal(promotion.audience, context.buyer)
  if (notTheirs) return refused(notTheirs)
  if (lines.length === 0) return { applies: true, promotion, discountsMinor: [] }
  const targeted = lines.map((line) => isTargeted(promotion, line))
  if (!targeted.includes(true)) return refused("not-for-these-events")
  const amounts = amountsIn(promotion, context.currency)
  if (promotion.kind === "amount" && !amounts) return refused("not-in-this-currency")
  const subtotalMinor = add(...lines.map((line, index) => (targeted[index] ? priceOf(line) : 0)))
  if (subtotalMinor < (amounts?.minimumMinor ?? 0)) return refused("below-minimum")
  const discountsMinor = discountsOf(promotion, lines, targeted, amounts?.amountMinor ?? 0)
  const isTooFew = promotion.kind === "bogo" && add(...discountsMinor) === 0
  return isTooFew ? refused("too-few") : { applies: true, promotion, discountsMinor }
}

function closedReason(
  promotion: Promotion,
  now: string,
  usesSoFar: number,
): PromotionRefusal | undefined {
  if (promotion.stopped) return "expired"
  if (!isWithin(now, promotion.startsAt, promotion.endsAt)) {
    const isEarly = promotion.startsAt !== undefined && isAfter(promotion.startsAt, now)
    return isEarly ? "not-started" : "expired"
  }
  const isUsedUp = promotion.usageLimit !== undefined && usesSoFar >= promotion.usageLimit
  return isUsedUp ? "used-up" : undefined
}

function isTargeted(promotion: Promotion, line: DiscountableLine): boolean {
  const ofKind = promotion.appliesTo === "everything" || line.kind === "ticket"
  return ofKind && (promotion.eventSlugs?.includes(line.eventSlug) ?? true)
}

function discountsOf(
  promotion: Promotion,
  lines: readonly DiscountableLine[],
  targeted: readonly boolean[],
  amountMinor: number,
): number[] {
  const prices = lines.map((line, index) => (targeted[index] ? priceOf(line) : 0))
  if (promotion.kind === "percent")
    return prices.map((priceMinor) => proportion(priceMinor, promotion.percentPpm, wholePpm))
  if (promotion.bogo) return bogoOf(promotion, promotion.bogo, lines, targeted)
  if (promotion.per === "ticket")
    return lines.map((line, index) =>
      targeted[index] ? multiply(Math.min(amountMinor, line.unitMinor), line.quantity) : 0,
    )
  return allocateByLine(Math.min(amountMinor, add(...prices)), lines, prices)
}

function bogoOf(
  { percentPpm }: Promotion,
  bogo: Bogo,
  lines: readonly DiscountableLine[],
  targeted: readonly boolean[],
): number[] {
  const none = { quantity: 0 }
  const counted = lines.map((line, index) => (targeted[index] ? line : { ...line, ...none }))
  return [...bogoDiscounts(bogo, percentPpm, counted)]
}

/** The odd cent goes to the same line whatever the order of the lines, so that no total, tax included, depends on it. */
function allocateByLine(
  totalMinor: number,
  lines: readonly DiscountableLine[],
  prices: readonly number[],
): number[] {
  const order = lines
    .map((line, index) => ({ index, id: line.priceTypeId }))
    .toSorted((a, b) => (a.id < b.id ? -1 : 1))
    .map(({ index }) => index)
  const parts = allocate(
    totalMinor,
    order.map((index) => prices[index] ?? 0),
  )
  const discounts = lines.map(() => 0)
  order.forEach((index, place) => (discounts[index] = parts[place] ?? 0))
  return discounts
}

function amountsIn(
  promotion: Promotion,
  currency: string,
): { readonly amountMinor: number; readonly minimumMinor: number } | undefined {
  return Object.hasOwn(promotion.amounts, currency) ? promotion.amounts[currency] : undefined
}

function priceOf(line: DiscountableLine): number {
  return multiply(line.unitMinor, line.quantity)
}

function refused(reason: PromotionRefusal): PromotionResult {
  return { applies: false, reason }
}
