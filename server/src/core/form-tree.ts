import { join, type SchemaNode } from "./json-schema.ts"

/** A form's fields, as a browser sends them: names may repeat. */
export type FormEntries = Iterable<readonly [name: string, value: string]>

/** More than the largest form that our pages show; the rest is not read. */
const mostEntries = 20_000
const longestName = 500
const deepestName = 16

/**
 * The typed value that a form's fields stand for. A field is named by its place (`products[0].priceTypes[1].prices.usd`); what the schema does
 * not know is not read. An empty field is absent, and so is an optional object or a row of a list of which every field is empty; what the schema
 * requires is there, empty, so that its faults stand at its fields. A text that is no number stays a text, for the schema to refuse. Lists
 * close their gaps. `null`, where it may be, is the word "null" or "no limit"; a list of texts may be one field, a line (or, without spaces in them, a word) each.
 */
export function readFormTree(schema: SchemaNode, entries: FormEntries): unknown {
  const root: Branch = { children: new Map(), values: [] }
  let count = 0
  for (const [name, value] of entries) {
    if ((count += 1) > mostEntries) break
    const steps = stepsOf(name)
    if (steps) grow(root, schema, steps, value)
  }
  return grown(root, schema) ?? emptyOf(schema)
}

/** The fields a form needs to say `value`: what `readFormTree` reads back, but for what is empty. */
export function formEntriesOf(schema: SchemaNode, value: unknown, name = ""): [string, string][] {
  if (value === undefined) return []
  if (value === null) return [[name, "null"]]
  if (Array.isArray(value))
    return value.flatMap((each, i) => formEntriesOf(schema.items ?? {}, each, `${name}[${i}]`))
  if (typeof value === "object")
    return Object.entries(value).flatMap(([key, each]) =>
      formEntriesOf(within(schema, key) ?? {}, each, join(name, key)),
    )
  return [[name, String(value as string | number | boolean)]]
}

/** What was typed, before it is known what it means. A `Map`, so that no name reaches a prototype. */
type Branch = { readonly children: Map<string | number, Branch>; readonly values: string[] }

type Step = string | number

const step = /\.?([$\w-]+)|\[(\d{1,6})\]|\[("(?:[^"\\]|\\.)*")\]/y

/** `a.b[0]["c d"]` as its steps; undefined for any other text. */
function stepsOf(name: string): Step[] | undefined {
  if (name.length > longestName || name.startsWith(".")) return undefined
  const steps: Step[] = []
  step.lastIndex = 0
  while (step.lastIndex < name.length) {
    const match = step.exec(name)
    if (!match || steps.length === deepestName) return undefined
    const [, key, index, quoted] = match
    const text = key ?? unquoted(quoted)
    if (index === undefined && (text === undefined || text === "__proto__")) return undefined
    steps.push(index === undefined ? (text ?? "") : Number(index))
  }
  return steps
}

function unquoted(text: string | undefined): string | undefined {
  if (text === undefined) return undefined
  try {
    return String(JSON.parse(text))
  } catch {
    return undefined
  }
}

function grow(branch: Branch, schema: SchemaNode, steps: readonly Step[], value: string): void {
  const [first, ...rest] = steps
  if (first === undefined) return void branch.values.push(value)
  const inner = within(schema, first)
  if (!inner) return
  const child: Branch = branch.children.get(first) ?? { children: new Map(), values: [] }
  branch.children.set(first, child)
  grow(child, inner, rest, value)
}

/** The schema of what a step leads to; undefined when it leads nowhere. */
function within(schema: SchemaNode, key: Step): SchemaNode | undefined {
  if (typeof key === "number")
    return isList(schema) && key < (schema.maxItems ?? Infinity) ? schema.items : undefined
  const { properties = {}, additionalProperties } = schema
  if (Object.hasOwn(properties, key)) return properties[key]
  return typeof additionalProperties === "object" ? additionalProperties : undefined
}

function grown(branch: Branch, schema: SchemaNode): unknown {
  if (isList(schema)) return grownList(branch, schema)
  if (isObject(schema)) return grownObject(branch, schema)
  return typed(branch.values.at(-1) ?? "", schema)
}

function grownList(branch: Branch, schema: SchemaNode): unknown {
  const { items = {} } = schema
  const rows = [...branch.children]
    .toSorted(([a], [b]) => Number(a) - Number(b))
    .map(([, child]) => grown(child, items))
  const typedIn = isList(items) || isObject(items) ? [] : branch.values
  const all = [...rows, ...typedIn.flatMap((text) => parts(text, items))]
  const given = all.filter((each) => each !== undefined)
  return given.length > 0 ? given : undefined
}

/** One field may hold several texts: a line each, or a word where none may hold a space. */
function parts(text: string, items: SchemaNode): unknown[] {
  const isWord = items.pattern !== undefined || items.enum !== undefined
  return text.split(isWord ? /[\s,]+/ : /\r?\n/).map((part) => typed(part, items))
}

function grownObject(branch: Branch, schema: SchemaNode): unknown {
  const { required = [] } = schema
  const given = [...branch.children].flatMap(([key, child]) => {
    const value = grown(child, within(schema, key) ?? {})
    return value === undefined ? [] : [[String(key), value] as const]
  })
  if (given.length === 0) return undefined
  const there = new Set(given.map(([key]) => key))
  const missing = required
    .filter((key) => !there.has(key))
    .map((key) => [key, emptyOf(within(schema, key) ?? {})] as const)
    .filter(([, value]) => value !== undefined)
  return Object.fromEntries([...given, ...missing])
}

/** What stands for a required list or object of which nothing was typed. */
function emptyOf(schema: SchemaNode): unknown {
  if (isList(schema)) return []
  if (!isObject(schema)) return undefined
  const { required = [] } = schema
  const entries = required.map((key) => [key, emptyOf(within(schema, key) ?? {})] as const)
  return Object.fromEntries(entries.filter(([, value]) => value !== undefined))
}

function typed(field: string, schema: SchemaNode): unknown {
  const text = field.replaceAll("\r\n", "\n").trim()
  if (text === "") return undefined
  const types = [schema.type ?? []].flat()
  if (types.includes("null") && /^(null|no limit)$/i.test(text)) return null
  if (types.includes("integer")) return /^-?\d{1,15}$/.test(text) ? Number(text) : text
  if (types.includes("boolean")) return yesOrNo.get(text) ?? text
  return text
}

const yesOrNo = new Map([
  ["true", true],
  ["yes", true],
  ["on", true],
  ["false", false],
])

function isList({ type }: SchemaNode): boolean {
  return type === "array"
}

function isObject({ type }: SchemaNode): boolean {
  return type === "object"
}
