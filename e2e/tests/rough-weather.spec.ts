import { ordersOf, stockOf } from "#support/books.ts"
import { expect, type ProcessWorld, test } from "#support/process-world.ts"
import {
  arrive,
  choose,
  expectOneOrder,
  gala,
  holdConfirm,
  pay,
  reconnecting,
  tickets,
  untilBack,
} from "#support/purchase-story.ts"
import type { Shopper } from "#support/shopper.ts"
import type { Locator } from "@playwright/test"

// The network, the database and the provider's webhooks fail while somebody buys.
test.describe.configure({ mode: "default", timeout: 180_000 })

/** How often the page tries in vain before the network is back; its pauses double up to eight seconds, so that ten are a minute. */
const tries = Number(process.env["OFFLINE_TRIES"] ?? 3)

async function goOffline(foyer: ProcessWorld, shopper: Shopper): Promise<void> {
  foyer.door.sever()
  await expect(reconnecting(shopper)).toBeVisible(untilBack)
}

async function comeBack(foyer: ProcessWorld, shopper: Shopper): Promise<void> {
  await foyer.door.untilTried(tries)
  foyer.door.mend()
  await expect(reconnecting(shopper)).toBeHidden(untilBack)
}

test("21 offline at each step of a purchase, with what was typed and clicked", async ({
  page,
  foyer,
}) => {
  test.setTimeout(120_000 + tries * 60_000)
  const { club, shopper } = await arrive(page, foyer)
  await goOffline(foyer, shopper)
  await comeBack(foyer, shopper)

  await choose(shopper)
  const stepper = shopper.widget.getByRole("group", { name: tickets, exact: true })
  await goOffline(foyer, shopper)
  await stepper.getByRole("button", { name: "One more" }).click()
  await comeBack(foyer, shopper)
  await expect.poll(() => stockOf(foyer.database, club)).toEqual({ held: 3, sold: 0, live: 3 })
  await shopper.setQuantity(tickets, 2)

  await shopper.checkOut()
  const name = shopper.widget.getByLabel("First name")
  await shopper.fillDetails()
  await name.fill("Ad")
  await goOffline(foyer, shopper)
  await page.keyboard.type("a")
  await comeBack(foyer, shopper)
  await expect(name).toHaveValue("Ada")
  await expect(shopper.widget.getByLabel("E-mail")).toHaveValue("ada@example.com")

  await shopper.toPayment()
  await shopper.fillCard()
  await goOffline(foyer, shopper)
  await comeBack(foyer, shopper)
  await expect(shopper.cardForm.getByLabel("Card number")).toHaveValue("4242 4242 4242 4242")

  const confirm = await holdConfirm(page, "after")
  await shopper.pressPay()
  await confirm.reached()
  await goOffline(foyer, shopper)
  await confirm.release()
  await comeBack(foyer, shopper)
  await expectOneOrder(foyer, shopper, club)
})

test("a network that breaks at every click loses none and repeats none", async ({
  page,
  foyer,
}) => {
  const { club, shopper } = await arrive(page, foyer)
  const { widget } = shopper
  const see = (found: Locator) => expect(found).toBeVisible(untilBack)
  const breakAfter = async (click: Promise<void>) => {
    await click
    foyer.door.sever()
    foyer.door.mend()
  }
  await breakAfter(widget.getByRole("link", { name: gala }).click())
  const stepper = widget.getByRole("group", { name: tickets, exact: true })
  await see(stepper)
  for (const button of ["One more", "One more", "One more", "One fewer"])
    await breakAfter(stepper.getByRole("button", { name: button }).click())
  await see(shopper.seen(widget.getByText(`2 × ${tickets}`, { exact: true })))
  expect(await stockOf(foyer.database, club)).toEqual({ held: 2, sold: 0, live: 2 })
  await breakAfter(shopper.seen(widget.getByRole("link", { name: "Check out" })).click())
  const onward = shopper.seen(widget.getByRole("button", { name: "Continue", exact: true }))
  await see(onward)
  await breakAfter(onward.click())
  await see(widget.getByLabel("E-mail"))
  await shopper.fillDetails()
  await breakAfter(widget.getByRole("button", { name: "Continue to payment" }).click())
  await see(shopper.cardForm.getByLabel("Card number"))
  await breakAfter(shopper.payByCard())
  await expectOneOrder(foyer, shopper, club)
})

test("a slow network takes its time and sells the same", async ({ page, foyer }) => {
  // A train: half a second there and back, 30 kB a second.
  foyer.door.slow({ delayMs: 250, bytesPerSecond: 30_000 })
  try {
    const { club, shopper } = await arrive(page, foyer)
    await shopper.openEvent(gala)
    const stepper = shopper.widget.getByRole("group", { name: tickets, exact: true })
    // Faster than the answers come: each click counts.
    for (const button of ["One more", "One more", "One more", "One fewer"])
      await stepper.getByRole("button", { name: button }).click()
    await expect(stepper.getByRole("status")).toHaveText("2", untilBack)
    await pay(shopper)
    await expectOneOrder(foyer, shopper, club)
  } finally {
    foyer.door.mend()
  }
})

test("a payment form whose script is lost on its way is asked for again", async ({
  page,
  foyer,
}) => {
  const { club, shopper } = await arrive(page, foyer)
  let asked = 0
  await page.route(/\/sandbox\/stripe\.js/, (route) =>
    asked++ === 0 ? route.abort("connectionreset") : route.continue(),
  )
  await choose(shopper)
  await pay(shopper)
  expect(asked).toBe(2)
  await expectOneOrder(foyer, shopper, club)
})

test("the database goes away and comes back under somebody's clicks", async ({ page, foyer }) => {
  const { club, shopper } = await arrive(page, foyer)
  await shopper.openEvent(gala)
  const stepper = shopper.widget.getByRole("group", { name: tickets, exact: true })
  await shopper.setQuantity(tickets, 1)
  foyer.wire.sever()
  await stepper.getByRole("button", { name: "One more" }).click()
  await foyer.wire.untilTried(3)
  foyer.wire.mend()
  await expect
    .poll(() => stockOf(foyer.database, club), untilBack)
    .toEqual({ held: 2, sold: 0, live: 2 })
  await shopper.reachPayment()
  await shopper.payByCard()
  await expectOneOrder(foyer, shopper, club)
})

for (const [name, fault] of [
  ["comes twice", { action: "duplicate" }],
  ["comes late", { action: "delay", delayMs: 3000 }],
  ["never comes", { action: "drop" }],
] as const)
  test(`a tab is closed after the card was confirmed, and the webhook ${name}`, async ({
    page,
    foyer,
  }) => {
    const { club, shopper } = await arrive(page, foyer)
    await choose(shopper)
    await shopper.reachPayment()
    await foyer.sandbox("faults", { event: "payment_intent.succeeded", ...fault })
    const confirm = await holdConfirm(page, "after")
    await shopper.payByCard()
    await confirm.reached()
    await page.close()
    await expect
      .poll(() => ordersOf(foyer.database, club), { timeout: 60_000 })
      .toMatchObject([{ state: "paid", payment: "succeeded", tickets: 2, cart: "completed" }])
    expect(await stockOf(foyer.database, club)).toEqual({ held: 0, sold: 2, live: 0 })
  })
