import { add, allocate, proportion, wholePpm } from "#core/money.ts"
import type { Storefront, TaxRate } from "#core/storefront.ts"

/** Where a sale is taxed. */
export type TaxPlace = { readonly country: string; readonly subdivision?: string | undefined }

/** A part of a line that one set of rates applies to: its price, or its fee. */
export type Taxable = { readonly amountMinor: number; readonly rates: readonly TaxRate[] }

/** The tax of one line under one rate, minor units. */
export type TaxShare = {
  readonly name: string
  readonly ratePpm: number
  readonly taxMinor: number
}

/** The rates of a tax class in a place: the country's and its subdivision's together (GST and PST). No class: untaxed. */
export function ratesFor(
  shop: Storefront,
  taxClassId: string | undefined,
  place: TaxPlace,
): readonly TaxRate[] {
  if (taxClassId === undefined) return []
  return shop.taxRates.filter(
    (rate) =>
      rate.taxClassId === taxClassId &&
      rate.country === place.country &&
      (rate.subdivision === undefined || rate.subdivision === place.subdivision) &&
      rate.ratePpm > 0,
  )
}

/**
 * Tax on top of the parts of one line, by rate.
 *
 * A half is rounded up, once for each line and rate: on the line, so that a line's tax stays true when a part of the order is refunded, and
 * not on the unit, which would multiply the rounding by the quantity. The Canada Revenue Agency accepts tax on each item as well as
 * on the invoice (guide RC4022); EU law leaves the choice to the member states (ECJ, C-302/07).
 */
export function addedTax(parts: readonly Taxable[]): TaxShare[] {
  return basesByRate(parts).map(({ rate, amountMinor }) => ({
    name: rate.name,
    ratePpm: rate.ratePpm,
    taxMinor: proportion(amountMinor, rate.ratePpm, wholePpm),
  }))
}

/**
 * Tax that the parts of one line already contain, by rate. Parts under the same rates are taken together; their tax is worked out as one
 * amount, rounded once, and divided among the rates by largest remainder, so that net and taxes sum to the price exactly.
 */
export function includedTax(parts: readonly Taxable[]): TaxShare[] {
  return partsBySameRates(parts).flatMap(({ rates, amountMinor }) => {
    const togetherPpm = add(...rates.map((rate) => rate.ratePpm))
    const taxMinor = proportion(amountMinor, togetherPpm, wholePpm + togetherPpm)
    const shares = allocate(
      taxMinor,
      rates.map((rate) => rate.ratePpm),
    )
    return rates.map((rate, index) => ({
      name: rate.name,
      ratePpm: rate.ratePpm,
      taxMinor: shares[index] ?? 0,
    }))
  })
}

function basesByRate(parts: readonly Taxable[]): { rate: TaxRate; amountMinor: number }[] {
  const bases = new Map<string, { rate: TaxRate; amountMinor: number }>()
  for (const part of parts)
    for (const rate of part.rates) {
      const key = rateKey(rate)
      const known = bases.get(key)?.amountMinor ?? 0
      bases.set(key, { rate, amountMinor: add(known, part.amountMinor) })
    }
  return [...bases.values()]
}

function partsBySameRates(parts: readonly Taxable[]): Taxable[] {
  const merged = new Map<string, Taxable>()
  for (const part of parts) {
    if (part.rates.length === 0) continue
    const key = part.rates.map(rateKey).toSorted().join("\n")
    const known = merged.get(key) ?? { rates: part.rates, amountMinor: 0 }
    merged.set(key, { ...known, amountMinor: add(known.amountMinor, part.amountMinor) })
  }
  return [...merged.values()]
}

/** What a shopper sees as one tax: two classes may share a name and a rate. */
export function rateKey(rate: { readonly name: string; readonly ratePpm: number }): string {
  return `${rate.ratePpm} ${rate.name}`
}
