import { hash } from "node:crypto"
import type { Consent, Frame, Handshake, Place, Region } from "@foyer/shared/protocol"

/** What one browser page told when it connected, and what each of its widgets was last sent. Nothing here outlives the connection. */
export type Session = {
  readonly id: string
  readonly handshake: Handshake
  readonly address: string
  /** Where the visitor seems to be, ISO 3166-1 alpha-2. */
  readonly country?: string
  /** The Origin of the host page. */
  readonly origin: string
  consent: Consent
  readonly instances: Map<string, Instance>
  nextSeq: () => number
}

/** One element on the page. */
export type Instance = {
  readonly id: string
  /** `account/widget`. */
  readonly widget: string
  at: Place
  /** By account: the page's carts as they were last named. */
  cart: { token?: string; region?: string }
  /** What is on screen, once something is: the account, its cart, the view. */
  accountId?: string
  cartId?: string | undefined
  shownView?: string
  /** A short hash of each region's HTML as it was last sent: only what differs is sent again. */
  readonly sent: Map<string, string>
  /** Whether the first frame, with brand and words, has gone out. */
  greeted: boolean
}

export function newInstance(id: string, widget: string, at: Place): Instance {
  return { id, widget, at, cart: {}, sent: new Map(), greeted: false }
}

export function openSession(known: Omit<Session, "instances" | "nextSeq" | "consent">): Session {
  let seq = 0
  return {
    ...known,
    consent: known.handshake.consent,
    instances: new Map(),
    nextSeq: () => ++seq,
  }
}

/** The regions that differ from what this instance has, which it is then taken to have. A region that left the view is forgotten. */
export function changedRegions(instance: Instance, regions: readonly Region[]): Frame["regions"] {
  const changed = regions.filter((region) => {
    const digest = hash("sha1", region.html, "base64").slice(0, 11) // 64 bits
    if (instance.sent.get(region.id) === digest) return false
    instance.sent.set(region.id, digest)
    return true
  })
  const present = new Set(regions.map((region) => region.id))
  for (const id of instance.sent.keys()) if (!present.has(id)) instance.sent.delete(id)
  return changed
}
