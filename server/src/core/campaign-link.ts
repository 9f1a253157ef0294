import type { Touch } from "@foyer/shared/protocol"
import { cleanTouch } from "#core/attribution.ts"
import { promoParameter } from "#core/promo-link.ts"
import { type DimensionValue, touchValues } from "#core/report-dimensions.ts"

/** What somebody fills in to make a link; everything but the page may be empty. */
export type LinkWish = {
  readonly page: string
  readonly source: string
  readonly medium: string
  readonly campaign: string
  readonly content: string
  readonly term: string
  readonly ref: string
  readonly promo: string
}

export const linkFields = [
  "page",
  "source",
  "medium",
  "campaign",
  "content",
  "term",
  "ref",
  "promo",
] as const satisfies readonly (keyof LinkWish)[]

export type CampaignLink =
  | {
      readonly ok: true
      readonly link: string
      /** How the report will name who comes by it. */
      readonly reads: DimensionValue
    }
  | { readonly ok: false; readonly field: keyof LinkWish; readonly reason: LinkFault }

export type LinkFault = "not-an-address" | "too-long" | "no-source"

const parameters = {
  source: "utm_source",
  medium: "utm_medium",
  campaign: "utm_campaign",
  content: "utm_content",
  term: "utm_term",
  ref: "ref",
} as const

/** A QR code of a longer address is no longer read by every telephone. */
const longestLink = 1000
const longestField = 200

/**
 * The page's address with its tags and its code, spelled as the report reads them: source and medium in lower case, words joined by dashes.
 * Tags that the address had are replaced. Refuses what is no web address, a link too long for a QR code, and tags without a source: the report
 * could not say where such a visitor came from.
 */
export function campaignLink(wish: LinkWish): CampaignLink {
  const page = pageOf(wish.page)
  if (!page) return { ok: false, field: "page", reason: "not-an-address" }
  const tags = tagsOf(wish)
  if (!tags.source && !tags.ref && (tags.medium || tags.campaign || tags.content || tags.term))
    return { ok: false, field: "source", reason: "no-source" }
  for (const field of Object.keys(parameters) as (keyof typeof parameters)[]) {
    page.searchParams.delete(parameters[field])
    const value = tags[field]
    if (value) page.searchParams.set(parameters[field], value)
  }
  page.searchParams.delete(promoParameter)
  const promo = wish.promo.trim().toUpperCase()
  if (promo !== "") page.searchParams.set(promoParameter, promo)
  if (page.href.length > longestLink) return { ok: false, field: "page", reason: "too-long" }
  return { ok: true, link: page.href, reads: touchValues(cleanTouch({ at: 0, ...tags })).campaign }
}

function pageOf(text: string): URL | undefined {
  const typed = text.trim()
  const address = /^[a-z][a-z0-9+.-]*:\/\//i.test(typed) ? typed : `https://${typed}`
  if (typed === "" || !URL.canParse(address)) return undefined
  const url = new URL(address)
  const isWeb = url.protocol === "https:" || url.protocol === "http:"
  const isNamed = url.hostname.includes(".") || url.hostname === "localhost"
  return isWeb && isNamed && url.username === "" && url.password === "" ? url : undefined
}

function tagsOf(wish: LinkWish): Partial<Pick<Touch, keyof typeof parameters>> {
  const fields = Object.keys(parameters) as (keyof typeof parameters)[]
  const tags = fields.map((field) => [field, tagText(wish[field], field)] as const)
  return Object.fromEntries(tags.filter(([, text]) => text !== ""))
}

function tagText(text: string, field: keyof typeof parameters): string {
  const joined = text.normalize("NFC").trim().replaceAll(/\s+/g, "-").slice(0, longestField)
  return field === "source" || field === "medium" ? joined.toLowerCase() : joined
}
