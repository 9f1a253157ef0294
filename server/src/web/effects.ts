import type { Effect } from "@foyer/shared/protocol"
import { ga4Purchase } from "#core/conversion.ts"
import { cartDetail, viewDetail } from "#core/host-events.ts"
import { isUndone } from "#core/order-state.ts"
import type { Screen } from "#core/screen.ts"
import type { PaymentToConfirm } from "#flows/begin-payment.ts"

/** Why a frame is made: what was asked, and what the browser is to confirm. */
export type Cause = {
  readonly type?: string
  readonly done: boolean
  readonly viewChanged: boolean
  readonly confirm?: PaymentToConfirm
}

/** What a frame asks of the browser beside showing itself: data, never script. */
export function effectsFor(screen: Screen, cause: Cause): readonly Effect[] {
  return [
    ...storeEffects(screen, cause),
    ...paymentEffects(screen, cause),
    ...conversionEffects(screen),
    ...hostEffects(screen, cause),
  ]
}

function storeEffects(screen: Screen, cause: Cause): readonly Effect[] {
  const account = screen.shop.account.slug
  if (screen.view === "success")
    return isAsked(cause) ? [{ type: "store-cart", account, completed: true }] : []
  if (cause.type === "choose-region" && cause.done)
    return [{ type: "store-cart", account, region: screen.region.slug }]
  return []
}

function paymentEffects(screen: Screen, cause: Cause): readonly Effect[] {
  if (screen.view !== "payment" || !screen.cart) return []
  const { priced, cart } = screen.cart
  if (priced.totalMinor === 0) return []
  const { publishableKey, script } = screen.payment
  const mount: Effect = {
    type: "mount-payment",
    publishableKey,
    amountMinor: priced.totalMinor,
    currency: priced.currency,
    locale: screen.locale,
    ...(script && { script }),
    buyer: {
      name: `${cart.details["firstName"] ?? ""} ${cart.details["lastName"] ?? ""}`.trim(),
      email: cart.details["email"] ?? "",
    },
  }
  return cause.confirm ? [mount, { type: "confirm-payment", ...cause.confirm }] : [mount]
}

function conversionEffects(screen: Screen): readonly Effect[] {
  if (screen.view !== "success" || screen.conversions.length === 0) return []
  return [{ type: "fire-conversions", order: screen.order.id, payloads: screen.conversions }]
}

function hostEffects(screen: Screen, cause: Cause): readonly Effect[] {
  const effects: Effect[] = []
  if (cause.viewChanged)
    effects.push({ type: "tell-host", event: "view", detail: viewDetail(screen) })
  const isEdited = cause.type === "set-quantity" || cause.type === "add-items"
  if (isEdited && cause.done && screen.cart)
    effects.push({ type: "tell-host", event: "cart", detail: cartDetail(screen.cart.priced) })
  if (cause.type === "go-to-checkout" && cause.done && screen.cart)
    effects.push({
      type: "tell-host",
      event: "begin-checkout",
      detail: cartDetail(screen.cart.priced),
    })
  if (screen.view === "success" && isAsked(cause) && !isUndone(screen.order.state))
    effects.push({ type: "tell-host", event: "purchase", detail: ga4Purchase(screen.order) })
  return effects
}

/** The view has come, or somebody asked: who only looks on has been told what it asks of the browser. */
function isAsked({ type, viewChanged }: Cause): boolean {
  return viewChanged || type !== undefined
}
