import { multiply, proportion, wholePpm } from "#core/money.ts"

/** Of every `buy + get` units that count together, the cheapest `get` are cheaper. */
export type Bogo = {
  readonly buy: number
  readonly get: number
  /** What counts together: one event's, one price type's, or everything in the order. */
  readonly within: "event" | "price-type" | "order"
}

/** What is looked at in a line that a promotion is for. `unitMinor` is before any discount. */
export type BogoLine = {
  readonly priceTypeId: string
  readonly eventSlug: string
  readonly unitMinor: number
  readonly quantity: number
}

/**
 * How much comes off each line. The cheapest units are the cheaper ones, as everybody expects who reads "get one free"; among equals the line
 * whose price type comes first by id, so that nothing depends on the order of the lines. A set that is begun counts as far as it goes: with
 * "buy 2, get 2" three units make one of them cheaper. What costs nothing is neither bought nor given.
 */
export function bogoDiscounts(
  bogo: Bogo,
  percentPpm: number,
  lines: readonly BogoLine[],
): readonly number[] {
  const cheaper = cheaperUnits(bogo, lines)
  return lines.map(({ unitMinor }, index) =>
    multiply(proportion(unitMinor, percentPpm, wholePpm), cheaper[index] ?? 0),
  )
}

/** How many units of each line are cheaper. */
function cheaperUnits(bogo: Bogo, lines: readonly BogoLine[]): number[] {
  const counts = lines.map(() => 0)
  const priced = lines
    .map((line, index) => ({ ...line, index }))
    .filter(({ unitMinor }) => unitMinor > 0)
  for (const group of Map.groupBy(priced, groupOf(bogo)).values()) {
    let left = givenOf(
      bogo,
      group.reduce((sum, { quantity }) => sum + quantity, 0),
    )
    for (const { index, quantity } of group.toSorted(byPrice)) {
      counts[index] = Math.min(left, quantity)
      left -= Math.min(left, quantity)
    }
  }
  return counts
}

/** How many of `units` are given: whole sets, and what the last one has beyond its bought units. */
function givenOf({ buy, get }: Bogo, units: number): number {
  const set = buy + get
  return Math.floor(units / set) * get + Math.max(0, (units % set) - buy)
}

function groupOf({ within }: Bogo): (line: BogoLine) => string {
  switch (within) {
    case "event":
      return ({ eventSlug }) => eventSlug
    case "price-type":
      return ({ priceTypeId }) => priceTypeId
    case "order":
      return () => ""
  }
}

function byPrice(a: BogoLine, b: BogoLine): number {
  return a.unitMinor - b.unitMinor || (a.priceTypeId < b.priceTypeId ? -1 : 1)
}
