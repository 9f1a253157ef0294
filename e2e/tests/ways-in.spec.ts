import type { Page } from "@playwright/test"
import { expectBooks, ordersOf } from "#support/books.ts"
import { shopperOn } from "#support/shopper.ts"
import { expect, test, type World } from "#support/world.ts"
import type { Club } from "#support/club.ts"

const gala = "New Year’s Eve Gala"

function hostedPage(foyer: World, club: Club, query = ""): string {
  return `${foyer.app.publicUrl}/v1/w/${club.widget}${query}`
}

/** What a content policy refused on the page from now on. */
async function violationsOn(page: Page): Promise<() => Promise<unknown>> {
  await page.addInitScript(() => {
    const seen: string[] = []
    Object.assign(window, { violations: seen })
    document.addEventListener(
      "securitypolicyviolation",
      ({ violatedDirective, blockedURI, sample }) =>
        seen.push(`${violatedDirective} ${blockedURI} ${sample}`),
    )
  })
  return () => page.evaluate("window.violations")
}

test("the hosted page sells by card, under a strict policy with Trusted Types", async ({
  page,
  foyer,
}) => {
  const club = await foyer.club()
  const violations = await violationsOn(page)
  const shopper = shopperOn(page)
  const response = await page.goto(hostedPage(foyer, club, "?event=gala"))
  expect(response?.headers()["content-security-policy"]).toContain("frame-ancestors 'none'")
  await shopper.setQuantity("General admission", 1)
  await shopper.checkOut()
  await shopper.fillDetails()
  await shopper.toPayment()
  await shopper.payByCard()
  const number = await shopper.untilGoing()
  expect(await violations()).toEqual([])
  expect(await ordersOf(foyer.database, club)).toMatchObject([{ number, state: "paid" }])
  await expectBooks(foyer.database)
})

test("without a script the hosted page is a list of shows with links", async ({
  browser,
  foyer,
}) => {
  const club = await foyer.club()
  const context = await browser.newContext({ javaScriptEnabled: false })
  const page = await context.newPage()
  await page.goto(hostedPage(foyer, club))
  await expect(page.locator("noscript p")).toBeVisible()
  await page.getByRole("link", { name: gala }).click()
  await expect(page.getByRole("heading", { name: gala })).toBeVisible()
  await page.getByRole("link", { name: "All shows" }).click()
  await expect(page.getByRole("link", { name: gala })).toBeVisible()
  await context.close()
})

test("a host with checkout=hosted hands the cart on; the token leaves the address at once", async ({
  page,
  foyer,
}) => {
  const club = await foyer.club()
  const shopper = shopperOn(page)
  await page.goto(foyer.pageOf(club, "hosted-checkout"))
  await shopper.openEvent(gala)
  await shopper.setQuantity("General admission", 2)
  await shopper.checkOut()
  await shopper.fillDetails()
  await shopper.widget.getByRole("button", { name: "Continue to payment" }).click()

  await page.waitForURL((url) => url.origin === foyer.app.publicUrl)
  await expect(shopper.cardForm.getByLabel("Card number")).toBeVisible()
  expect(new URL(page.url()).hash).toBe("")
  await shopper.payByCard()
  await shopper.untilGoing()
  expect(await ordersOf(foyer.database, club)).toMatchObject([{ state: "paid", tickets: 2 }])
  await expectBooks(foyer.database)
})
