import type { CartLine } from "#core/cart.ts"
import { feeOf, lineFee } from "#core/fee.ts"
import { add, multiply, subtract } from "#core/money.ts"
import { findOffer, hasEnded, type Offer } from "#core/offer.ts"
import type {
  PricedCart,
  PricedLine,
  PricingContext,
  PromotionRefusal,
  TaxLine,
} from "#core/priced-cart.ts"
import { applyPromotion, findPromotion, type PromotionResult } from "#core/promotion.ts"
import type { PriceType, Storefront } from "#core/storefront.ts"
import { addedTax, includedTax, rateKey, ratesFor, type TaxShare } from "#core/tax.ts"

/** What of a cart has a price. */
export type PriceableCart = {
  readonly lines: readonly CartLine[]
  readonly promoCode?: string | undefined
}

type Wanted = Offer & { readonly line: CartLine; readonly unitMinor: number }
type TaxedLine = { readonly priced: PricedLine; readonly taxes: readonly TaxShare[] }

/**
 * Works out every amount of a cart in the region's currency. The one place where totals come from.
 *
 * Order: unit price, fee from it, discount, tax on what is left and on the fee. A price list in which tax is included includes it in the fee,
 * too. Everything is taxed by the venue's place: nothing is shipped. Lines that are no longer sold here are set apart, never charged. A
 * line was let in while it was on sale (`purchase-limits.ts`) and keeps that promise as long as it is held; what nothing holds ends with its sale.
 */
export function priceCart(
  shop: Storefront,
  cart: PriceableCart,
  context: PricingContext,
): PricedCart {
  const { currency } = context.region
  const found = cart.lines.map((line) => ({ line, wanted: wantedLine(shop, line, context) }))
  const wanted = found.flatMap((entry) => entry.wanted ?? [])
  const promotion = promotionOf(shop, cart.promoCode, wanted, context)
  const discounts = promotion?.applies ? promotion.discountsMinor : []
  const taxed = wanted.map((line, index) => taxedLine(shop, line, discounts[index] ?? 0, currency))
  return {
    currency,
    taxIncluded: shop.taxIncluded.has(currency),
    ...totalsOf(taxed.map((line) => line.priced)),
    taxes: mergeTaxes(taxed, shop.taxIncluded.has(currency)),
    ...(promotion && promotionOutcome(cart.promoCode ?? "", promotion)),
    unavailable: found.filter((entry) => !entry.wanted).map((entry) => entry.line),
  }
}

/** The price of one unit of a price type; undefined when it is not sold in the currency. */
export function unitPrice(
  priceType: PriceType,
  currency: string,
  amountMinor?: number,
): number | undefined {
  const price = Object.hasOwn(priceType.prices, currency) ? priceType.prices[currency] : undefined
  if (!price || priceType.kind === "fixed") return price?.unitMinor
  // The least may have risen since the shopper chose: the shopper sees the new amount before paying it.
  return Math.max(price.unitMinor, amountMinor ?? price.suggestedMinor ?? price.unitMinor)
}

function wantedLine(
  shop: Storefront,
  line: CartLine,
  { region, now }: PricingContext,
): Wanted | undefined {
  const offer = findOffer(shop, line.priceTypeId)
  if (!offer || offer.showtime?.status === "canceled") return undefined
  if (!offer.variant.tracked && hasEnded(offer, now)) return undefined
  const unitMinor = unitPrice(offer.priceType, region.currency, line.amountMinor)
  return unitMinor === undefined ? undefined : { ...offer, line, unitMinor }
}

function promotionOf(
  shop: Storefront,
  code: string | undefined,
  wanted: readonly Wanted[],
  context: PricingContext,
): PromotionResult | undefined {
  if (!code) return undefined
  const promotion = findPromotion(shop, code)
  const lines = wanted.map(({ line, event, product, unitMinor }) => ({
    priceTypeId: line.priceTypeId,
    eventSlug: event.slug,
    kind: product.kind,
    unitMinor,
    quantity: line.quantity,
  }))
  return applyPromotion(promotion, lines, {
    currency: context.region.currency,
    now: context.now,
    buyer: context.buyer,
    usesSoFar: (promotion && context.promotionUses.get(promotion.id)) ?? 0,
  })
}

function promotionOutcome(
  code: string,
  result: PromotionResult,
):
  | Pick<PricedCart, "promotion">
  | { promotionRefused: { code: string; reason: PromotionRefusal } } {
  if (!result.applies) return { promotionRefused: { code, reason: result.reason } }
  const { promotion, discountsMinor } = result
  return { promotion: { promotion, discountMinor: add(...discountsMinor) } }
}

function taxedLine(
  shop: Storefront,
  wanted: Wanted,
  discountMinor: number,
  currency: string,
): TaxedLine {
  const { unitMinor, ...offered } = wanted
  const { line, event, product } = offered
  const fee = lineFee(feeOf(shop, product), unitMinor, line.quantity, currency)
  const priceMinor = subtract(multiply(unitMinor, line.quantity), discountMinor)
  const priceRates = ratesFor(shop, product.taxClassId, event.venue)
  const feeRates = ratesFor(shop, fee.taxClassId, event.venue)
  const isIncluded = shop.taxIncluded.has(currency)
  const taxOn = isIncluded ? includedTax : addedTax
  const taxes = taxOn([
    { amountMinor: priceMinor, rates: priceRates },
    { amountMinor: fee.passedMinor, rates: feeRates },
  ])
  const taxMinor = sumTax(taxes)
  const taxAddedMinor = isIncluded ? 0 : taxMinor
  const priced: PricedLine = {
    ...offered,
    unitMinor,
    discountMinor,
    feePassedMinor: fee.passedMinor,
    feeAbsorbedMinor: fee.absorbedMinor,
    taxAddedMinor,
    taxIncludedMinor: isIncluded ? taxMinor : 0,
    feeTaxAbsorbedMinor: sumTax(taxOn([{ amountMinor: fee.absorbedMinor, rates: feeRates }])),
    totalMinor: add(priceMinor, fee.passedMinor, taxAddedMinor),
  }
  return { priced, taxes }
}

function totalsOf(
  lines: readonly PricedLine[],
): Pick<
  PricedCart,
  | "lines"
  | "subtotalMinor"
  | "discountMinor"
  | "feeMinor"
  | "taxMinor"
  | "shippingMinor"
  | "totalMinor"
> {
  const shippingMinor = 0
  return {
    lines,
    subtotalMinor: add(...lines.map((line) => multiply(line.unitMinor, line.line.quantity))),
    discountMinor: add(...lines.map((line) => line.discountMinor)),
    feeMinor: add(...lines.map((line) => line.feePassedMinor)),
    taxMinor: add(...lines.map((line) => line.taxAddedMinor)),
    shippingMinor,
    totalMinor: add(shippingMinor, ...lines.map((line) => line.totalMinor)),
  }
}

/** One row a name and rate, sorted, so that two carts of the same lines show the same rows. */
function mergeTaxes(lines: readonly TaxedLine[], isIncluded: boolean): TaxLine[] {
  const merged = new Map<string, TaxLine>()
  for (const { taxes } of lines)
    for (const { name, ratePpm, taxMinor } of taxes) {
      const key = rateKey({ name, ratePpm })
      const before = merged.get(key) ?? { name, ratePpm, addedMinor: 0, includedMinor: 0 }
      merged.set(key, {
        ...before,
        addedMinor: add(before.addedMinor, isIncluded ? 0 : taxMinor),
        includedMinor: add(before.includedMinor, isIncluded ? taxMinor : 0),
      })
    }
  return [...merged.values()]
    .filter((tax) => tax.addedMinor + tax.includedMinor > 0)
    .toSorted((a, b) => a.name.localeCompare(b.name, "en") || a.ratePpm - b.ratePpm)
}

function sumTax(taxes: readonly TaxShare[]): number {
  return add(...taxes.map((tax) => tax.taxMinor))
}
