import { AxeBuilder } from "@axe-core/playwright"
import type { Page } from "@playwright/test"
import { endHolds, expectBooks, ordersOf } from "#support/books.ts"
import { cards, shopperOn } from "#support/shopper.ts"
import { connect, priceOf } from "#support/wire.ts"
import { expect, test } from "#support/world.ts"

const gala = "New Year’s Eve Gala"

/** What axe finds that keeps somebody out: rule, and where. Frames are the payment provider's. */
async function barriers(page: Page, part = "foyer-checkout"): Promise<string[]> {
  const { violations, passes } = await new AxeBuilder({ page })
    .include(part)
    .exclude("iframe")
    .withTags(["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"])
    .analyze()
  // Otherwise it looked at nothing.
  expect(passes.length).toBeGreaterThan(5)
  return violations
    .filter(({ impact }) => impact === "serious" || impact === "critical")
    .flatMap(({ id, nodes }) =>
      nodes.map(({ target, failureSummary }) => `${id} ${String(target)}: ${failureSummary}`),
    )
}

for (const { name, width, colorScheme } of [
  { name: "wide and light", width: 1280, colorScheme: "light" },
  { name: "narrow and dark", width: 320, colorScheme: "dark" },
] as const)
  test(`25 axe finds nothing serious in any view, ${name}`, async ({ page, foyer }) => {
    test.slow() // seven views, each looked at by every rule
    const club = await foyer.club({
      questions: [
        {
          slug: "name-tag",
          label: "Name on the tag",
          kind: "text",
          required: true,
          section: "At the door",
        },
        {
          slug: "meal",
          label: "Meal",
          kind: "choice",
          required: false,
          choices: [
            { slug: "meat", title: "Meat" },
            { slug: "greens", title: "Greens" },
          ],
        },
        { slug: "rules", label: "I have read the rules", kind: "checkbox", required: true },
      ],
    })
    const shopper = shopperOn(page)
    const { widget } = shopper
    await page.setViewportSize({ width, height: 1600 })
    await page.emulateMedia({ colorScheme, reducedMotion: "reduce" })
    await page.goto(foyer.pageOf(club))
    await expect(widget.getByRole("link", { name: gala })).toBeVisible()
    expect(await barriers(page), "browse").toEqual([])

    await shopper.openEvent(gala)
    await shopper.setQuantity("General admission", 2)
    await expect(shopper.seen(widget.getByRole("link", { name: "Check out" }))).toBeVisible()
    expect(await barriers(page), "event").toEqual([])

    await shopper.seen(widget.getByRole("link", { name: "Check out" })).click()
    await shopper.applyPromo("LAUGH10")
    expect(await barriers(page), "cart").toEqual([])

    await shopper.seen(widget.getByRole("button", { name: "Continue", exact: true })).click()
    await widget.getByLabel("E-mail").fill("ada@gmial.com")
    await widget.getByRole("button", { name: "Continue to payment" }).click()
    await shopper.untilSaid("4 things to fix")
    await shopper.untilSaid(/Did you mean/)
    expect(await barriers(page), "details").toEqual([])

    await shopper.fillDetails()
    await widget.getByLabel("Name on the tag").fill("Ada")
    await widget.getByLabel("I have read the rules").check()
    await shopper.toPayment()
    await shopper.payByCard(cards.declined)
    await shopper.untilSaid("Your bank said no to this card")
    expect(await barriers(page), "payment").toEqual([])

    await shopper.payByCard()
    await shopper.untilGoing()
    expect(await barriers(page), "success").toEqual([])

    const [order] = await ordersOf(foyer.database, club)
    await page.goto(`${foyer.app.publicUrl}/orders/${order?.token}`)
    await expect(page.getByRole("heading", { name: "You’re going!" })).toBeVisible()
    expect(await barriers(page, "body"), "order page").toEqual([])
    await expectBooks(foyer.database)
  })

test("25 axe finds nothing serious where a hold ran out", async ({ page, foyer }) => {
  const club = await foyer.club()
  const shopper = shopperOn(page)
  await page.goto(foyer.pageOf(club))
  await shopper.openEvent(gala)
  await shopper.setQuantity("General admission", 2)
  await shopper.untilSaid("$59.89")
  await endHolds(foyer.database, club)
  await shopper.seen(shopper.widget.getByRole("link", { name: "Check out" })).click()
  await expect(shopper.widget.getByRole("heading", { name: "Your hold ran out" })).toBeVisible()
  expect(await barriers(page)).toEqual([])
  await expectBooks(foyer.database)
})

test("25 axe finds nothing serious where all is sold, the payment is not certain, or the network is gone", async ({
  page,
  context,
  foyer,
}) => {
  test.slow() // three views, each looked at by every rule
  const club = await foyer.club({ seats: 3 })
  using other = connect(foyer, club)
  await other.opened
  const price = await priceOf(foyer, club)
  await other.command("set-quantity", { price, quantity: 3 })
  const shopper = shopperOn(page)
  await page.emulateMedia({ reducedMotion: "reduce" })
  await page.goto(foyer.pageOf(club))
  await shopper.openEvent(gala)
  await shopper.untilSaid("Sold out")
  expect(await barriers(page), "sold out").toEqual([])

  await other.command("set-quantity", { price, quantity: 2 })
  await shopper.setQuantity("General admission", 1)
  await shopper.reachPayment()
  await context.setOffline(true)
  await expect(shopper.widget.getByText("Reconnecting…")).toBeVisible()
  expect(await barriers(page), "offline").toEqual([])
  await context.setOffline(false)
  await expect(shopper.widget.getByText("Reconnecting…")).toBeHidden({ timeout: 30_000 })

  await shopper.payByCard(cards.processing)
  await shopper.untilSaid("We’re confirming your payment")
  expect(await barriers(page), "processing").toEqual([])
  await expectBooks(foyer.database)
})

test("25 axe finds nothing serious where the payment form is blocked", async ({ page, foyer }) => {
  const club = await foyer.club()
  const shopper = shopperOn(page)
  const socket = foyer.app.publicUrl.replace(/^http/, "ws")
  await page.goto(foyer.pageOf(club, "no-payment", { socket }))
  await shopper.openEvent(gala)
  await shopper.setQuantity("General admission", 1)
  await shopper.checkOut()
  await shopper.fillDetails()
  await shopper.widget.getByRole("button", { name: "Continue to payment" }).click()
  await expect(shopper.widget.getByRole("link", { name: "Pay on the secure page" })).toBeVisible()
  expect(await barriers(page)).toEqual([])
})
