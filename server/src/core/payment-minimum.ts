/**
 * The least that can be charged, in minor units: Stripe's minimum charge amounts, https://docs.stripe.com/currencies#minimum-and-maximum-charge-amounts.
 * They hold for the settlement currency; charges in a currency that is not listed are judged by the provider after conversion.
 */
const minimumsMinor: Readonly<Record<string, number>> = {
  aed: 200,
  aud: 50,
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

/** The least charge in a currency, minor units; 1 where none is known. */
export function paymentMinimum(currency: string): number {
  return Object.hasOwn(minimumsMinor, currency) ? (minimumsMinor[currency] ?? 1) : 1
}

/** Whether a total can be settled: nothing at all needs no payment, and anything else must reach the minimum. */
export function isPayable(totalMinor: number, currency: string): boolean {
  return totalMinor === 0 || totalMinor >= paymentMinimum(currency)
}
