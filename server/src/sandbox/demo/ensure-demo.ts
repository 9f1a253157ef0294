import { isAfter } from "#core/instant.ts"
import type { Storefront } from "#core/storefront.ts"
import { allowOrigin } from "#flows/allow-origin.ts"
import { importCatalogue } from "#flows/import-catalogue.ts"
import type { Storefronts } from "#flows/storefronts.ts"
import { dated } from "#sandbox/demo/dated.ts"
import type { Pool } from "#store/db.ts"
import lanternHall from "./catalogues/lantern-hall.json" with { type: "json" }
import laughingStock from "./catalogues/laughing-stock.json" with { type: "json" }

export type DemoDeps = {
  readonly pool: Pool
  readonly storefronts: Storefronts
  /** Where the demo host pages are. */
  readonly demoOrigin: string
  /** ISO 8601. */
  readonly now: string
  readonly warn: (message: string) => void
}

/** The demo organizers' files, as they stand in the repository: their dates are still relative. */
export const demoCatalogues = [laughingStock, lanternHall].map((file) => ({
  slug: file.account.slug,
  text: JSON.stringify(file),
}))

/** A demo file as an importable catalogue: its shows lie after `today` (`2026-11-20`). */
export function demoCatalogue(text: string, today: string, demoOrigin: string): string {
  return dated(text, today).replaceAll("{demo-origin}", demoOrigin)
}

/** Loads the demo organizers where they are missing, and gives them new dates when a show has none left to come. */
export async function ensureDemo(deps: DemoDeps): Promise<void> {
  for (const { slug, text } of demoCatalogues) {
    const shop = await deps.storefronts.bySlug(slug)
    if (!shop || isStale(shop, deps.now)) await load(deps, slug, text)
    const loaded = await deps.storefronts.bySlug(slug)
    if (loaded) await allowOrigin(deps, loaded.account.id, deps.demoOrigin)
  }
}

function isStale(shop: Storefront, now: string): boolean {
  return shop.events.some(({ showtimes }) =>
    showtimes.every(({ startsAt }) => !isAfter(startsAt, now)),
  )
}

/** A demo whose shows somebody bought out is kept as it is: what is sold is more true than a file. */
async function load(deps: DemoDeps, slug: string, text: string): Promise<void> {
  const file = demoCatalogue(text, deps.now.slice(0, 10), deps.demoOrigin)
  const imported = await importCatalogue(deps, file)
  if (imported.outcome === "refused")
    deps.warn(
      `the demo data of ${slug} could not be loaded: ${imported.faults
        .map(({ path, message }) => `${path} ${message}`)
        .join("; ")}`,
    )
}
