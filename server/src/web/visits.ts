import type { Command } from "@foyer/shared/protocol"
import type { Cart } from "#core/cart.ts"
import { directTouch } from "#core/report-dimensions.ts"
import type { Screen } from "#core/screen.ts"
import type { Storefront } from "#core/storefront.ts"
import type { VisitBook } from "#flows/visit-book.ts"
import type { Instance, Session } from "#web/session.ts"

type VisitDeps = { readonly visits: VisitBook; readonly now: () => Date }

/**
 * Counts what a page was just shown. A page that was reached from the same site has no touch of its own: its visit began on another page and
 * was counted there.
 */
export function countView(
  deps: VisitDeps,
  session: Session,
  instance: Instance,
  screen: Screen,
): void {
  const [touch] = session.handshake.touches
  if (!touch) return
  const event = screen.view === "event" ? screen.event.slug : ""
  if (instance.countedView === event) return
  instance.countedView = event
  deps.visits.saw({
    accountId: screen.shop.account.id,
    visitId: session.handshake.visit ?? instance.id,
    currency: screen.region.currency,
    at: deps.now().toISOString(),
    touch,
    ...(event && { event }),
  })
}

/** What these commands do to a cart, for the funnel. */
const stepOf: Partial<Record<Command["type"], "added" | "began">> = {
  "set-quantity": "added",
  "add-items": "added",
  "go-to-checkout": "began",
}

/**
 * Counts how far a cart came by a command that was done. Whoever buys on a page without a touch of its own has visited, too, or there would be
 * sales without visits.
 */
export function countStep(
  deps: VisitDeps,
  session: Session,
  command: Pick<Command, "type" | "instance">,
  shop: Storefront,
  cart: Cart | undefined,
): void {
  const step = stepOf[command.type]
  if (!step || !cart || cart.lines.length === 0) return
  const region = shop.regions.find(({ id }) => id === cart.regionId) ?? shop.regions[0]
  const { currency } = region
  const at = deps.now().toISOString()
  const accountId = shop.account.id
  const events = eventsOf(shop, cart)
  deps.visits.stepped({ accountId, cartId: cart.id, step, events, at, currency })
  const { touches, visit: visitId = command.instance } = session.handshake
  if (touches.length > 0) return
  for (const event of events)
    deps.visits.saw({ accountId, visitId, currency, at, touch: directTouch, event })
}

const eventsByVariant = new WeakMap<Storefront, ReadonlyMap<string, string>>()

function eventsOf(shop: Storefront, cart: Cart): string[] {
  const known = eventsByVariant.get(shop) ?? indexOf(shop)
  eventsByVariant.set(shop, known)
  return [...new Set(cart.lines.flatMap(({ variantId }) => known.get(variantId) ?? []))]
}

function indexOf(shop: Storefront): ReadonlyMap<string, string> {
  return new Map(
    shop.events.flatMap((event) =>
      event.products.flatMap((product) =>
        product.variants.map((variant) => [variant.id, event.slug] as const),
      ),
    ),
  )
}
