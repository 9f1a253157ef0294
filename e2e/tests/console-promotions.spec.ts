import { expectBooks, ordersOf } from "#support/books.ts"
import { barriersOn, enterConsole, layoutFaults, looks } from "#support/console.ts"
import { shopperOn } from "#support/shopper.ts"
import { expect, test } from "#support/world.ts"

test("a code that gives the third ticket free is made in the console, shared as a link and bought with", async ({
  browser,
  page,
  foyer,
}) => {
  const club = await foyer.club()
  const office = await (await browser.newContext({ locale: "en-CA" })).newPage()
  const home = await enterConsole(office, foyer, club)
  await office.goto(`${home}/promotions`)
  await office.getByRole("link", { name: "New code" }).click()
  await office.getByLabel("Code", { exact: true }).fill("three")
  await office.getByLabel("Buy some, get some cheaper").check()
  await expect(office.getByLabel("Percentage off", { exact: true })).toBeHidden()
  await office.getByLabel("Buy", { exact: true }).fill("2")
  await office.getByLabel("Get", { exact: true }).fill("1")
  await office.getByRole("button", { name: "Create code" }).click()
  await expect(office.getByRole("heading", { level: 1, name: "THREE" })).toBeVisible()
  await expect(office.getByText("Buy 2, get 1 free")).toBeVisible()

  await office.getByLabel("Page on your site").fill(foyer.pageOf(club))
  await office.getByRole("button", { name: "Make the link" }).click()
  await expect(office.getByRole("img", { name: "QR code of the link with THREE" })).toBeVisible()
  const link = await office
    .getByRole("button", { name: "Copy the link", exact: true })
    .getAttribute("data-copy")
  const download = office.waitForEvent("download")
  await office.getByRole("link", { name: "PNG" }).click()
  expect((await download).suggestedFilename()).toBe("THREE.png")

  const shopper = shopperOn(page)
  await page.goto(link ?? "")
  await shopper.openEvent("New Year’s Eve Gala")
  await shopper.setQuantity("General admission", 2)
  const { widget } = shopper
  await expect(
    shopper.seen(widget.getByText("THREE works from 3 tickets for the same show.")),
  ).toBeVisible()
  await shopper.setQuantity("General admission", 3)
  await expect(shopper.seen(widget.getByText("THREE, buy 2, get 1 free"))).toBeVisible()
  await shopper.reachPayment()
  // Two at $25, three fees of $1.50, 13 % of both.
  await expect(widget.getByRole("button", { name: "Pay $61.59" })).toBeVisible()
  await shopper.payByCard()
  const number = await shopper.untilGoing()
  expect(await ordersOf(foyer.database, club)).toMatchObject([
    { number, state: "paid", total: 6159, promo: "THREE", tickets: 3 },
  ])
  await expectBooks(foyer.database)

  await office.goto(`${home}/promotions/THREE`)
  await expect(office.getByRole("link", { name: number })).toBeVisible()
  await expect(office.getByRole("row", { name: number })).toContainText("−$25.00")
})

test("a code for first orders is taken off the second one, which goes on without it", async ({
  browser,
  page,
  foyer,
}) => {
  const audience = { who: "first-time" }
  const promotions = [{ code: "WELCOME", percentOff: "50", appliesTo: "tickets", audience }]
  const club = await foyer.club({ promotions })
  const first = shopperOn(page)
  await toDetails(first, foyer.pageOf(club))
  await first.toPayment()
  await expect(first.widget.getByRole("button", { name: "Pay $15.82" })).toBeVisible()
  await first.payByCard()
  await first.untilGoing()

  const second = shopperOn(await (await browser.newContext({ locale: "en-CA" })).newPage())
  await toDetails(second, foyer.pageOf(club))
  const { widget } = second
  await widget.getByRole("button", { name: "Continue to payment" }).click()
  const notice = widget.locator("#notice")
  await expect(notice).toContainText("WELCOME is for a first order only.")
  await expect(notice).toContainText("We’ve taken it off; your total is $29.95.")
  await expect(widget.getByLabel("First name")).toHaveValue("Ada")
  await second.toPayment()
  await expect(widget.getByRole("button", { name: "Pay $29.95" })).toBeVisible()
  await second.payByCard()
  await second.untilGoing()
  expect(await ordersOf(foyer.database, club)).toMatchObject([
    { promo: "WELCOME", total: 1582 },
    { promo: null, total: 2995 },
  ])
})

/** One ticket at $25 in the cart, with the code, and the form filled in. */
async function toDetails(shopper: ReturnType<typeof shopperOn>, address: string): Promise<void> {
  await shopper.page.goto(address)
  await shopper.openEvent("New Year’s Eve Gala")
  await shopper.setQuantity("General admission", 1)
  await shopper.applyPromo("WELCOME")
  await shopper.checkOut()
  await shopper.fillDetails()
}

test("the pages of promotions are whole, readable and open to all, wide and narrow, light and dark", async ({
  page,
  foyer,
}, info) => {
  test.slow()
  const club = await foyer.club({
    promotions: [
      { code: "LAUGH10", percentOff: "10", appliesTo: "tickets", usageLimit: 100 },
      {
        code: "A-CODE-OF-FORTY-CAPITAL-LETTERS-AND-MORE",
        bogo: { buy: 3, get: 2, percentOff: "50", within: "order" },
        appliesTo: "everything",
        audience: { who: "listed", emails: ["@university.example"] },
        ends: "2098-12-31T23:59",
      },
      { code: "OVER", percentOff: "5", appliesTo: "tickets", stopped: true },
    ],
  })
  const home = await enterConsole(page, foyer, club)
  for (const path of ["promotions", "promotions?show=over", "promotions/new", "promotions/LAUGH10"])
    for (const { name, width, colorScheme } of looks) {
      await page.setViewportSize({ width, height: 900 })
      await page.emulateMedia({ colorScheme, reducedMotion: "reduce" })
      await page.goto(`${home}/${path}`)
      await expect(page.locator("main h1")).toBeVisible()
      expect.soft(await barriersOn(page), `${path}, ${name}`).toEqual([])
      expect.soft(await layoutFaults(page), `${path}, ${name}`).toEqual([])
      await info.attach(`${path}, ${name}`, {
        body: await page.screenshot({ fullPage: true }),
        contentType: "image/png",
      })
    }
})
