import { formatMoney } from "#core/format.ts"

/** How the console writes figures: in English, with a true minus sign. Amounts are in minor units. */
const locale = "en"

/** "$1,622.50", "−$28.00"; "CA$25.00" where another currency is in play. */
export function money(
  amountMinor: number,
  currency: string,
  style: { readonly ambiguous?: boolean; readonly short?: boolean } = {},
): string {
  return formatMoney(amountMinor, currency, locale, style).replace("-", "−")
}

/** Sums of several currencies as they are listed: the account's own first, each saying whose it is where that can be asked. */
export function sums<S extends { readonly currency: string; readonly soldMinor: number }>(
  all: readonly S[],
  own: string,
): string[] {
  const rank = ({ currency }: S) => (currency === own ? 0 : 1)
  const sorted = all.toSorted((a, b) => rank(a) - rank(b) || (a.currency < b.currency ? -1 : 1))
  const ambiguous = sorted.some(({ currency }) => currency !== own)
  return sorted.map(({ soldMinor, currency }) => money(soldMinor, currency, { ambiguous }))
}

/** A short amount for an axis: "$800", "$8k", "$1.5M". */
export function axisMoney(amountMinor: number, currency: string): string {
  const text = money(amountMinor, currency, { short: true })
  const shortened = /^(\D*)([\d,]+)$/.exec(text)
  const whole = Number(shortened?.[2]?.replaceAll(",", ""))
  if (!shortened || whole < 1000) return text
  const [size, letter] = whole < 1_000_000 ? [1000, "k"] : [1_000_000, "M"]
  return `${shortened[1]}${Number((whole / size).toFixed(2))}${letter}`
}

/** "2,037", "−4". */
export function number(value: number): string {
  return value.toLocaleString(locale).replace("-", "−")
}

/** A share of one as "4.85%"; nothing to divide by is a dash. */
export function percentOf(part: number, whole: number, decimals = 1): string {
  return whole === 0 ? "—" : `${((part / whole) * 100).toFixed(decimals).replace("-", "−")}%`
}

/** "1 ticket", "2 tickets". */
export function counted(value: number, one: string, many = `${one}s`): string {
  return `${number(value)} ${value === 1 ? one : many}`
}
