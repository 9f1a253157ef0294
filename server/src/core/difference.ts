import { canonicalJson } from "./canonical-json.ts"
import { join } from "./json-schema.ts"

/** One place where two versions differ; undefined: it is not there. */
export type Difference = {
  /** As `products.general.prices.usd`: what stands in a list is named by what identifies it, so a new row moves no other. */
  readonly path: string
  readonly before: unknown
  readonly after: unknown
}

/** Everywhere two versions of a JSON value differ, in document order. */
export function differences(before: unknown, after: unknown): Difference[] {
  const found: Difference[] = []
  walk(before, after, "", (difference) => {
    found.push(difference)
    return difference.after
  })
  return found
}

/**
 * `current` with those places of `wanted` that are chosen. All chosen: `wanted`; none: `current`. Rows that both have keep the order of
 * `wanted` where their order was chosen.
 */
export function merged(
  current: unknown,
  wanted: unknown,
  isChosen: (path: string) => boolean,
): unknown {
  return walk(current, wanted, "", ({ path, before, after }) => (isChosen(path) ? after : before))
}

type Decide = (difference: Difference) => unknown

/** Decides at every difference what stands there, and answers the whole. */
function walk(before: unknown, after: unknown, path: string, decide: Decide): unknown {
  if (isSame(before, after)) return before
  const rows = rowsOf(before)
  const others = rowsOf(after)
  if (rows && others) return walkRows(rows, others, path, decide)
  return isObject(before) && isObject(after)
    ? walkObject(before, after, path, decide)
    : decide({ path, before, after })
}

/** Absent is not null: a capacity of null is any number. */
function isSame(before: unknown, after: unknown): boolean {
  if (before === undefined || after === undefined) return before === after
  return canonicalJson(before) === canonicalJson(after)
}

function walkObject(before: Json, after: Json, path: string, decide: Decide): Json {
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])]
  const entries = names.map(
    (name) => [name, walk(own(before, name), own(after, name), join(path, name), decide)] as const,
  )
  return Object.fromEntries(entries.filter(([, value]) => value !== undefined))
}

type Json = Readonly<Record<string, unknown>>
type Rows = ReadonlyMap<string, unknown>

function walkRows(before: Rows, after: Rows, path: string, decide: Decide): unknown[] {
  const names = orderOf(before, after, path, decide)
  return names
    .map((name) => walk(before.get(name), after.get(name), join(path, name), decide))
    .filter((row) => row !== undefined)
}

/** Rows of both in an order; those that only one has stay beside their neighbour. */
function orderOf(before: Rows, after: Rows, path: string, decide: Decide): string[] {
  const inBoth = (one: Rows, other: Rows) => [...one.keys()].filter((name) => other.has(name))
  const was = inBoth(before, after)
  const is = inBoth(after, before)
  const isMoved = was.some((name, i) => name !== is[i])
  const keepsOrder = isMoved && decide({ path, before: was, after: is }) === was
  const [first, second] = keepsOrder ? [before, after] : [after, before]
  const names = [...first.keys()]
  for (const name of second.keys())
    if (!first.has(name)) names.splice(placeBeside(name, second, names), 0, name)
  return names
}

function placeBeside(name: string, rows: Rows, names: readonly string[]): number {
  const all = [...rows.keys()]
  const earlier = all.slice(0, all.indexOf(name)).findLast((each) => names.includes(each))
  return earlier === undefined ? 0 : names.indexOf(earlier) + 1
}

/** The rows of a list by what identifies them; undefined where something does not. An absent list has no rows. */
function rowsOf(value: unknown): Rows | undefined {
  if (!Array.isArray(value)) return undefined
  const rows = new Map(value.map((row: unknown) => [identityOf(row), row]))
  return rows.size === value.length && !rows.has(undefined)
    ? (rows as ReadonlyMap<string, unknown>)
    : undefined
}

const identities = [
  ["slug"],
  ["code"],
  ["at"],
  ["destination"],
  ["product", "options"],
  ["options"],
]
const placeIdentities = [["country", "subdivision", "name"], ["currency"]]

function identityOf(row: unknown): string | undefined {
  if (!isObject(row)) return undefined
  const key = [...identities, ...placeIdentities].find(([first = ""]) => Object.hasOwn(row, first))
  return key
    ?.flatMap((name) => {
      const value = own(row, name)
      return value === undefined ? [] : [typeof value === "string" ? value : canonicalJson(value)]
    })
    .join(" ")
}

function own(value: Json, name: string): unknown {
  return Object.hasOwn(value, name) ? value[name] : undefined
}

function isObject(value: unknown): value is Json {
  return typeof value === "object" && value !== null && !Array.isArray(value)
}
