import { allMails } from "@foyer/server/testing/shop-pages.ts"
import type { Page, TestInfo } from "@playwright/test"
import { ordersOf } from "#support/books.ts"
import { barriersOn, layoutFaults, looks } from "#support/console.ts"
import { shopperOn } from "#support/shopper.ts"
import { expect, test } from "#support/world.ts"

const gala = "New Year’s Eve Gala"

/** Looks at what the page shows in each look: nothing sticks out, nothing keeps anybody out. Keeps a picture of it. */
async function lookAt(page: Page, name: string, info: TestInfo): Promise<void> {
  for (const { width, colorScheme } of looks) {
    await page.setViewportSize({ width, height: 900 })
    await page.emulateMedia({ colorScheme, reducedMotion: "reduce" })
    const look = `${name}-${width}-${colorScheme}`
    expect.soft(await layoutFaults(page), look).toEqual([])
    expect.soft(await barriersOn(page), look).toEqual([])
    const path = info.outputPath(`${look}.png`)
    await page.screenshot({ path, fullPage: true })
    await info.attach(look, { path, contentType: "image/png" })
  }
}

test("axe finds nothing serious on the hosted page and on the pages of events", async ({
  page,
  foyer,
}, info) => {
  test.slow() // five pages in four looks, each looked at by every rule
  const { slug, widget } = await foyer.club()
  const { publicUrl } = foyer.app
  const element = page.locator("foyer-checkout")

  await page.goto(`${publicUrl}/v1/w/${widget}`)
  await expect(element.getByRole("link", { name: gala })).toBeVisible()
  await lookAt(page, "hosted", info)

  await page.goto(`${publicUrl}/e/${slug}/gala`)
  await expect(element.getByRole("group", { name: "General admission" })).toBeVisible()
  await lookAt(page, "event", info)

  await page.goto(`${publicUrl}/e/${slug}`)
  await expect(page.getByRole("link", { name: gala })).toBeVisible()
  await lookAt(page, "list", info)

  await page.goto(`${publicUrl}/e/${slug}/no-such-show`)
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("There is no such show")
  await expect(page.getByRole("link", { name: "All shows" })).toBeVisible()
  await lookAt(page, "no-show", info)

  await page.goto(`${publicUrl}/orders/${"x".repeat(43)}`)
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("We can’t find that order")
  await lookAt(page, "no-order", info)
})

test("what is there until the script comes has no barrier, if it never comes", async ({
  page,
  foyer,
}, info) => {
  test.slow()
  const { slug, widget } = await foyer.club()
  await page.route(/\.js(\?|$)/, (route) => route.abort())
  for (const path of [`/v1/w/${widget}`, `/v1/w/${widget}?event=gala`, `/e/${slug}/gala`]) {
    await page.goto(`${foyer.app.publicUrl}${path}`)
    await expect(page.getByRole("heading", { name: gala }).first()).toBeVisible()
    await lookAt(page, `no-script${path.replace(slug, "").replaceAll(/\W+/g, "-")}`, info)
  }
})

test("axe finds nothing serious on an order of many tickets", async ({ page, foyer }, info) => {
  test.slow()
  const club = await foyer.club({ galaTitle: `${gala}, with everybody who was ever here` })
  const shopper = shopperOn(page)
  await page.goto(`${foyer.app.publicUrl}/e/${club.slug}/gala`)
  await shopper.setQuantity("General admission", 6)
  await shopper.checkOut()
  await shopper.fillDetails({
    email: "wolfeschlegelsteinhausenbergerdorff@a-long-domain.example",
    firstName: "Maria Fernanda Guadalupe",
    lastName: "Wolfeschlegelsteinhausenbergerdorff",
  })
  await shopper.toPayment()
  await shopper.payByCard()
  await shopper.untilGoing()
  const [order] = await ordersOf(foyer.database, club)
  await page.goto(`${foyer.app.publicUrl}/orders/${order?.token}`)
  await expect(page.getByRole("heading", { name: "You’re going!" })).toBeVisible()
  await expect(page.getByRole("img", { name: /QR code/ })).toHaveCount(6)
  await lookAt(page, "order", info)
})

test("every part of what shoppers get can be read and reached", async ({ page, foyer }, info) => {
  test.slow()
  for (const part of ["shopper", "mail"]) {
    const complaints: string[] = []
    page.on("console", (message) => {
      if (message.type() === "error") complaints.push(message.text())
    })
    await page.goto(`${foyer.app.publicUrl}/console/parts/${part}`)
    await expect(page.getByRole("heading", { level: 1, name: "You’re going!" })).toBeVisible()
    await lookAt(page, `parts-${part}`, info)
    expect(complaints).toEqual([])
  }
})

for (const isMuch of [false, true])
  test(`axe finds nothing serious in any mail, ${isMuch ? "long names" : "short ones"}`, async ({
    page,
  }, info) => {
    test.slow()
    for (const [name, { html }] of allMails({ isMuch })) {
      await page.setContent(html)
      await lookAt(page, name, info)
    }
  })
