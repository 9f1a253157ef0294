/**
 * Currencies that the payment provider does not count in ISO 4217's smallest unit, https://docs.stripe.com/currencies#special-cases: 500 is five
 * krónur or shillings to it, and five hundred ariary. Sold in one of these, everything would cost a hundredth, or a hundred times too much.
 */
const countedOtherwise: ReadonlySet<string> = new Set(["isk", "mga", "ugx"])

/** Whether an amount in this currency (lower-case ISO 4217) means the same to us and to the payment provider. */
export function isChargeable(currency: string): boolean {
  return !countedOtherwise.has(currency)
}
