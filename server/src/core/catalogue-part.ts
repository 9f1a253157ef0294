import { type CatalogueFile, catalogueSchema, type PromotionEntry } from "#core/catalogue-file.ts"
import type { SchemaNode } from "#core/json-schema.ts"

/** What one form edits of a catalogue file. */
export type CataloguePart = {
  /** Of the value that the form stands for. */
  readonly schema: SchemaNode
  /** Undefined when there is none (yet). */
  get(file: CatalogueFile): unknown
  /** The file with another value there. The value is judged with the whole file, later. */
  set(file: CatalogueFile, value: unknown): CatalogueFile
  /** Where the value stands: what the paths of its faults begin with. */
  at(file: CatalogueFile): string
}

export type WidgetEntry = CatalogueFile["widgets"][number]
type AccountKey = keyof CatalogueFile["account"]
type RootKey = "regions" | "priceLists" | "taxClasses" | "fees" | "pixels"

const accountSchema = nodeAt("account")

/** Some of what the file says of the organizer; its fields are named as in the file, `account.name`. */
function accountPart(keys: readonly AccountKey[]): CataloguePart {
  const inner = narrowed(accountSchema, keys)
  return {
    schema: { type: "object", properties: { account: inner }, required: ["account"] },
    get: ({ account }) => ({ account: picked(account, keys) }),
    set: (file, value) => {
      const { account = {} } = value as { account?: object }
      const others = without(file.account, keys)
      return { ...file, account: { ...others, ...account } as CatalogueFile["account"] }
    },
    at: () => "",
  }
}

/** Whole lists of the file, under their own names. */
function rootPart(keys: readonly RootKey[]): CataloguePart {
  const schema = { ...narrowed(catalogueSchema, keys), required: [...keys] }
  return {
    schema,
    get: (file) => Object.fromEntries(keys.map((key) => [key, file[key] ?? []])),
    set: (file, value) => ({ ...file, ...(value as Partial<CatalogueFile>) }),
    at: () => "",
  }
}

export const organizationPart = accountPart([
  "name",
  "website",
  "replyTo",
  "locale",
  "locales",
  "timeZone",
  "country",
  "orderPrefix",
  "holdMinutes",
  "recoveryMails",
])

export const brandPart = accountPart(["brand"])
export const sitesPart = accountPart(["allowedOrigins"])
export const regionsPart = rootPart(["regions"])
export const taxPart = rootPart(["taxClasses", "priceLists"])
export const feesPart = rootPart(["fees"])
export const pixelsPart = rootPart(["pixels"])

/** One promo code; its code is its identity and stays. */
export function promotionPart(code: string): CataloguePart {
  const isIt = (entry: PromotionEntry) => entry.code === code
  return {
    schema: nodeAt("promotions").items ?? {},
    get: ({ promotions = [] }) => promotions.find(isIt),
    set: (file, value) => ({
      ...file,
      promotions: replaced(file.promotions ?? [], isIt, {
        ...(value as PromotionEntry),
        code,
      }),
    }),
    at: ({ promotions = [] }) => `promotions[${promotions.findIndex(isIt)}]`,
  }
}

/** One widget; its slug is its identity and stays. */
export function widgetPart(slug: string): CataloguePart {
  const isIt = (entry: WidgetEntry) => entry.slug === slug
  return {
    schema: nodeAt("widgets").items ?? {},
    get: ({ widgets }) => widgets.find(isIt),
    set: (file, value) => ({
      ...file,
      widgets: replaced(file.widgets, isIt, { ...(value as WidgetEntry), slug }),
    }),
    at: ({ widgets }) => `widgets[${widgets.findIndex(isIt)}]`,
  }
}

/** Takes its place, or the last one. */
function replaced<T>(all: readonly T[], isIt: (item: T) => boolean, item: T): readonly T[] {
  return all.some(isIt) ? all.map((each) => (isIt(each) ? item : each)) : [...all, item]
}

function nodeAt(key: string): SchemaNode {
  const node = (catalogueSchema as SchemaNode).properties?.[key]
  if (!node) throw new Error(`a catalogue file has no ${key}`)
  return node
}

/** The schema of an object of some of its keys. */
export function narrowed(schema: SchemaNode, keys: readonly string[]): SchemaNode {
  const { properties = {}, required = [] } = schema
  return {
    type: "object",
    properties: picked(properties, keys) as Readonly<Record<string, SchemaNode>>,
    required: required.filter((key) => keys.includes(key)),
  }
}

export function picked<T extends object>(from: T, keys: readonly string[]): Partial<T> {
  return Object.fromEntries(
    Object.entries(from).filter(([key]) => keys.includes(key)),
  ) as Partial<T>
}

export function without<T extends object>(from: T, keys: readonly string[]): Partial<T> {
  return Object.fromEntries(
    Object.entries(from).filter(([key]) => !keys.includes(key)),
  ) as Partial<T>
}
