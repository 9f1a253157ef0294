import type { CommandData, CommandType } from "@foyer/shared/protocol"
import type { ShownCart } from "#core/cart.ts"
import type { Outcome } from "#core/outcome.ts"
import type { Storefront } from "#core/storefront.ts"
import { applyPromo, removePromo } from "#flows/apply-promo.ts"
import { changeCart } from "#flows/change-cart.ts"
import { chooseRegion } from "#flows/choose-region.ts"
import { discardLost } from "#flows/discard-lost.ts"
import { goToCheckout } from "#flows/go-to-checkout.ts"
import { renewHolds } from "#flows/renew-holds.ts"
import { saveDetails } from "#flows/save-details.ts"
import type { ShopperCommand } from "#flows/shopper-command.ts"
import { openStockLane, type StockLane } from "#flows/stock-lane.ts"
import { submitDetails } from "#flows/submit-details.ts"
import { findCart, tokenHash } from "#store/carts.ts"
import type { Pool } from "#store/db.ts"
import { assertBooks } from "#testing/books.ts"
import { type TestDatabase, testDatabase } from "#testing/database.ts"
import { aShopperCommand, aStorefront, aToken, insertStorefront } from "#testing/fixtures.ts"

/** Somebody with a cart token, clicking. */
export type Shopper = {
  readonly token: string
  set(
    price: string,
    quantity: number,
    amount?: string,
    parts?: Partial<Omit<ShopperCommand<unknown>, "data">>,
  ): Promise<Outcome>
  send<T extends keyof typeof flows>(
    type: T,
    data?: CommandData<T>,
    parts?: Partial<Omit<ShopperCommand<unknown>, "data">>,
  ): Promise<Outcome>
  /** The command itself, to be sent twice or changed. */
  command<T extends CommandType>(type: T, data: CommandData<T>): ShopperCommand<CommandData<T>>
  cart(): Promise<ShownCart>
}

type Deps = { readonly lane: StockLane; readonly pool: Pool }

const flows = {
  "choose-region": chooseRegion,
  "apply-promo": applyPromo,
  "remove-promo": removePromo,
  "go-to-checkout": goToCheckout,
  "save-details": saveDetails,
  "submit-details": submitDetails,
  "renew-holds": renewHolds,
  "discard-lost": discardLost,
} as const

export type Counter = AsyncDisposable & {
  readonly database: TestDatabase
  readonly shop: Storefront
  readonly lane: StockLane
  readonly pool: Pool
  /** A new one each time; with a token, somebody who was here before. */
  shopper(token?: string, shop?: Storefront): Shopper
  /** Every live hold's time is over. */
  letTimePass(): Promise<void>
}

/** A database with one storefront and a lane; the books are checked when it is disposed of. */
export async function openCounter(
  shop: Storefront = aStorefront(),
  capacity: number | ReadonlyMap<string, number> = 10,
): Promise<Counter> {
  const database = await testDatabase()
  await insertStorefront(database.owner, shop, capacity)
  const { pool } = database
  const lane = openStockLane({ pool })
  return {
    database,
    shop,
    lane,
    pool,
    shopper: (token = aToken(), at = shop) => shopperOf({ lane, pool }, at, token),
    async letTimePass() {
      await database.owner.query(
        "update inv.hold set expires_at = clock_timestamp() - interval '1 second' where state in ('held', 'paying')",
      )
    },
    async [Symbol.asyncDispose]() {
      await lane[Symbol.asyncDispose]()
      await using _ = database
      await assertBooks(database.owner)
    },
  }
}

function shopperOf(deps: Deps, shop: Storefront, token: string): Shopper {
  return {
    token,
    command: (type, data) => aShopperCommand(shop, type, data, { token }),
    set(price, quantity, amount, parts) {
      const data = { price, quantity, ...(amount !== undefined && { amount }) }
      return changeCart(deps, aShopperCommand(shop, "set-quantity", data, { ...parts, token }))
    },
    send(type, data, parts) {
      const flow = flows[type] as (deps: Deps, command: ShopperCommand<unknown>) => Promise<Outcome>
      return flow(deps, aShopperCommand<unknown>(shop, type, data ?? {}, { ...parts, token }))
    },
    async cart() {
      const shown = await findCart(deps.pool.db, shop.account.id, tokenHash(token))
      if (!shown) throw new Error("the shopper has no cart")
      return shown
    },
  }
}
