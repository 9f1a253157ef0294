/** One line of a bench's report: the floor, ours, and their ratio, all of the same run. */
export type Figure = {
  readonly what: string
  readonly unit: string
  readonly floor?: number
  readonly ours: number
  /** What `docs/performance.md` promises: a ratio to the floor, or a plain limit where there is no floor. */
  readonly limit?: Limit
}

/** `most`/`least` bound the figure itself, `mostRatio`/`leastRatio` its ratio to the floor. */
export type Limit = {
  readonly most?: number
  readonly least?: number
  readonly mostRatio?: number
  readonly leastRatio?: number
}

export type Bench = {
  readonly name: string
  /** What is measured, and against what. */
  readonly about: string
  readonly run: (place: Place) => Promise<readonly Figure[]>
}

/** Where benches run: a durable PostgreSQL of their own. Each opens its servers on databases of their own. */
export type Place = {
  /** A new, empty database; its URL as owner. */
  database(name: string): Promise<string>
}

export function median(values: readonly number[]): number {
  return percentile(values, 50)
}

/** `share`: 0 to 100. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b)
  const index = Math.ceil((share / 100) * sorted.length) - 1
  return sorted[Math.max(0, index)] ?? Number.NaN
}

/** Whether a figure keeps what was promised; true where nothing was. */
export function keeps({ ours, floor, limit = {} }: Figure): boolean {
  const ratio = floor === undefined ? undefined : ours / floor
  const { most = Infinity, least = -Infinity, mostRatio, leastRatio } = limit
  if (ours > most || ours < least) return false
  if (ratio === undefined) return mostRatio === undefined && leastRatio === undefined
  return ratio <= (mostRatio ?? Infinity) && ratio >= (leastRatio ?? -Infinity)
}

export function line(figure: Figure): string {
  const { what, unit, floor, ours, limit } = figure
  const told = [
    what.padEnd(48),
    `ours ${short(ours)} ${unit}`.padEnd(20),
    floor === undefined ? "".padEnd(32) : `floor ${short(floor)} ${unit}`.padEnd(20),
    floor === undefined ? "" : `ratio ${(ours / floor).toFixed(2)}`.padEnd(12),
    limit ? `${keeps(figure) ? "kept" : "MISSED"} (${promise(limit, unit)})` : "",
  ]
  return told.join(" ").trimEnd()
}

function promise({ most, least, mostRatio, leastRatio }: Limit, unit: string): string {
  return [
    most !== undefined && `at most ${most} ${unit}`,
    least !== undefined && `at least ${least} ${unit}`,
    mostRatio !== undefined && `at most ${mostRatio} x floor`,
    leastRatio !== undefined && `at least ${leastRatio} x floor`,
  ]
    .filter(Boolean)
    .join(", ")
}

function short(value: number): string {
  return value >= 100 ? value.toFixed(0) : value.toFixed(2)
}

/** How long a server is asked before it is measured: one that sells has compiled what is hot. */
export const warmUpMs = 5000
