import type { Touch } from "@foyer/shared/protocol"
import { channelOf } from "#core/attribution.ts"

/** What sales are broken down by, as it is kept. Source and medium are kept with the campaign and read from there. */
export type StoredDimension =
  | "campaign"
  | "content"
  | "term"
  | "click"
  | "referrer"
  | "landing"
  | "promo"
  | "ref"

export const storedDimensions: readonly StoredDimension[] = [
  "campaign",
  "content",
  "term",
  "click",
  "referrer",
  "landing",
  "promo",
  "ref",
]

/** What a row of a report is about. `value` is empty where nothing was said; source and medium are only there for campaigns. */
export type DimensionValue = {
  readonly value: string
  readonly source: string
  readonly medium: string
}

export type TouchValues = Readonly<Record<StoredDimension, DimensionValue>>

/** An order or a cart that came without any touch came by itself. */
export const directTouch: Touch = { at: 0 }

/** Longer addresses say nothing more to a reader. */
const longestValue = 200

/** Every dimension's value of one touch, spelled in one way: who was sent by "Newsletter" and by "newsletter" came by the same. */
export function touchValues(touch: Touch): TouchValues {
  const { source, medium } = sourceAndMedium(touch)
  const campaign = touch.campaign ?? (touch.source === undefined ? touch.ref : undefined) ?? ""
  return {
    campaign: { value: campaign, source, medium },
    content: plain(touch.content),
    term: plain(touch.term),
    click: plain(clickVendor(touch)),
    referrer: plain(hostOf(touch.referrer)),
    landing: plain(pageOf(touch.landingPage)),
    promo: plain(undefined),
    ref: plain(touch.ref),
  }
}

export function promoValue(code: string | undefined): DimensionValue {
  return plain(code)
}

function plain(value: string | undefined): DimensionValue {
  return { value: (value ?? "").slice(0, longestValue), source: "", medium: "" }
}

/**
 * What a link says of itself; where it says nothing, what its click id, its `ref` or the page before say. Lower case. Somebody who typed the
 * address is `direct` and `none`.
 */
function sourceAndMedium(touch: Touch): { readonly source: string; readonly medium: string } {
  const guessed = guess(touch)
  const source = touch.source?.toLowerCase() ?? guessed.source
  const isTagged = touch.source !== undefined && guessed.source === "direct"
  const medium = touch.medium?.toLowerCase() ?? (isTagged ? "none" : guessed.medium)
  return { source, medium }
}

function guess(touch: Touch): { readonly source: string; readonly medium: string } {
  const vendor = clickVendor(touch)
  if (vendor === "facebook")
    return { source: siteOf(touch.referrer) || "facebook", medium: "social" }
  if (vendor) return { source: vendor, medium: "cpc" }
  if (touch.ref !== undefined) return { source: "ref", medium: "affiliate" }
  const site = siteOf(touch.referrer)
  if (!site) return { source: "direct", medium: "none" }
  const { referrer = "" } = touch
  const channel = channelOf({ at: 0, referrer })
  return { source: site, medium: channel }
}

const vendors = {
  gclid: "google",
  gbraid: "google",
  wbraid: "google",
  msclkid: "bing",
  ttclid: "tiktok",
  rdt_cid: "reddit",
  fbclid: "facebook",
} as const satisfies Record<keyof NonNullable<Touch["clickIds"]>, string>

/** Whose advertisement was clicked; Facebook adds its id to every link that leaves it, paid or not. */
function clickVendor({ clickIds = {} }: Touch): string | undefined {
  const names = Object.keys(vendors) as (keyof typeof vendors)[]
  const found = names.find((name) => clickIds[name] !== undefined)
  return found && vendors[found]
}

const shortHosts: Readonly<Record<string, string>> = {
  "t.co": "twitter",
  "x.com": "twitter",
  "fb.com": "facebook",
  "lnkd.in": "linkedin",
  "youtu.be": "youtube",
}

/** A search engine or a network by its name, another site by its host. */
function siteOf(referrer: string | undefined): string {
  const host = hostOf(referrer)
  if (host === "") return ""
  const short = shortHosts[host]
  if (short) return short
  const channel = channelOf({ at: 0, referrer: `https://${host}` })
  if (channel !== "organic" && channel !== "social") return host
  const labels = host.split(".")
  const named = labels.findLast((label) => label.length > 3 && label !== "social") ?? labels[0]
  return named ?? host
}

function hostOf(address: string | undefined): string {
  const host = /^https?:\/\/([^/?#:@]+)/i.exec(address ?? "")?.[1]?.toLowerCase() ?? ""
  return host.replace(/^(?:www|m|l|lm)\./, "")
}

/** Host and path: the scheme tells pages of one site apart for nobody. */
function pageOf(address: string | undefined): string {
  return (address ?? "")
    .replace(/^https?:\/\//i, "")
    .replace(/[?#].*$/, "")
    .replace(/(.)\/$/, "$1")
}
