import { exponentOf, largestAmountMinor } from "#core/money.ts"

/** A catalogue file's amount ("25", "25.00") in minor units; undefined when it is none of this currency. */
export function minorFrom(text: string, currency: string): number | undefined {
  const [, whole, decimals = ""] = /^(\d{1,9})(?:\.(\d{1,4}))?$/.exec(text) ?? []
  const exponent = exponentOf(currency)
  if (whole === undefined || decimals.length > exponent) return undefined
  const minor = Number(whole + decimals.padEnd(exponent, "0"))
  return minor <= largestAmountMinor ? minor : undefined
}
