import type { Touch } from "@foyer/shared/protocol"

/** What the page's address and referrer told when the script was evaluated. */
export type Arrival = {
  /** Absent when the visitor only moved within the site. */
  readonly touch?: Touch
  /** The code of a promo link. */
  readonly promo?: string
  /** The host page's address without query and hash. */
  readonly page: string
  /** The address to show instead, when it carried our own mark. */
  readonly cleanUrl?: string
  /** The visitor came back from a redirect payment. */
  readonly returned: boolean
}

const clickIds = ["gclid", "gbraid", "wbraid", "fbclid", "rdt_cid", "msclkid", "ttclid"] as const
const fields = {
  source: "utm_source",
  medium: "utm_medium",
  campaign: "utm_campaign",
  content: "utm_content",
  term: "utm_term",
  ref: "ref",
  customerReferralCode: "customer_referral_code",
  accessCode: "access_code",
} as const

/** Ours alone: a host page may have a `promo` of its own. */
const promoParameter = "foyer-promo"

/** Reads an arrival. `at` is in milliseconds since the epoch; a `referrer` that is no URL counts as none. */
export function arrivalFrom(href: string, referrer: string, at: number): Arrival {
  const url = new URL(href)
  const clean = withoutMark(url)
  const touch = touchFrom(url, referrer, at)
  const promo = tidy(url.searchParams.get(promoParameter) ?? "", 40)
  return {
    page: pageOf(url, 2000),
    returned: clean !== undefined,
    ...(clean !== undefined && { cleanUrl: clean }),
    ...(touch && clean === undefined && { touch }),
    ...(promo !== "" && { promo }),
  }
}

function touchFrom(url: URL, referrer: string, at: number): Touch | undefined {
  const from = URL.canParse(referrer) ? new URL(referrer) : undefined
  const inside = from !== undefined && from.origin === url.origin
  const signals = signalsOf(url)
  // A visitor who landed on another page of the site brings that page's campaign along in the referrer.
  const earlier = inside ? signalsOf(from) : {}
  const found = Object.keys(signals).length > 0 ? signals : earlier
  if (inside && Object.keys(found).length === 0) return undefined
  return {
    at,
    ...found,
    ...(from && !inside && { referrer: pageOf(from, 500) }),
    landingPage: pageOf(url, 500),
  }
}

function signalsOf({ searchParams }: URL): Partial<Touch> {
  const read = (name: string, max: number) => tidy(searchParams.get(name) ?? "", max)
  const named = Object.entries(fields).map(([field, name]) => [field, read(name, 200)] as const)
  const clicks = clickIds.map((name) => [name, read(name, 500)] as const)
  const given = (pairs: (readonly [string, string])[]) => pairs.filter(([, value]) => value !== "")
  const ids = given(clicks)
  return {
    ...Object.fromEntries(given(named)),
    ...(ids.length > 0 && { clickIds: Object.fromEntries(ids) }),
  }
}

/** Hostile input that ends in reports: no control characters, no more than `max` UTF-16 units. */
function tidy(value: string, max: number): string {
  return value
    .replace(/\p{Cc}/gu, "")
    .trim()
    .slice(0, max)
}

function pageOf({ origin, pathname }: URL, max: number): string {
  return (origin === "null" ? "" : origin + pathname).slice(0, max)
}

/** Our server marks the way back from a redirect payment. */
function withoutMark(url: URL): string | undefined {
  if (!url.searchParams.has("foyer-return")) return undefined
  const clean = new URL(url)
  clean.searchParams.delete("foyer-return")
  return clean.href
}
