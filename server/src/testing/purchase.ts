import { randomUUID } from "node:crypto"
import type { CommandData } from "@foyer/shared/protocol"
import type { Storefront } from "#core/storefront.ts"
import { beginPayment, type Begun } from "#flows/begin-payment.ts"
import { changeCart } from "#flows/change-cart.ts"
import type { Change, Log } from "#flows/deps.ts"
import type { PaymentDeps } from "#flows/payment-deps.ts"
import { openStockLane, type StockLane } from "#flows/stock-lane.ts"
import { openStorefronts } from "#flows/storefronts.ts"
import { submitDetails } from "#flows/submit-details.ts"
import type { PaymentProvider } from "#gateways/payment-provider.ts"
import { openPaymentProvider } from "#gateways/stripe.ts"
import { type Bench, openBench } from "#sandbox/payments/sandbox-harness.ts"
import { findCart, tokenHash } from "#store/carts.ts"
import { assertBooks } from "#testing/books.ts"
import { type TestDatabase, testDatabase } from "#testing/database.ts"
import {
  aShopperCommand,
  aStorefront,
  aToken,
  firstOf,
  insertStorefront,
} from "#testing/fixtures.ts"
import { serverVariable } from "#testing/test-server.ts"

/** Everything between a click and the payment provider, for real: a database, the stock lane, the sandbox in its own process. */
export type PurchaseBench = AsyncDisposable & {
  readonly database: TestDatabase
  readonly bench: Bench
  readonly deps: PaymentDeps & { readonly lane: StockLane }
  /** What was logged as an error: what somebody must look at. */
  readonly alerts: string[]
  readonly changes: Change[]
}

/** The sandbox as our own code asks it; an answer is given up after `timeoutMs`. */
export function providerAt({ sandbox }: Bench, timeoutMs = 5000): PaymentProvider {
  const { secretKey, webhookSecret, port } = sandbox
  const api = { host: "127.0.0.1", port, protocol: "http" } as const
  return openPaymentProvider({ secretKey, webhookSecret, api, timeoutMs })
}

export async function openPurchaseBench(): Promise<PurchaseBench> {
  const database = await testDatabase()
  const bench = await openBench(process.env[serverVariable])
  const storefronts = openStorefronts({ pool: database.pool, checkEveryMs: 0 })
  // All its shoppers come from one address.
  const lane = openStockLane({ pool: database.pool, mostPerAddress: 1_000_000 })
  const alerts: string[] = []
  const changes: Change[] = []
  return {
    database,
    bench,
    alerts,
    changes,
    deps: {
      pool: database.pool,
      lane,
      storefronts,
      payments: providerAt(bench),
      live: { touched: (change) => void changes.push(change) },
      log: quietLog(alerts),
    },
    async [Symbol.asyncDispose]() {
      await lane[Symbol.asyncDispose]()
      storefronts[Symbol.dispose]()
      await assertBooks(database.owner)
      await bench[Symbol.asyncDispose]()
      await database[Symbol.asyncDispose]()
    },
  }
}

function quietLog(alerts: string[]): Log {
  return { info: () => {}, warn: () => {}, error: (_facts, message) => void alerts.push(message) }
}

/** One shopper of one shop, with a cart on the way to its payment. */
export type Buyer = {
  readonly shop: Storefront
  readonly token: string
  /** What is in the cart costs this, as the screen says. */
  readonly totalMinor: number
}

export type BuyerParts = {
  readonly shop?: Storefront
  readonly capacity?: number
  readonly quantity?: number
  readonly totalMinor?: number
}

/** Puts tickets into a new cart and fills in the form. Two tickets of twenty dollars, unless told otherwise. */
export async function aBuyer(
  { deps, database }: PurchaseBench,
  { shop, capacity = 10, quantity = 2, totalMinor = 4000 }: BuyerParts = {},
): Promise<Buyer> {
  const store = shop ?? (await insertStorefront(database.owner, aStorefront(), capacity))
  const buyer = { shop: store, token: aToken(), totalMinor }
  await setQuantity(deps, buyer, quantity)
  const values = { email: "ada@example.com", firstName: "Ada", lastName: "Lovelace" }
  const { token } = buyer
  await submitDetails(deps, aShopperCommand(store, "submit-details", { values }, { token }))
  return buyer
}

export async function setQuantity(
  deps: { readonly lane: StockLane },
  buyer: Buyer,
  quantity: number,
) {
  const { priceType } = firstOf(buyer.shop)
  const data = { price: priceType.id, quantity }
  const { shop, token } = buyer
  return changeCart(deps, aShopperCommand(shop, "set-quantity", data, { token }))
}

export async function cartOf({ database }: PurchaseBench, { shop, token }: Buyer) {
  const shown = await findCart(database.pool.db, shop.account.id, tokenHash(token))
  if (!shown) throw new Error("there is no cart")
  return shown.cart
}

export type PayParts = {
  readonly op?: string
  readonly base?: number
} & Partial<CommandData<"pay">>

/** The click on Pay, for what the screen says unless told otherwise. */
export async function clickPay(
  bench: PurchaseBench,
  buyer: Buyer,
  { op = randomUUID(), base, amountMinor = buyer.totalMinor, currency = "cad" }: PayParts = {},
): Promise<Begun> {
  const { shop, token } = buyer
  const at = base ?? (await cartOf(bench, buyer)).rev
  const parts = { op, token, base: at }
  return beginPayment(bench.deps, aShopperCommand(shop, "pay", { amountMinor, currency }, parts))
}

/** What the provider's form in the browser does: confirms with a card (one of the sandbox's names). Answers the status or the decline code. */
export async function confirmWith(
  { bench }: PurchaseBench,
  { confirm }: Begun,
  card = "pm_card_visa",
): Promise<string> {
  if (!confirm) throw new Error("there is nothing to confirm")
  const [id = ""] = confirm.clientSecret.split("_secret_")
  const details = { payment_method: card, return_url: "https://club.example/" }
  return bench.stripe.paymentIntents.confirm(id, details).then(
    (intent) => intent.status,
    (error: unknown) =>
      error instanceof Error && "decline_code" in error ? String(error.decline_code) : "error",
  )
}

/** The buyer's orders, oldest first, with what belongs to each. */
export async function ordersOf({ database }: PurchaseBench, buyer: Buyer) {
  const cart = await findCart(database.pool.db, buyer.shop.account.id, tokenHash(buyer.token))
  const { rows } = await database.owner.query<{
    id: string
    state: string
    payment: string | null
    parked: string | null
    provider_id: string | null
    tickets: number
  }>(
    `select o.id, o.state, p.state as payment, p.parked_reason as parked, p.provider_id,
       (select count(*)::int from sales.ticket t where t.order_id = o.id) as tickets
     from sales.orders o left join pay.payment p on p.order_id = o.id where o.cart_id = $1 order by o.created_at`,
    [cart?.cart.id],
  )
  return rows
}

/** What the provider has for the buyer: each payment in its state there. */
export async function intentsOf(bench: PurchaseBench, buyer: Buyer): Promise<string[]> {
  const orders = new Set((await ordersOf(bench, buyer)).map((order) => order.id))
  const { body } = await bench.bench.admin("GET", "/sandbox/objects?kind=payment_intent&limit=1000")
  return (body.data ?? [])
    .filter((intent) => orders.has((intent["metadata"] as { order_id?: string }).order_id ?? ""))
    .map((intent) => String(intent["status"]))
}

/** Breaks what comes next at the provider, see the sandbox's faults. */
export async function planFault(bench: PurchaseBench, fault: object): Promise<void> {
  const { status, body } = await bench.bench.admin("POST", "/sandbox/faults", fault)
  if (status !== 200) throw new Error(JSON.stringify(body))
}

/** Lets the time of the cart's holds run out; `reaped` also gives their stock back. */
export async function expireHolds(
  { database, deps }: PurchaseBench,
  buyer: Buyer,
  reaped?: "reaped",
): Promise<void> {
  const { rows } = await database.owner.query<{ variant_id: string }>(
    `with past as (update sales.cart set holds_expire_at = clock_timestamp() - interval '1 second' where token_hash = $1 returning id)
     update inv.hold set expires_at = clock_timestamp() - interval '1 second' from past
       where cart_id = past.id and state in ('held', 'paying') returning variant_id`,
    [tokenHash(buyer.token)],
  )
  if (reaped) await deps.lane.reap(rows.map((row) => row.variant_id))
}
