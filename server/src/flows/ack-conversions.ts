import type { CommandData } from "@foyer/shared/protocol"
import type { Outcome } from "#core/outcome.ts"
import type { Deps } from "#flows/deps.ts"
import type { ShopperCommand } from "#flows/shopper-command.ts"
import { acknowledgeConversion } from "#store/conversions.ts"
import { withTx } from "#store/db.ts"
import { findShopperCart } from "#flows/find-shopper-cart.ts"

/** The page tells what came of the conversions it was handed. Only of its own order, and any number of times. */
export async function ackConversions(
  { pool }: Pick<Deps, "pool">,
  shopper: ShopperCommand<CommandData<"ack-conversions">>,
): Promise<Outcome> {
  const { data } = shopper
  const cart = (await findShopperCart(pool, shopper))?.cart
  if (!cart || cart.state !== "completed" || cart.orderId !== data.order)
    return { outcome: "done", rev: cart?.rev ?? 0 }
  await withTx(pool, async (tx) => {
    for (const { destination, outcome } of data.outcomes)
      await acknowledgeConversion(tx, data.order, destination, outcome)
  })
  return { outcome: "done", rev: cart.rev }
}
