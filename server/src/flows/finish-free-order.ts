import { createHash } from "node:crypto"
import type { CommandData } from "@foyer/shared/protocol"
import type { Outcome } from "#core/outcome.ts"
import { beginPayment } from "#flows/begin-payment.ts"
import type { PaymentDeps } from "#flows/payment-deps.ts"
import { pricedNow } from "#flows/save-details.ts"
import type { ShopperCommand } from "#flows/shopper-command.ts"
import { readClock } from "#store/clock.ts"
import { findShopperCart } from "#flows/find-shopper-cart.ts"

/**
 * A cart that costs nothing has no payment to begin: it is an order as soon as its form is filled in, at revision `base`. Undefined when there
 * is something to pay. Refuses what `beginPayment` refuses.
 */
export async function finishFreeOrder(
  deps: PaymentDeps,
  shopper: ShopperCommand<CommandData<"submit-details">>,
  base: number,
): Promise<Outcome | undefined> {
  const { shop } = shopper
  const shown = await findShopperCart(deps.pool, shopper)
  if (!shown) return undefined
  const now = await readClock(deps.pool.db)
  const { totalMinor, currency } = pricedNow(shop, shown.cart, now)
  if (totalMinor > 0) return undefined
  const agreed = { ...shopper, type: "pay", data: { amountMinor: 0, currency }, base }
  return (await beginPayment(deps, { ...agreed, op: followUp(shopper.op) })).outcome
}

/** The op of what follows from a command by itself: the same whenever the command comes again. */
function followUp(op: string): string {
  const hex = createHash("sha256").update(`${op} pay`).digest("hex")
  return hex.slice(0, 32).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5")
}
