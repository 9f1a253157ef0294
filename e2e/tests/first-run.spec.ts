import { goodPassword } from "@foyer/server/testing/console.ts"
import { randomBytes } from "node:crypto"
import { barriersOn } from "#support/console.ts"
import { shopperOn } from "#support/shopper.ts"
import { expect, test } from "#support/world.ts"

test("a new organizer sells the first ticket by the guide alone", async ({ page, foyer }) => {
  test.slow()
  const title = "Friday Night Stand-up"
  const barriers = async () => expect(await barriersOn(page)).toEqual([])

  await page.goto(`${foyer.app.publicUrl}/console/sign-up`)
  await page.getByLabel("Your name").fill("Dana Kessler")
  await page.getByLabel("E-mail").fill(`dana-${randomBytes(4).toString("hex")}@club.example`)
  await page.getByLabel("Password").fill(goodPassword)
  await page.getByRole("button", { name: "Create account" }).click()

  await page.getByLabel("Name").fill("Laughing Stock")
  await page.getByLabel("Country").selectOption("CA")
  await page.getByLabel("Currency").selectOption("cad")
  await page.getByLabel("Time zone").selectOption("America/Toronto")
  await page.getByRole("button", { name: "Continue" }).click()
  await expect(page.getByRole("heading", { level: 1, name: "Welcome, Dana" })).toBeVisible()
  await barriers()
  await page.getByRole("link", { name: "Start" }).click()

  await test.step("the first event, with a slip", async () => {
    await page.getByLabel("Title").fill(title)
    await page.getByLabel("Venue").fill("The Cellar")
    await page.getByLabel("Price", { exact: true }).fill("twenty")
    await page.getByRole("button", { name: "Put it on sale" }).click()
    await expect(page.getByRole("alert")).toContainText("Your event is not on sale yet.")
    await expect(page.getByLabel("Title")).toHaveValue(title)
    await barriers()
    await page.getByLabel("City").fill("Toronto")
    await page.getByLabel("Price", { exact: true }).fill("28")
    await page.getByLabel("How many in all").fill("120")
    await page.getByRole("button", { name: "Put it on sale" }).click()
  })

  await test.step("the look, with the widget beside it", async () => {
    await expect(page.getByRole("heading", { level: 1, name: "Your look" })).toBeVisible()
    const widget = page.frameLocator("#brand-preview").locator("foyer-checkout")
    await expect(widget.getByRole("link", { name: title })).toBeVisible()
    await barriers()
    await page.getByLabel("Accent colour").first().fill("#1a5fb4")
    await page.getByRole("button", { name: "Save and go on" }).click()
  })

  await page.getByLabel("Address of your site").fill(`${foyer.hostOrigin}/shows`)
  await barriers()
  await page.getByRole("button", { name: "Allow this site" }).click()

  const host = await test.step("the snippet, and the page it went into", async () => {
    const code = await page.getByRole("region", { name: "Snippet" }).first().innerText()
    const [, widget = ""] = /widget="([^"]+)"/.exec(code) ?? []
    const address = `${foyer.hostOrigin}/plain?widget=${widget}`
    await page.getByLabel("Address of the page with the tickets").fill(`${foyer.hostOrigin}/framed`)
    await page.getByRole("button", { name: "Check my page" }).click()
    await expect(page.getByText("The place for the tickets is missing")).toBeVisible()
    await barriers()
    await page.getByLabel("Address of the page with the tickets").fill(address)
    await page.getByRole("button", { name: "Check again" }).click()
    await expect(page.getByText("Your page is ready to sell.")).toBeVisible()
    await page.getByRole("link", { name: "Go on to a test order" }).click()
    return address
  })

  await expect(page.getByText("4242 4242 4242 4242")).toBeVisible()
  await barriers()
  await test.step("a shopper buys on the organizer's page", async () => {
    const shopping = await page.context().newPage()
    await shopping.goto(host)
    const shopper = shopperOn(shopping)
    await shopper.openEvent(title)
    await shopper.setQuantity("Admission", 1)
    await shopper.reachPayment()
    await shopper.payByCard()
    await shopper.untilGoing()
  })

  await expect(page.getByText("The order is in.", { exact: true })).toBeVisible()
  await page.getByRole("link", { name: "Go to Today" }).click()
  await expect(page).toHaveURL(/\/today$/)
  await expect(page.getByRole("main")).toContainText("28.00")
})

test("an event's own page is read without a script, found, and sold from", async ({
  browser,
  page,
  foyer,
}) => {
  const club = await foyer.club()
  const address = `${foyer.app.publicUrl}/e/${club.slug}/gala`
  const quiet = await browser.newContext({ javaScriptEnabled: false })
  const plain = await quiet.newPage()
  await plain.goto(address)
  await expect(plain.getByRole("heading", { level: 1 })).toHaveText("New Year’s Eve Gala")
  await expect(plain.getByText("From $25")).toBeVisible()
  await quiet.close()

  const refused: string[] = []
  page.on("console", (message) => {
    if (message.type() === "error") refused.push(message.text())
  })
  await page.goto(address)
  const shopper = shopperOn(page)
  await shopper.setQuantity("General admission", 1)
  expect(await barriersOn(page)).toEqual([])
  await shopper.reachPayment()
  await shopper.payByCard()
  await shopper.untilGoing()
  expect(refused).toEqual([])
})
