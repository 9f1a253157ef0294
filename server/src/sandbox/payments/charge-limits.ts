import { type Answer, invalid } from "./answer.ts"

// The provider's minimum per currency, in minor units. Source: https://docs.stripe.com/currencies#minimum-and-maximum-charge-amounts
const minimumMinor: Readonly<Record<string, number>> = {
  aed: 200,
  aud: 50,
  bgn: 100,
  brl: 50,
  cad: 50,
  chf: 50,
  czk: 1500,
  dkk: 250,
  eur: 50,
  gbp: 30,
  hkd: 400,
  huf: 17500,
  inr: 50,
  jpy: 50,
  mxn: 1000,
  myr: 200,
  nok: 300,
  nzd: 50,
  pln: 200,
  ron: 200,
  sek: 300,
  sgd: 50,
  thb: 1000,
  usd: 50,
}

const maximumMinor = 99_999_999

/** Refuses an amount that is not whole, too small or too large for its currency, or a currency that cannot be charged. */
export function refusalOfAmount(
  amountMinor: number | undefined,
  currency: string,
): Answer | undefined {
  if (!isCurrency(currency)) {
    return invalid(`Invalid currency: ${currency}. Use a lower-case ISO 4217 code.`, "currency")
  }
  if (amountMinor === undefined || Number.isNaN(amountMinor)) {
    return invalid("Invalid integer: amount", "amount", "parameter_invalid_integer")
  }
  if (amountMinor < (minimumMinor[currency] ?? 1)) {
    const least = wordsOf(minimumMinor[currency] ?? 1, currency)
    return invalid(`Amount must be at least ${least}`, "amount", "amount_too_small")
  }
  if (amountMinor > maximumMinor) {
    const most = wordsOf(maximumMinor, currency)
    return invalid(`Amount must be no more than ${most}`, "amount", "amount_too_large")
  }
  return undefined
}

function isCurrency(currency: string): boolean {
  return (
    Intl.supportedValuesOf("currency").includes(currency.toUpperCase()) &&
    /^[a-z]{3}$/.test(currency)
  )
}

/** An amount as the provider's messages write it, `$0.50 usd`. */
export function wordsOf(amountMinor: number, currency: string): string {
  return `${formatted(amountMinor, currency)} ${currency}`
}

/** An amount as a person reads it. */
export function formatted(amountMinor: number, currency: string): string {
  const format = new Intl.NumberFormat("en-US", { style: "currency", currency })
  const exponent = format.resolvedOptions().maximumFractionDigits ?? 2
  return format.format(amountMinor / 10 ** exponent)
}
