import { exponentOf } from "./money.ts"

/**
 * Currencies that the payment provider does not count in ISO 4217's smallest unit, https://docs.stripe.com/currencies#special-cases: 500 is five
 * krónur or shillings to it, and five hundred ariary. Sold in one of these, everything would cost a hundredth, or a hundred times too much.
 */
const countedOtherwise: ReadonlySet<string> = new Set(["isk", "mga", "ugx"])

/**
 * Why nothing can be sold in a currency (lower-case ISO 4217); undefined when an amount in it means the same to us and to the payment provider,
 * which takes no dinar to its last digit: three decimals, and the third must be 0.
 */
export function unchargeable(currency: string): string | undefined {
  if (countedOtherwise.has(currency)) return "the payment provider counts it in another unit"
  return exponentOf(currency) > 2 ? "the payment provider rounds it to two decimals" : undefined
}
