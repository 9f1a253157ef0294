import { ordersOf, stockOf } from "#support/books.ts"
import { expect, test } from "#support/process-world.ts"
import {
  arrive,
  choose,
  dieAndReturn,
  expectOneOrder,
  holdConfirm,
  pay,
  reconnecting,
  tickets,
  untilBack,
} from "#support/purchase-story.ts"

// The server dies of SIGKILL while somebody buys, and comes back; the page is never reloaded. Number 12 of the acceptance list, at every step.
test.describe.configure({ mode: "default", timeout: 120_000 })

test("12 while browsing", async ({ page, foyer }) => {
  const { club, shopper } = await arrive(page, foyer)
  await dieAndReturn(foyer, shopper)
  await choose(shopper)
  await pay(shopper)
  await expectOneOrder(foyer, shopper, club)
})

test("12 after tickets were chosen; what is clicked meanwhile is done afterwards", async ({
  page,
  foyer,
}) => {
  const { club, shopper } = await arrive(page, foyer)
  await choose(shopper)
  const stepper = shopper.widget.getByRole("group", { name: tickets, exact: true })
  await foyer.kill()
  await expect(reconnecting(shopper)).toBeVisible(untilBack)
  await stepper.getByRole("button", { name: "One more" }).click()
  await foyer.start()
  await expect(stepper.getByRole("status")).toHaveText("3", untilBack)
  await expect
    .poll(() => stockOf(foyer.database, club), untilBack)
    .toEqual({ held: 3, sold: 0, live: 3 })
  await shopper.setQuantity(tickets, 2)
  await pay(shopper)
  await expectOneOrder(foyer, shopper, club)
})

test("12 while the form is filled in: what was typed is there, and the caret", async ({
  page,
  foyer,
}) => {
  const { club, shopper } = await arrive(page, foyer)
  await choose(shopper)
  await shopper.checkOut()
  const [email, name] = [
    shopper.widget.getByLabel("E-mail"),
    shopper.widget.getByLabel("First name"),
  ]
  await email.fill("ada@example.com")
  await name.pressSequentially("Ad")
  await dieAndReturn(foyer, shopper)
  await expect(email).toHaveValue("ada@example.com")
  await page.keyboard.type("a")
  await expect(name).toHaveValue("Ada")
  await shopper.widget.getByLabel("Last name").fill("Lovelace")
  await shopper.toPayment()
  await shopper.payByCard()
  await expectOneOrder(foyer, shopper, club)
  const [order] = await ordersOf(foyer.database, club)
  expect(order?.email).toBe("ada@example.com")
})

test("12 on the payment form: the card stays typed", async ({ page, foyer }) => {
  const { club, shopper } = await arrive(page, foyer)
  await choose(shopper)
  await shopper.reachPayment()
  await shopper.fillCard()
  await dieAndReturn(foyer, shopper)
  await expect(shopper.cardForm.getByLabel("Card number")).toHaveValue("4242 4242 4242 4242")
  await shopper.pressPay()
  await expectOneOrder(foyer, shopper, club)
})

test("12 after the click on Pay, while the provider is asked for the payment", async ({
  page,
  foyer,
}) => {
  const { club, shopper } = await arrive(page, foyer)
  await choose(shopper)
  await shopper.reachPayment()
  await foyer.sandbox("faults", {
    method: "POST",
    path: "/v1/payment_intents",
    action: "delay",
    delayMs: 8000,
  })
  await shopper.payByCard()
  const asked = [{ payment: "submitting" }]
  await expect.poll(() => ordersOf(foyer.database, club)).toMatchObject(asked)
  await foyer.kill()
  // It died without the provider's answer.
  expect(await ordersOf(foyer.database, club)).toMatchObject(asked)
  await foyer.start()
  await expectOneOrder(foyer, shopper, club)
})

for (const when of ["before", "after"] as const)
  test(`12 between Pay and the end, ${when} the card is confirmed`, async ({ page, foyer }) => {
    const { club, shopper } = await arrive(page, foyer)
    await choose(shopper)
    await shopper.reachPayment()
    const confirm = await holdConfirm(page, when)
    await shopper.payByCard()
    await confirm.reached()
    await foyer.kill()
    await confirm.release()
    await expect(reconnecting(shopper)).toBeVisible(untilBack)
    await foyer.start()
    await expectOneOrder(foyer, shopper, club)
  })
