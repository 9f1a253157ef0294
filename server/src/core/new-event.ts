import { type CatalogueFile, catalogueSchema, type EventEntry } from "./catalogue-file.ts"
import { narrowed } from "./catalogue-part.ts"
import type { SchemaNode } from "./json-schema.ts"
import { slugFrom } from "./slug.ts"

export const eventSchema: SchemaNode = catalogueSchema.properties?.["events"]?.items ?? {}

/** What is asked of a new event; the rest has its pages. Fields are named as in the file. */
export const newEventSchema: SchemaNode = narrowed(eventSchema, [
  "title",
  "picture",
  "pictureAlt",
  "venue",
  "showtimes",
  "products",
  "timeZone",
  "durationMinutes",
])

/** The entry of a new event: one ticket type, taxed and charged as the account's first of each. */
export function newEvent(
  file: CatalogueFile,
  slug: string,
  typed: unknown,
  status: "draft" | "on-sale",
): EventEntry {
  const said = typed as Partial<EventEntry>
  const [fee] = file.fees ?? []
  const products = (said.products ?? []).map((product) => ({
    ...product,
    kind: "ticket" as const,
    slug: slugFrom(String(product.title), new Set(), "admission"),
    taxClass: file.taxClasses[0]?.slug ?? "",
    ...(fee && { fee: fee.slug }),
    priceTypes: (product.priceTypes ?? []).map((priceType) => ({
      ...priceType,
      slug: slugFrom(String(product.title), new Set(), "admission"),
    })),
  }))
  return { ...(said as EventEntry), slug, status, products }
}
