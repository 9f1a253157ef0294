import type { Page } from "@playwright/test"
import type { Club } from "#support/club.ts"
import { barriersOn, enterConsole, layoutFaults, looks } from "#support/console.ts"
import { shopperOn } from "#support/shopper.ts"
import { expect, test, type World } from "#support/world.ts"

const gala = "New Year’s Eve Gala"

/** What brought the shopper to the page. */
const newsletter = { utm_source: "Newsletter", utm_medium: "email", utm_campaign: "december" }
const reels = { utm_source: "instagram", utm_medium: "paid_social", utm_campaign: "reels" }

/** The reports count a moment later, when their job runs: asks again until it says so. */
async function untilSaid(report: Page, address: string, words: string): Promise<void> {
  await expect(async () => {
    await report.goto(address)
    await expect(report.getByText(words).first()).toBeVisible({ timeout: 500 })
  }).toPass({ timeout: 60_000 })
}

const rowOf = (report: Page, name: string) =>
  report.locator("#breakdown").getByRole("row", { name: new RegExp(name) })

test("a sale is told by what brought the buyer, first, last and both alike; canceled, it is counted back", async ({
  browser,
  page,
  foyer,
}, info) => {
  test.slow() // two visits, a purchase, four looks at a page
  const club = await foyer.club()
  const shopper = shopperOn(page)
  await page.goto(foyer.pageOf(club, "plain", newsletter))
  await shopper.openEvent(gala)
  await shopper.setQuantity("General admission", 1)
  // Another day, another link; the cart is still there.
  await page.goto(foyer.pageOf(club, "plain", reels))
  await shopper.openEvent(gala)
  await shopper.setQuantity("General admission", 2)
  await shopper.reachPayment()
  await shopper.payByCard()
  const number = await shopper.untilGoing()

  const office = await browser.newContext({ locale: "en-CA" })
  const report = await office.newPage()
  const home = await enterConsole(report, foyer, club, "marketer")
  await untilSaid(report, `${home}/reports`, "$59.89")
  await expect(rowOf(report, "reels")).toContainText("$59.89")
  await expect(rowOf(report, "december")).toContainText("newsletter / email")
  await expect(rowOf(report, "december")).toContainText("$0.00")
  const funnel = report.locator("#funnel").getByRole("listitem")
  await expect(funnel).toContainText([/Visited\s*2/, /Added.*1/, /Began.*1/, /Paid.*1/])

  await report.getByRole("link", { name: "First touch" }).click()
  await expect(rowOf(report, "december")).toContainText("$59.89")
  await report.getByRole("link", { name: "Linear" }).click()
  await expect(rowOf(report, "december")).toContainText("$29.95")
  await expect(rowOf(report, "reels")).toContainText("$29.94")

  await rowOf(report, "reels").getByRole("link").click()
  await expect(report.getByRole("heading", { level: 1 })).toContainText("reels")
  await expect(report.getByRole("row", { name: number })).toContainText("$29.94")
  await expect(report.locator("body")).not.toContainText(/Lovelace|ada@/)

  await report.goto(`${home}/reports`)
  await expect(report.getByLabel("From", { exact: true })).toBeHidden()
  await report.getByLabel("Dates").selectOption("Choose dates")
  await report.getByLabel("From", { exact: true }).fill("2026-01-31")
  await report.getByLabel("To", { exact: true }).fill("2026-02-01")
  await report.getByRole("button", { name: "Show" }).click()
  await expect(report.getByRole("main")).toContainText("31 Jan")
  await expect(report.getByText("Nobody came in these days")).toBeVisible()

  for (const { name, width, colorScheme } of looks) {
    await report.goto(`${home}/reports`)
    await report.setViewportSize({ width, height: 900 })
    await report.emulateMedia({ colorScheme, reducedMotion: "reduce" })
    expect(await layoutFaults(report), name).toEqual([])
    expect(await barriersOn(report), name).toEqual([])
    await report.screenshot({
      path: info.outputPath(`reports-${width}-${colorScheme}.png`),
      fullPage: true,
    })
  }
  await report.setViewportSize({ width: 1280, height: 900 })

  await cancel(foyer, club, number, await (await browser.newContext()).newPage())
  await untilSaid(report, `${home}/reports`, "−$59.89")
  await expect(rowOf(report, "reels")).toContainText("$0.00")
})

/** What the box office does in its console. */
async function cancel(foyer: World, club: Club, number: string, desk: Page): Promise<void> {
  const home = await enterConsole(desk, foyer, club, "box-office")
  await desk.goto(`${home}/orders/${number}`)
  await desk.getByRole("link", { name: "Cancel order…" }).click()
  await desk.getByRole("button", { name: "Cancel the order" }).click()
  await expect(desk.getByRole("status")).toContainText("is on its way back")
}

test("every report reads without barriers, wide and narrow, light and dark", async ({
  page,
  foyer,
}) => {
  test.slow() // four looks at each of four pages
  const club = await foyer.club()
  const home = await enterConsole(page, foyer, club, "marketer")
  const link = "page=https%3A%2F%2Fclub.example%2F&source=newsletter&medium=email"
  for (const path of ["sales", "pixels", `links?${link}`, "orders"])
    for (const { name, width, colorScheme } of looks) {
      await page.goto(`${home}/reports/${path}`)
      await page.setViewportSize({ width, height: 900 })
      await page.emulateMedia({ colorScheme, reducedMotion: "reduce" })
      expect(await layoutFaults(page), `${path} ${name}`).toEqual([])
      expect(await barriersOn(page), `${path} ${name}`).toEqual([])
    }
})
