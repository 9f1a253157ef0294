import type { CatalogueFile } from "#core/catalogue-file.ts"

/** A file as JSON made it: tests change it freely, into wrong ones too. */
// oxlint-disable-next-line typescript/no-explicit-any -- a test breaks any part of it on purpose
export type LooseFile = any

/** A small catalogue with one of everything. Its shows are far ahead. */
export function aCatalogue(change: (file: LooseFile) => void = () => {}): LooseFile {
  const file: LooseFile = structuredClone(plain)
  change(file)
  return file
}

export function catalogueText(change?: (file: LooseFile) => void): string {
  return JSON.stringify(aCatalogue(change))
}

const plain: CatalogueFile = {
  version: 1,
  account: {
    slug: "the-club",
    name: "The Club",
    locale: "en-CA",
    locales: ["en-CA", "fr-CA"],
    timeZone: "America/Toronto",
    country: "CA",
    orderPrefix: "TC",
    allowedOrigins: ["https://club.example"],
    brand: { theme: "light", colors: { bg: "#ffffff", ink: "#000000" }, densityPercent: 85 },
  },
  regions: [
    { slug: "canada", name: "Canada", currency: "cad", countries: ["CA"] },
    { slug: "japan", name: "Japan", currency: "jpy", countries: ["JP"] },
  ],
  priceLists: [
    { currency: "cad", taxIncluded: false },
    { currency: "jpy", taxIncluded: true },
  ],
  taxClasses: [
    {
      slug: "admission",
      rates: [{ country: "CA", subdivision: "ON", name: "HST", percent: "13" }],
    },
  ],
  fees: [
    {
      slug: "standard",
      percent: "4",
      bearer: "shopper",
      taxClass: "admission",
      amounts: { cad: { fixed: "0.50", cap: "6.00" } },
    },
  ],
  pixels: [{ destination: "ga4", target: "G-1" }],
  widgets: [{ slug: "main", title: "Shows" }],
  events: [
    {
      slug: "show",
      title: "The Show",
      venue: { name: "The Cellar", city: "Toronto", subdivision: "ON", country: "CA" },
      showtimes: [
        {
          at: "2030-12-03T19:30",
          repeat: { every: "week", times: 3, except: ["2030-12-10"] },
        },
        { at: "2030-12-05T20:00", differences: [{ product: "admission", capacity: 5 }] },
      ],
      products: [
        {
          slug: "admission",
          kind: "ticket",
          title: "Admission",
          taxClass: "admission",
          fee: "standard",
          capacity: 70,
          priceTypes: [
            { slug: "adult", title: "Adult", prices: { cad: "12.00", jpy: "1200" } },
            {
              slug: "any",
              title: "Pay what you like",
              kind: "pay-what-you-like",
              prices: { cad: "0.00" },
              suggested: { cad: "10.00" },
            },
          ],
        },
        {
          slug: "shirt",
          kind: "merchandise",
          title: "Shirt",
          taxClass: "admission",
          capacity: 10,
          options: [
            {
              slug: "size",
              title: "Size",
              values: [
                { slug: "m", title: "M" },
                { slug: "l", title: "L" },
              ],
            },
          ],
          variants: [{ options: { size: "l" }, capacity: 2, prices: { shirt: { cad: "34.00" } } }],
          priceTypes: [{ slug: "shirt", prices: { cad: "32.00" } }],
        },
      ],
    },
  ],
  questions: [{ slug: "news", label: "News?", kind: "checkbox", required: false }],
  promotions: [
    { code: "LAUGH10", percentOff: "10", appliesTo: "tickets" },
    {
      code: "FIVE",
      amountOff: { cad: "5.00" },
      appliesTo: "everything",
      minimum: { cad: "20.00" },
    },
  ],
}
