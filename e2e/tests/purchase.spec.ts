import { expectBooks, ordersOf, stockOf } from "#support/books.ts"
import { shopperOn } from "#support/shopper.ts"
import { expect, test } from "#support/world.ts"

test("buys two tickets and nachos with a promo code, by card", async ({ page, foyer }) => {
  const club = await foyer.club()
  const shopper = shopperOn(page)
  await page.goto(foyer.pageOf(club))
  await shopper.openEvent("New Year’s Eve Gala")
  await shopper.setQuantity("General admission", 2)
  await shopper.setQuantity("Nachos for two", 1)
  await shopper.applyPromo("LAUGH10")
  await shopper.reachPayment()
  await expect(shopper.widget.getByRole("button", { name: "Pay $63.28" })).toBeVisible()
  await shopper.payByCard()
  const number = await shopper.untilGoing()
  expect(await ordersOf(foyer.database, club)).toEqual([
    expect.objectContaining({
      number,
      state: "paid",
      total: 6328,
      promo: "LAUGH10",
      payment: "succeeded",
      tickets: 2,
      cart: "completed",
    }),
  ])
  expect(await stockOf(foyer.database, club)).toEqual({ held: 0, sold: 2, live: 0 })
  await expectBooks(foyer.database)
})
