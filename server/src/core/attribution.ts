import type { Touch } from "@foyer/shared/protocol"
import { allocate, wholePpm } from "#core/money.ts"

/** How somebody came, coarsely: the rows of a report. */
export type Channel = "paid" | "email" | "social" | "organic" | "affiliate" | "referral" | "direct"

/** Share of an order that one touch is credited with, in parts per million. */
export type Credit = { readonly touch: Touch; readonly creditPpm: number }

const textLimits = {
  source: 200,
  medium: 200,
  campaign: 200,
  content: 200,
  term: 200,
  ref: 200,
  customerReferralCode: 200,
  accessCode: 200,
  referrer: 500,
  landingPage: 500,
} as const satisfies Partial<Record<keyof Touch, number>>

const clickIdNames = [
  "gclid",
  "gbraid",
  "wbraid",
  "fbclid",
  "rdt_cid",
  "msclkid",
  "ttclid",
] as const
const clickIdLimit = 500

/**
 * A touch fit to be kept: it is hostile input that ends in reports and files. Control, formatting and surrogate characters go, runs of
 * space become one, lengths are cut (in UTF-16 units, never through a character), empty fields are left out.
 */
export function cleanTouch(touch: Touch): Touch {
  const texts = (Object.keys(textLimits) as (keyof typeof textLimits)[]).flatMap((name) => {
    const text = cleanText(touch[name] ?? "", textLimits[name])
    return text === "" ? [] : [[name, text] as const]
  })
  const clickIds = clickIdNames.flatMap((name) => {
    const text = cleanText(touch.clickIds?.[name] ?? "", clickIdLimit)
    return text === "" ? [] : [[name, text] as const]
  })
  return {
    at: touch.at,
    ...Object.fromEntries(texts),
    ...(clickIds.length > 0 && { clickIds: Object.fromEntries(clickIds) }),
  }
}

/**
 * The text whose hash tells one touch from another. The time counts to the minute: a touch sent again by a reconnect is the same one, a
 * second click on the same advertisement an hour later is not. Two touches have the same text exactly if all their fields are the same.
 */
export function fingerprintInput(touch: Touch): string {
  const names = Object.keys(textLimits) as (keyof typeof textLimits)[]
  return JSON.stringify([
    Math.floor(touch.at / 60_000),
    names.map((name) => touch[name] ?? null),
    clickIdNames.map((name) => touch.clickIds?.[name] ?? null),
  ])
}

/** The earliest by the browser's clock; the one noted first among equals. */
export function firstTouch(touches: readonly Touch[]): Touch | undefined {
  return inOrder(touches)[0]
}

/**
 * The latest contact that tells something. Somebody who typed the address after clicking an advertisement was still brought by it, so a
 * direct visit counts only when there is nothing else.
 */
export function lastTouch(touches: readonly Touch[]): Touch | undefined {
  const ordered = inOrder(touches)
  return ordered.findLast((touch) => channelOf(touch) !== "direct") ?? ordered.at(-1)
}

/** Every touch alike; the credits sum to one million exactly, the odd parts going to the earliest. */
export function linear(touches: readonly Touch[]): Credit[] {
  if (touches.length === 0) return []
  const ordered = inOrder(touches)
  const credits = allocate(
    wholePpm,
    ordered.map(() => 1),
  )
  return ordered.map((touch, index) => ({ touch, creditPpm: credits[index] ?? 0 }))
}

/** Media that say "paid", https://support.google.com/analytics/answer/9756891. */
const paidMedium =
  /^(?:cpc|ppc|cpm|cpv|cpa|retargeting|display|banner|paid.*|.*[-_ ]paid|paidsearch)$/
const emailWord = /^(?:e[-_ ]?mail|newsletter)$/
const socialMedium = /^(?:social|social[-_ ]?(?:media|network)|sm)$/
const socialHost =
  /(?:^|\.)(?:facebook|fb|instagram|tiktok|reddit|twitter|x|t|linkedin|lnkd|pinterest|youtube|youtu|threads|bsky|snapchat|mastodon)\.(?:com|co|be|in|net|app|social)$/
const searchHost =
  /(?:^|\.)(?:google|bing|duckduckgo|yahoo|ecosia|qwant|baidu|yandex|startpage|brave)\.(?:com|org|[a-z]{2}|com?\.[a-z]{2})$/
const paidClickIds = ["gclid", "gbraid", "wbraid", "msclkid", "ttclid", "rdt_cid"] as const

type Seen = {
  readonly medium: string
  readonly source: string
  readonly host: string
  readonly touch: Touch
}

/** The first rule that holds names the channel: what a link says of itself comes before where it was clicked. */
const channelRules: readonly (readonly [Channel, (seen: Seen) => boolean])[] = [
  ["paid", ({ medium, touch }) => paidMedium.test(medium) || hasPaidClickId(touch)],
  ["email", ({ medium, source }) => emailWord.test(medium) || emailWord.test(source)],
  ["affiliate", ({ medium, touch }) => medium === "affiliate" || touch.ref !== undefined],
  ["social", ({ medium }) => socialMedium.test(medium)],
  // Facebook adds fbclid to every link that leaves it, paid or not.
  ["social", ({ touch }) => touch.clickIds?.fbclid !== undefined],
  ["social", ({ source, host }) => isSocial(source) || socialHost.test(host)],
  ["organic", ({ medium, host }) => medium === "organic" || searchHost.test(host)],
  ["referral", ({ medium, source, host }) => medium !== "" || source !== "" || host !== ""],
]

export function channelOf(touch: Touch): Channel {
  const seen: Seen = {
    medium: (touch.medium ?? "").toLowerCase(),
    source: (touch.source ?? "").toLowerCase(),
    host: hostOf(touch.referrer),
    touch,
  }
  return channelRules.find(([, holds]) => holds(seen))?.[0] ?? "direct"
}

function isSocial(source: string): boolean {
  return source !== "" && (socialHost.test(source) || socialHost.test(`${source}.com`))
}

function hasPaidClickId(touch: Touch): boolean {
  return paidClickIds.some((name) => touch.clickIds?.[name] !== undefined)
}

function hostOf(referrer: string | undefined): string {
  return /^https?:\/\/([^/?#:@]+)/i.exec(referrer ?? "")?.[1]?.toLowerCase() ?? ""
}

function inOrder(touches: readonly Touch[]): Touch[] {
  return touches.toSorted((a, b) => a.at - b.at)
}

function cleanText(text: string, limit: number): string {
  const shown = text
    .replaceAll(/[\t\n\v\f\r\u0085\u2028\u2029]/g, " ")
    .replaceAll(/[\p{Cc}\p{Cf}\p{Cs}\p{Co}]/gu, "")
    .replaceAll(/\s+/g, " ")
    .trim()
  const cut = shown.slice(0, limit)
  return (/[\ud800-\udbff]$/.test(cut) ? cut.slice(0, -1) : cut).trim()
}
