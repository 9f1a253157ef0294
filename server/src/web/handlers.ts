import type { Command, CommandData, CommandType, Place } from "@foyer/shared/protocol"
import { backFrom } from "#core/navigation.ts"
import type { Outcome } from "#core/outcome.ts"
import { addItems } from "#flows/add-items.ts"
import { ackConversions } from "#flows/ack-conversions.ts"
import { applyPromo, removePromo } from "#flows/apply-promo.ts"
import { beginPayment, type PaymentToConfirm } from "#flows/begin-payment.ts"
import { cancelPayment } from "#flows/cancel-payment.ts"
import { changeCart } from "#flows/change-cart.ts"
import { chooseRegion } from "#flows/choose-region.ts"
import { completeCart } from "#flows/complete-order.ts"
import type { Deps } from "#flows/deps.ts"
import { discardLost } from "#flows/discard-lost.ts"
import { finishFreeOrder } from "#flows/finish-free-order.ts"
import { goToCheckout } from "#flows/go-to-checkout.ts"
import { renewHolds } from "#flows/renew-holds.ts"
import { saveDetails } from "#flows/save-details.ts"
import type { ShopperCommand } from "#flows/shopper-command.ts"
import { submitDetails } from "#flows/submit-details.ts"

/** What a handler leaves for the frame: what came of it, where the shopper is now, and what the browser must confirm. */
export type Handled = {
  readonly outcome: Outcome
  readonly at: Place
  /** Show what the form lacks. */
  readonly showProblems?: boolean
  readonly confirm?: PaymentToConfirm
}

type Handler<T extends CommandType> = (
  deps: Deps,
  shopper: ShopperCommand<CommandData<T>>,
  at: Place,
) => Promise<Handled>

const stay =
  <D>(flow: (deps: Deps, shopper: ShopperCommand<D>) => Promise<Outcome>) =>
  async (deps: Deps, shopper: ShopperCommand<D>, at: Place): Promise<Handled> => ({
    outcome: await flow(deps, shopper),
    at,
  })

const goOn =
  <D>(flow: (deps: Deps, shopper: ShopperCommand<D>) => Promise<Outcome>, view: Place["view"]) =>
  async (deps: Deps, shopper: ShopperCommand<D>, at: Place): Promise<Handled> => {
    const outcome = await flow(deps, shopper)
    return { outcome, at: outcome.outcome === "done" ? { ...at, view } : at }
  }

const look = async (shopper: ShopperCommand<unknown>, at: Place): Promise<Handled> => ({
  outcome: { outcome: "done", rev: shopper.base },
  at,
})

/** Each command's flow and where it leads. */
const handlers: { readonly [T in CommandType]: Handler<T> } = {
  "open-widget": (_deps, shopper) => look(shopper, shopper.data.at),
  navigate: (_deps, shopper) => look(shopper, shopper.data.at),
  "set-consent": (_deps, shopper, at) => look(shopper, at),
  "set-quantity": stay(editing(changeCart)),
  "add-items": async (deps, shopper, at) => {
    let chooseIn: string | undefined
    const add = async (inner: Deps, command: typeof shopper) => {
      const added = await addItems(inner, command, inner.now())
      chooseIn = added.chooseIn
      return added.outcome
    }
    const outcome = await editing(add)(deps, shopper)
    return {
      outcome,
      at: chooseIn === undefined ? { ...at, view: "cart" } : { view: "event", event: chooseIn },
    }
  },
  "choose-region": stay(editing(chooseRegion)),
  "apply-promo": stay(editing(applyPromo)),
  "remove-promo": stay(editing(removePromo)),
  "go-to-checkout": goOn(goToCheckout, "details"),
  "save-details": stay(saveDetails),
  "submit-details": async (deps, shopper, at) => {
    const outcome = await editing(submitDetails)(deps, shopper)
    if (outcome.outcome !== "done") return { outcome, at, showProblems: true }
    const free = await finishFreeOrder(deps, shopper, outcome.rev)
    if (!free) return { outcome, at: { ...at, view: "payment" } }
    return { outcome: free, at: free.outcome === "done" ? { ...at, view: "success" } : at }
  },
  pay: async (deps, shopper, at) => {
    const { outcome, confirm } = await beginPayment(deps, shopper)
    return { outcome, at: { ...at, view: "payment" }, ...(confirm && { confirm }) }
  },
  complete: async (deps, shopper, at) => {
    const outcome = await completeCart(deps, shopper)
    if (outcome.outcome === "done") return { outcome, at: { ...at, view: "success" } }
    const isNone = outcome.outcome === "refused" && outcome.refusal.reason === "cart-empty"
    // Who comes back from a bank's page begins anew; what came of the payment is said where it is made.
    return { outcome, at: isNone ? at : { ...at, view: "payment" } }
  },
  back: async (deps, shopper, at) => {
    const outcome = await cancelPayment(deps, shopper)
    return { outcome, at: outcome.outcome === "done" ? backFrom(at) : at }
  },
  "renew-holds": goOn(renewHolds, "cart"),
  "discard-lost": goOn(discardLost, "browse"),
  "ack-conversions": stay(ackConversions),
}

/** After these nothing looks different to anybody else. */
export const looks: ReadonlySet<CommandType> = new Set([
  "open-widget",
  "navigate",
  "set-consent",
  "ack-conversions",
])

/** Editing a cart whose payment is under way leaves that payment first. */
function editing<D>(flow: (deps: Deps, shopper: ShopperCommand<D>) => Promise<Outcome>) {
  return async (deps: Deps, shopper: ShopperCommand<D>): Promise<Outcome> => {
    const outcome = await flow(deps, shopper)
    const busy = outcome.outcome === "refused" && outcome.refusal.reason === "cart-busy-paying"
    if (!busy) return outcome
    const left = await cancelPayment(deps, shopper)
    return left.outcome === "done" ? flow(deps, shopper) : left
  }
}

export function handle(
  deps: Deps,
  command: Command,
  shopper: Omit<ShopperCommand<never>, "data">,
): Promise<Handled> {
  // The table's type ties each handler to its own data; here the pair is known to belong together.
  const handler = handlers[command.type] as Handler<CommandType>
  return handler(deps, { ...shopper, data: command.data }, command.at)
}
