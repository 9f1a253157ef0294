import { expect, it } from "vitest"
import { chooseRegion, type RegionHints } from "#core/region.ts"
import type { Region } from "#core/storefront.ts"
import { canada, shop } from "#testing/club.ts"

const europe: Region = {
  id: "region-eu",
  slug: "eu",
  name: "Europe",
  currency: "eur",
  countries: ["FR", "DE"],
}
const alps: Region = {
  id: "region-alps",
  slug: "alps",
  name: "Alps",
  currency: "eur",
  countries: ["AT"],
}
const international = shop({ regions: [canada, europe, alps] })

it.each<[string, RegionHints, string]>([
  [
    "the cart's before all",
    { cartRegionId: "region-eu", chosen: "ca", currency: "cad", country: "CA" },
    "eu",
  ],
  ["the chosen one", { chosen: "alps", currency: "cad", country: "CA" }, "alps"],
  [
    "the embed's currency, in the visitor's country if it can be",
    { currency: "eur", country: "AT" },
    "alps",
  ],
  ["the embed's currency before the country", { currency: "eur", country: "CA" }, "eu"],
  ["the visitor's country", { country: "DE" }, "eu"],
  ["the organizer's first", {}, "ca"],
  [
    "the first where nothing fits",
    { cartRegionId: "gone", chosen: "gone", currency: "jpy", country: "JP" },
    "ca",
  ],
])("takes %s", (_what, hints, slug) => {
  expect(chooseRegion(international, hints).slug).toBe(slug)
})
