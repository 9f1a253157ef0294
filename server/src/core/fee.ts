import { add, multiply, proportion, wholePpm } from "#core/money.ts"
import type { Product, ServiceFee, Storefront } from "#core/storefront.ts"

/** The service fee of one line in minor units, on the shopper's side or on the organizer's; one of the two is 0. */
export type LineFee = {
  readonly passedMinor: number
  readonly absorbedMinor: number
  readonly taxClassId?: string
}

export function feeOf(shop: Storefront, product: Product): ServiceFee | undefined {
  return product.feeId === undefined ? undefined : shop.fees.get(product.feeId)
}

/**
 * The fee of one unit: a share of its price plus a fixed amount, a half rounded up, never above the cap. Nothing for what is free.
 * A currency the fee does not name has no fixed amount and no cap.
 */
export function unitFee(fee: ServiceFee, unitMinor: number, currency: string): number {
  if (unitMinor === 0) return 0
  const amount = Object.hasOwn(fee.amounts, currency) ? fee.amounts[currency] : undefined
  const feeMinor = add(proportion(unitMinor, fee.percentPpm, wholePpm), amount?.fixedMinor ?? 0)
  return Math.min(feeMinor, amount?.capMinor ?? feeMinor)
}

/**
 * The fee of a line. It is rounded per unit, because "+ $1.50 fee" is shown beside each ticket and two of them must cost $3.00, and it follows
 * the price before any discount: a promotion is the organizer's gift, the fee pays for the same work.
 */
export function lineFee(
  fee: ServiceFee | undefined,
  unitMinor: number,
  quantity: number,
  currency: string,
): LineFee {
  if (!fee) return { passedMinor: 0, absorbedMinor: 0 }
  const feeMinor = multiply(unitFee(fee, unitMinor, currency), quantity)
  return {
    passedMinor: fee.bearer === "shopper" ? feeMinor : 0,
    absorbedMinor: fee.bearer === "organizer" ? feeMinor : 0,
    ...(fee.taxClassId !== undefined && { taxClassId: fee.taxClassId }),
  }
}
