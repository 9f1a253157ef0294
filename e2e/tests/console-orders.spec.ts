import type { Page } from "@playwright/test"
import { barriersOn, enterConsole, layoutFaults, looks } from "#support/console.ts"
import { expectBooks, ordersOf, stockOf } from "#support/books.ts"
import { shopperOn } from "#support/shopper.ts"
import { expect, test } from "#support/world.ts"

const gala = "New Year’s Eve Gala"

/** Nothing sticks out, lies over something else or keeps somebody out, however it is looked at. */
async function looksRight(page: Page, shot?: (look: string) => string): Promise<void> {
  for (const { name, width, colorScheme } of looks) {
    await page.setViewportSize({ width, height: 900 })
    await page.emulateMedia({ colorScheme, reducedMotion: "reduce" })
    expect(await layoutFaults(page), name).toEqual([])
    expect(await barriersOn(page), name).toEqual([])
    if (shot) await page.screenshot({ path: shot(`${width}-${colorScheme}`), fullPage: true })
  }
  await page.setViewportSize({ width: 1280, height: 900 })
}

test("an order appears in the open console as it is placed; canceled there, its seats are back in an open widget", async ({
  browser,
  page,
  foyer,
}, info) => {
  test.slow() // five pages, one of them four times
  const club = await foyer.club({ seats: 2 })
  const office = await browser.newContext({ locale: "en-CA" })
  const today = await office.newPage()
  const home = await enterConsole(today, foyer, club)
  const list = await office.newPage()
  await today.goto(`${home}/today`)
  await list.goto(`${home}/orders`)
  await expect(today.getByText("Live", { exact: true })).toBeVisible()
  await expect(list.getByText("No orders yet")).toBeVisible()
  await looksRight(list)
  await list.getByLabel("Search orders").fill("Ada")

  const shopper = shopperOn(page)
  await page.goto(foyer.pageOf(club, "plain", { utm_source: "newsletter", utm_medium: "email" }))
  await shopper.openEvent(gala)
  await shopper.setQuantity("General admission", 2)
  await shopper.reachPayment()
  await shopper.payByCard()
  const number = await shopper.untilGoing()

  await expect(today.getByRole("link", { name: `2 ${gala}` })).toBeVisible()
  await expect(list.getByRole("link", { name: number })).toBeVisible()
  await expect(list.getByRole("row", { name: number })).toContainText("newsletter / email")
  await expect(list.getByLabel("Search orders")).toHaveValue("Ada")
  await expect(list.getByLabel("Search orders")).toBeFocused()
  await list.keyboard.press("Enter")
  await expect(list).toHaveURL(/q=Ada/)

  const watcher = await (await browser.newContext()).newPage()
  await watcher.goto(foyer.pageOf(club))
  await expect(watcher.locator("foyer-checkout")).toContainText("Sold out")

  await looksRight(list, (look) => info.outputPath(`orders-${look}.png`))
  await list.getByRole("link", { name: number }).click()
  await expect(list.getByRole("heading", { level: 1, name: number })).toBeVisible()
  await looksRight(list, (look) => info.outputPath(`order-${look}.png`))
  await looksRight(today, (look) => info.outputPath(`today-${look}.png`))

  await list.getByRole("button", { name: "Resend" }).click()
  await expect(list.getByRole("status")).toContainText("On its way to ada@example.com")
  await list.getByRole("link", { name: "Cancel order…" }).click()
  await expect(list.getByText("$59.89").first()).toBeVisible()
  await looksRight(list, (look) => info.outputPath(`cancel-${look}.png`))
  await list.getByRole("button", { name: "Cancel the order" }).click()
  await expect(list.getByRole("status")).toContainText("is on its way back")
  await expect(list.getByText("Void")).toHaveCount(2)
  await expect(watcher.locator("foyer-checkout")).not.toContainText("Sold out")
  // The shopper has not touched the page since "You're going!".
  for (const look of ["live", "reloaded"]) {
    if (look === "reloaded") await page.reload()
    const { widget } = shopper
    await expect(widget.getByRole("heading", { name: /^This order was/ })).toBeVisible()
    await expect(widget.getByText("No longer valid", { exact: true })).toHaveCount(2)
    await expect(widget.getByRole("status")).toContainText("This order was")
    await expect(widget.getByRole("link", { name: "Add to calendar" })).toHaveCount(0)
    expect(await layoutFaults(page), look).toEqual([])
    expect(await barriersOn(page), look).toEqual([])
    await page.screenshot({ path: info.outputPath(`undone-${look}.png`), fullPage: true })
  }
  const token = (await ordersOf(foyer.database, club))[0]?.token ?? ""
  await page.goto(`${foyer.app.publicUrl}/orders/${token}`)
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(/^This order was/)
  await expect.poll(async () => (await ordersOf(foyer.database, club))[0]?.state).toBe("refunded")
  await expect(list.getByText("Sent back", { exact: true })).toBeVisible()
  expect(await stockOf(foyer.database, club)).toEqual({ held: 0, sold: 0, live: 0 })
  await expectBooks(foyer.database)
  await office.close()
})

test("orders are found by anything that is known of one, and leave as a file", async ({
  page,
  foyer,
}) => {
  const club = await foyer.club()
  const shopper = shopperOn(page)
  await page.goto(foyer.pageOf(club))
  await shopper.openEvent(gala)
  await shopper.setQuantity("General admission", 1)
  await shopper.checkOut()
  await shopper.fillDetails({
    email: "zoe@example.com",
    firstName: "=HYPERLINK(1)",
    lastName: "Ng & <b>",
  })
  await shopper.toPayment()
  await shopper.payByCard()
  const number = await shopper.untilGoing()
  const home = await enterConsole(page, foyer, club, "finance")
  await page.goto(`${home}/orders`)
  const search = async (text: string) => {
    await page.getByLabel("Search orders").fill(text)
    await page.getByRole("button", { name: "Search", exact: true }).click()
  }
  for (const text of ["zoe", "EXAMPLE.com", "ng", "hyperlink"]) {
    await search(text)
    await expect(page.getByRole("link", { name: number })).toBeVisible()
  }
  await search("nobody")
  await expect(page.getByText("No order fits")).toBeVisible()
  expect(await layoutFaults(page)).toEqual([])
  await search(number.toLowerCase())
  await expect(page.getByRole("heading", { level: 1, name: number })).toBeVisible()
  await expect(page.getByRole("button", { name: "Resend" })).toHaveCount(0)
  const code =
    (await page.getByRole("table", { name: "Tickets" }).locator("code").first().textContent()) ?? ""
  await page.goto(`${home}/orders`)
  await search(code)
  await expect(page.getByRole("heading", { level: 1, name: number })).toBeVisible()

  await page.goto(`${home}/orders`)
  const download = page.waitForEvent("download")
  await page.getByRole("link", { name: "Export CSV" }).click()
  const stream = await (await download).createReadStream()
  const text = (await Array.fromAsync(stream)).join("")
  expect(text.split("\r\n")).toHaveLength(3)
  expect(text).toContain(`"'=HYPERLINK(1)"`.replaceAll('"', ""))
  expect(text).toContain(number)
})

test("a page whose session has ended says so, and keeps what it shows", async ({ page, foyer }) => {
  const club = await foyer.club()
  const home = await enterConsole(page, foyer, club)
  await page.goto(`${home}/orders`)
  await expect(page.getByText("Live", { exact: true })).toBeVisible()
  await foyer.database.owner.query(
    "delete from auth.session where person_id in (select person_id from org.member m join org.account a on a.id = m.account_id where a.slug = $1)",
    [club.slug],
  )
  await foyer.change(club, { galaTitle: "Another Gala" })
  await expect(page.getByRole("alert")).toContainText("You are no longer signed in")
  await expect(page.getByRole("heading", { level: 1, name: "Orders" })).toBeVisible()
})

for (const place of ["waitlist", "stock", "payouts"])
  test(`${place} says what will be found there`, async ({ page, foyer }) => {
    const club = await foyer.club()
    const home = await enterConsole(page, foyer, club)
    await page.goto(`${home}/${place}`)
    await expect(page.getByText("here", { exact: false }).first()).toBeVisible()
    await looksRight(page)
  })
