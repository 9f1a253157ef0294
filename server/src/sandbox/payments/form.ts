/** A decoded form value: text, or a group made by brackets (`metadata[order]`, `expand[0]`). */
export type Field = string | Fields
export type Fields = { readonly [name: string]: Field }
type Draft = { [name: string]: string | Draft }

const maximumDepth = 6

/** Decodes Stripe's form encoding: `a[b][0]=c` becomes `{ a: { b: { 0: "c" } } }`. Too deep a name is cut off. */
export function decodeForm(text: string): Fields {
  const root = emptyGroup()
  // A NUL, which is no text for the database, is left out.
  for (const [name, value] of new URLSearchParams(text.replaceAll("%00", ""))) {
    place(root, segmentsOf(name), value)
  }
  return root
}

function segmentsOf(name: string): string[] {
  const [first = "", ...rest] = name.split("[")
  return [first, ...rest.map((part) => part.replace(/\]$/, ""))].slice(0, maximumDepth)
}

function place(group: Draft, segments: readonly string[], value: string): void {
  const [head = "", ...tail] = segments
  const name = head === "" ? String(Object.keys(group).length) : head
  if (tail.length === 0) {
    group[name] = value
    return
  }
  const present = group[name]
  const inner = typeof present === "object" ? present : emptyGroup()
  group[name] = inner
  place(inner, tail, value)
}

// Without a prototype, a parameter called `constructor` or `__proto__` is only a name.
function emptyGroup(): Draft {
  return Object.create(null)
}

/** The text of a field; undefined when it is absent or a group. */
export function textOf(fields: Fields, name: string): string | undefined {
  const value = fields[name]
  return typeof value === "string" ? value : undefined
}

/** The fields of a group; an empty group when it is absent or text. */
export function groupOf(fields: Fields, name: string): Fields {
  const value = fields[name]
  return typeof value === "object" ? value : {}
}

/** The texts of a list, in order. */
export function listOf(fields: Fields, name: string): readonly string[] {
  return Object.values(groupOf(fields, name)).filter((value) => typeof value === "string")
}

/** A whole number; undefined when it is absent, NaN when it is not one. */
export function wholeOf(fields: Fields, name: string): number | undefined {
  const text = textOf(fields, name)
  if (text === undefined) return undefined
  return /^-?\d{1,15}$/.test(text) ? Number(text) : Number.NaN
}

export function isTrue(fields: Fields, name: string): boolean {
  return textOf(fields, name) === "true"
}
