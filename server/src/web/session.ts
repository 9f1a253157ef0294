import type { Consent, Frame, Handshake, Place } from "@foyer/shared/protocol"
import type { Brand } from "#core/storefront.ts"
import type { ToSay } from "#flows/show-widget.ts"
import type { DigestedRegion } from "#web/renders.ts"

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
  /** The page's promo code, until the shopper types or removes one. */
  promo?: string
  /** One cart an account, shared by all its widgets on the page; by account slug. */
  readonly carts: Map<string, PageCart>
  readonly instances: Map<string, Instance>
  readonly nextSeq: () => number
}

/** What the page said of its cart, and the cart's id once it was found. */
export type PageCart = { token?: string; region?: string; id?: string | undefined }

/** One element on the page. */
export type Instance = {
  readonly id: string
  /** `account/widget`. */
  readonly widget: string
  readonly accountSlug: string
  at: Place
  /** On screen, once something is. */
  accountId?: string
  shownView?: string
  /** What of this visit was counted last: an event's slug, or empty for the widget itself. */
  countedView?: string
  /** Of the stock on screen, see `StockBoard`. */
  stockRev: number
  /** The cart on screen, while it is not paid. */
  openCartId?: string | undefined
  /** The order on screen, by the cart that became it, and whether it was undone then. */
  order?: { readonly cartId: string; readonly isUndone: boolean } | undefined
  /** What the last command was refused for: said until the next one, whatever else changes on the screen. */
  toSay: ToSay
  /** A short hash of each region's HTML as it was last sent: only what differs is sent again. */
  readonly sent: Map<string, string>
  /** Whether the first frame, with brand and words, has gone out. */
  greeted: boolean
  /** The brand it wears: another one goes out with the next frame. */
  brand?: Brand
  /** Of the last command: the same one again means that its answer was lost on the way. */
  lastOp?: string
}

/** As many as a handshake may name. Of a page that mounts and drops elements all day, the ones used last are kept up to date. */
const mostInstances = 20

/** The instance of that id; one that the handshake did not name introduces itself by its first command. */
export function instanceOf(session: Session, id: string, widget: string, at: Place): Instance {
  const { instances } = session
  const known = instances.get(id)
  const instance = known?.widget === widget ? known : newInstance(id, widget, at)
  instances.delete(id)
  instances.set(id, instance)
  const [oldest] = instances.keys()
  if (instances.size > mostInstances && oldest !== undefined) instances.delete(oldest)
  return instance
}

function newInstance(id: string, widget: string, at: Place): Instance {
  const accountSlug = widget.slice(0, widget.indexOf("/"))
  return { id, widget, accountSlug, at, stockRev: 0, toSay: {}, sent: new Map(), greeted: false }
}

/** What was sent did not arrive: the next frame brings everything. */
export function forgetSent(instance: Instance): void {
  instance.sent.clear()
  instance.greeted = false
}

/** The page's cart with an account; an empty one when it has none yet. */
export function cartOf(session: Session, { accountSlug }: Instance): PageCart {
  const known = session.carts.get(accountSlug)
  if (known) return known
  const cart: PageCart = {}
  session.carts.set(accountSlug, cart)
  return cart
}

export function openSession(
  known: Pick<Session, "id" | "handshake" | "address" | "country" | "origin">,
): Session {
  let seq = 0
  const { carts, consent, promo } = known.handshake
  return {
    ...known,
    consent,
    ...(promo !== undefined && { promo }),
    carts: new Map(
      Object.entries(carts).map(([account, { token, region }]) => [
        account,
        { ...(token && { token }), ...(region && { region }) },
      ]),
    ),
    instances: new Map(),
    nextSeq: () => ++seq,
  }
}

/** The regions that differ from what this instance has, which it is then taken to have. A region that left the view is forgotten. */
export function changedRegions(
  { sent }: Instance,
  regions: readonly DigestedRegion[],
): Frame["regions"] {
  const changed = regions.filter(({ id, digest }) => sent.get(id) !== digest)
  for (const { id, digest } of changed) sent.set(id, digest)
  const present = new Set(regions.map((region) => region.id))
  for (const id of sent.keys()) if (!present.has(id)) sent.delete(id)
  return changed.map((region) => region.sent)
}
