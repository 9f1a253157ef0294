import type { Page } from "@playwright/test"
import { expectBooks, ordersOf, stockOf } from "#support/books.ts"
import type { Club } from "#support/club.ts"
import { expect, type ProcessWorld } from "#support/process-world.ts"
import { type Shopper, shopperOn } from "#support/shopper.ts"

export const gala = "New Year’s Eve Gala"
export const tickets = "General admission"

/** The page comes back by itself: its pauses between tries grow while the server is away. */
export const untilBack = { timeout: 30_000 }
export async function arrive(
  page: Page,
  foyer: ProcessWorld,
): Promise<{ club: Club; shopper: Shopper }> {
  const club = await foyer.club()
  await page.goto(foyer.pageOf(club))
  const shopper = shopperOn(page)
  await expect(shopper.widget.getByRole("link", { name: gala })).toBeVisible()
  return { club, shopper }
}

export async function choose(shopper: Shopper): Promise<void> {
  await shopper.openEvent(gala)
  await shopper.setQuantity(tickets, 2)
}

export const reconnecting = ({ widget }: Shopper) => widget.getByText("Reconnecting…")

/** Dead until the page has noticed, and a little longer. */
export async function dieAndReturn(foyer: ProcessWorld, shopper: Shopper): Promise<void> {
  await foyer.kill()
  await expect(reconnecting(shopper)).toBeVisible(untilBack)
  await foyer.start()
  await expect(reconnecting(shopper)).toBeHidden(untilBack)
}

export async function pay(shopper: Shopper): Promise<void> {
  await shopper.reachPayment()
  await shopper.payByCard()
}

/** One order, one payment, one sale: once and whole. */
export async function expectOneOrder(
  foyer: ProcessWorld,
  shopper: Shopper,
  club: Club,
): Promise<void> {
  // A request whose sender was killed keeps others waiting for twenty seconds, until nobody can be waiting for its answer.
  await expect(shopper.widget.getByRole("heading", { name: "You’re going!" })).toBeVisible({
    timeout: 60_000,
  })
  expect(await ordersOf(foyer.database, club)).toMatchObject([
    { state: "paid", payment: "succeeded", tickets: 2, cart: "completed" },
  ])
  expect(await stockOf(foyer.database, club)).toEqual({ held: 0, sold: 2, live: 0 })
  expect(await paymentsOf(foyer, club)).toEqual(["succeeded"])
  // A call whose caller was killed is given up by the sweeper once nobody can be waiting for it any more.
  const open = "select count(*)::int as calls from pay.provider_call where outcome is null"
  await expect
    .poll(async () => (await foyer.database.owner.query(open)).rows[0].calls, untilBack)
    .toBe(0)
  await expectBooks(foyer.database)
}

/** What the provider has of the club's shopper. */
export async function paymentsOf(foyer: ProcessWorld, club: Club): Promise<unknown[]> {
  const { rows } = await foyer.database.owner.query<{ id: string }>(
    "select o.id from sales.orders o join org.account a on a.id = o.account_id where a.slug = $1",
    [club.slug],
  )
  const orders = new Set(rows.map(({ id }) => id))
  const { data = [] } = await foyer.sandbox("objects?kind=payment_intent&limit=200")
  return data
    .filter(({ metadata }) => orders.has((metadata as { order_id: string }).order_id))
    .map(({ status }) => status)
}

/** A card's confirmation that does not go on by itself. */
export type HeldConfirm = {
  /** Waits until it has come as far as it may. */
  reached(): Promise<void>
  release(): Promise<void>
}

/** Holds the next confirmation with the provider: before the provider hears of it, or before the page hears the answer. */
export async function holdConfirm(page: Page, when: "before" | "after"): Promise<HeldConfirm> {
  // Within the page, where every engine lets it be done.
  await page.evaluate((until) => {
    const real = window.fetch
    const released = Promise.withResolvers<void>()
    const held = { isReached: false, release: released.resolve }
    const hold = () => {
      held.isReached = true
      return released.promise
    }
    window.fetch = async (input, init) => {
      const isHeld = /\/v1\/payment_intents\/[^/]+\/confirm$/.test(input as string)
      if (isHeld && until === "before") await hold()
      const response = await real(input, init)
      if (isHeld && until === "after") await hold()
      return response
    }
    Object.assign(window, { held })
  }, when)
  return {
    reached: () => expect.poll(() => page.evaluate("held.isReached"), untilBack).toBe(true),
    release: () => page.evaluate("held.release()"),
  }
}
