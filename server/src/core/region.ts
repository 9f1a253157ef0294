import type { Region, Storefront } from "#core/storefront.ts"

/** What is known of where somebody shops. `chosen` is a region's slug, `country` ISO 3166-1, `currency` lower-case ISO 4217. */
export type RegionHints = {
  readonly cartRegionId?: string
  readonly chosen?: string
  readonly currency?: string
  readonly country?: string
}

/**
 * The region a shopper is in: the cart's, the one chosen, the first with the embed's currency, the first that names the visitor's country, or
 * the organizer's first. Geography only chooses where to begin; the shopper's word comes before it.
 */
export function chooseRegion(shop: Storefront, hints: RegionHints): Region {
  const { regions } = shop
  const ofCurrency = regions.filter((region) => region.currency === hints.currency)
  const inCountry = (region: Region) =>
    hints.country !== undefined && region.countries.includes(hints.country)
  return (
    regions.find((region) => region.id === hints.cartRegionId) ??
    regions.find((region) => region.slug === hints.chosen) ??
    ofCurrency.find(inCountry) ??
    ofCurrency[0] ??
    regions.find(inCountry) ??
    regions[0]
  )
}
