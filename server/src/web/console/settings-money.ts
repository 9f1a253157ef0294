import { Hono } from "hono"
import type { CatalogueFile, ProductEntry } from "#core/catalogue-file.ts"
import { feesPart, pixelsPart, regionsPart, taxPart } from "#core/catalogue-part.ts"
import type { Fault } from "#core/json-schema.ts"
import { plainNumber } from "#core/promotion-form.ts"
import { slugFrom } from "#core/slug.ts"
import { seePixelHealth } from "#flows/see-pixel-health.ts"
import { feeLabel, feesPage } from "#views/console/settings-fees.ts"
import { pixelLabel, pixelsPage } from "#views/console/settings-pixels.ts"
import { regionLabel, regionsPage } from "#views/console/settings-regions.ts"
import { taxLabel, taxPage } from "#views/console/settings-tax.ts"
import type { ConsoleEnv } from "#web/console/context.ts"
import type { ConsoleDeps } from "#web/console/deps.ts"
import type { Typed } from "#web/console/form.ts"
import { partFormRoutes } from "#web/console/part-form.ts"

/** Regions, tax, fees and pixels: whole lists, each on a page of its own. */
export function moneyRoutes(deps: ConsoleDeps) {
  const permission = "edit-settings"
  return new Hono<ConsoleEnv>()
    .route(
      "/",
      partFormRoutes(deps, "/settings/regions", {
        permission,
        action: "regions.changed",
        subject: "regions",
        events: [],
        part: { ...regionsPart, set: withPriceLists },
        prepare: regionsTyped,
        labelOf: regionLabel,
        view: regionsPage,
        done: { path: "settings/regions", notice: "Saved. Open widgets have it now." },
      }),
    )
    .route(
      "/",
      partFormRoutes(deps, "/settings/tax", {
        permission,
        action: "tax.changed",
        subject: "tax",
        part: taxPart,
        prepare: (typed) => taxTyped(withSlugs(typed, "taxClasses")),
        check: (before, after) =>
          stillUsed(before, after, "taxClasses", ({ taxClass }) => taxClass),
        labelOf: taxLabel,
        view: taxPage,
        done: { path: "settings/tax", notice: "Saved. Open carts are priced with it now." },
      }),
    )
    .route(
      "/",
      partFormRoutes(deps, "/settings/fees", {
        permission,
        action: "fees.changed",
        subject: "fees",
        part: feesPart,
        prepare: (typed) => feesTyped(withSlugs(typed, "fees")),
        check: (before, after) => stillUsed(before, after, "fees", ({ fee }) => fee),
        labelOf: feeLabel,
        view: feesPage,
        done: { path: "settings/fees", notice: "Saved. Open carts are priced with it now." },
      }),
    )
    .route(
      "/",
      partFormRoutes(deps, "/settings/pixels", {
        permission,
        action: "pixels.changed",
        subject: "pixels",
        events: [],
        part: pixelsPart,
        prepare: pixelsTyped,
        labelOf: pixelLabel,
        view: async (page) => {
          const seen = await seePixelHealth(deps, page.visit.actor)
          return pixelsPage({ ...page, health: seen.outcome === "seen" ? seen.health : [] })
        },
        done: { path: "settings/pixels", notice: "Saved. Orders from now on are reported so." },
      }),
    )
}

/** A currency that a region brings with it has a price list: without tax in its prices, until the tax page says otherwise. */
function withPriceLists(file: CatalogueFile, value: unknown): CatalogueFile {
  const next = regionsPart.set(file, value)
  const known = new Set(next.priceLists.map(({ currency }) => currency))
  const wanted = Array.isArray(next.regions) ? next.regions.map(({ currency }) => currency) : []
  const missing = [...new Set(wanted)].filter((each) => each && !known.has(each))
  return {
    ...next,
    priceLists: [
      ...next.priceLists,
      ...missing.map((currency) => ({ currency, taxIncluded: false })),
    ],
  }
}

function regionsTyped(typed: Typed): Typed {
  const inFile = typed.map(([name, value]): readonly [string, string] => {
    if (name.endsWith(".countries")) return [name, value.toUpperCase().replaceAll(";", " ")]
    return [name, value]
  })
  return withSlugs(inFile, "regions")
}

/** New rows have no slug: it is made of their name, or of what was typed as one. */
function withSlugs(typed: Typed, list: string): Typed {
  const field = new RegExp(`^${list}\\[(\\d+)\\]\\.(slug|name)$`)
  const named = typed.flatMap(([name, value]) => {
    const [, place, kind] = field.exec(name) ?? []
    return place !== undefined && value.trim() !== "" ? [{ place, kind, value: value.trim() }] : []
  })
  const slugs = new Map<string, string>()
  for (const { place, kind, value } of named) if (kind === "slug") slugs.set(place, value)
  for (const { place, kind, value } of named)
    if (kind === "name" && !slugs.has(place))
      slugs.set(place, slugFrom(value, new Set(slugs.values()), "region"))
  const others = typed.filter(([name]) => field.exec(name)?.[2] !== "slug")
  const own = [...slugs].map(
    ([place, slug]) =>
      [`${list}[${place}].slug`, isSlug(slug) ? slug : slugFrom(slug, new Set(), "other")] as const,
  )
  return [...others, ...own]
}

function isSlug(text: string): boolean {
  return /^[a-z0-9]+(-[a-z0-9]+)*$/.test(text)
}

function taxTyped(typed: Typed): Typed {
  return typed.map(([name, value]) => {
    if (name.endsWith(".percent")) return [name, plainNumber(value)] as const
    if (/\.(country|subdivision)$/.test(name)) return [name, value.trim().toUpperCase()] as const
    return [name, value] as const
  })
}

/** An empty row has its choice of who pays all the same: it is none. A fee has amounts in some currency, or none at all. */
function feesTyped(typed: Typed): Typed {
  const named = new Set(
    typed.flatMap(([name, value]) =>
      name.endsWith(".slug") && value !== "" ? [name.slice(0, -"slug".length)] : [],
    ),
  )
  return typed
    .filter(([name]) => [...named].some((prefix) => name.startsWith(prefix)))
    .map(([name, value]) =>
      /\.(percent|fixed|cap)$/.test(name)
        ? ([name, plainNumber(value)] as const)
        : ([name, value] as const),
    )
}

/** A destination without an id is none. */
function pixelsTyped(typed: Typed): Typed {
  const named = new Set(
    typed.flatMap(([name, value]) =>
      name.endsWith(".target") && value.trim() !== "" ? [name.slice(0, -"target".length)] : [],
    ),
  )
  return typed.filter(([name]) => [...named].some((prefix) => name.startsWith(prefix)))
}

/** What products still name cannot go; the events are named, so that somebody finds them. */
function stillUsed(
  before: CatalogueFile,
  after: CatalogueFile,
  list: "fees" | "taxClasses",
  named: (product: ProductEntry) => string | undefined,
): Fault[] {
  const slugs = (file: CatalogueFile) => new Set((file[list] ?? []).map(({ slug }) => slug))
  const left = slugs(after)
  return [...slugs(before)]
    .filter((slug) => !left.has(slug))
    .flatMap((slug) => {
      const events = before.events.filter(({ products }) =>
        products.some((product) => named(product) === slug),
      )
      const [first] = events
      if (!first) return []
      const more = events.length > 1 ? ` and ${events.length - 1} more` : ""
      return [{ path: list, message: `still needs ${slug}: “${first.title}”${more} has it` }]
    })
}
