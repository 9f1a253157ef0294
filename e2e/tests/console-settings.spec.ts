import { barriersOn, enterConsole, layoutFaults, looks } from "#support/console.ts"
import { shopperOn } from "#support/shopper.ts"
import { expect, test } from "#support/world.ts"

test("a colour is seen in the preview as it is typed, and in an open widget when it is saved", async ({
  browser,
  page,
  foyer,
}) => {
  const club = await foyer.club()
  const shopper = shopperOn(page)
  await page.goto(foyer.pageOf(club))
  await shopper.openEvent("New Year’s Eve Gala")
  await shopper.setQuantity("General admission", 1)
  const accentOf = (widget: typeof shopper.widget) =>
    widget.evaluate((element) =>
      getComputedStyle(element).getPropertyValue("--foyer-accent").trim(),
    )
  expect(await accentOf(page.locator("foyer-checkout"))).toBe("")

  const office = await (await browser.newContext({ locale: "en-CA" })).newPage()
  const home = await enterConsole(office, foyer, club)
  await office.goto(`${home}/settings/brand`)
  const preview = office.locator("#brand-preview").contentFrame().locator("foyer-checkout")
  await expect(preview.getByText("Upcoming shows")).toBeVisible()
  await office.getByLabel("Accent", { exact: true }).fill("#7a1fa2")
  await expect.poll(() => accentOf(preview)).toBe("#7a1fa2")
  expect(await accentOf(page.locator("foyer-checkout"))).toBe("")

  await office.getByLabel("Text on the accent", { exact: true }).fill("#8855aa")
  await office.getByLabel("Text on the accent", { exact: true }).press("Tab")
  await expect(office.getByText(/Text on the accent on accent reaches/)).toBeVisible()
  await office.getByRole("button", { name: "Save changes" }).click()
  await expect(office.getByText("One thing to correct before saving.")).toBeVisible()
  await office.getByLabel("Text on the accent", { exact: true }).fill("#ffffff")
  await office.getByRole("button", { name: "Save changes" }).click()
  await expect(office.getByRole("status")).toContainText("Saved. Open widgets wear it now.")
  await expect.poll(() => accentOf(page.locator("foyer-checkout"))).toBe("#7a1fa2")
  await expect(shopper.widget.getByRole("heading", { name: "New Year’s Eve Gala" })).toBeVisible()
})

test("the preview shows what is typed without a script, too", async ({ browser, foyer }) => {
  const club = await foyer.club()
  const office = await (await browser.newContext({ javaScriptEnabled: false })).newPage()
  const home = await enterConsole(office, foyer, club)
  await office.goto(`${home}/settings/brand`)
  await office.getByLabel("Accent", { exact: true }).fill("#7a1fa2")
  await office.getByRole("button", { name: "Show" }).click()
  const frame = office.locator("#brand-preview").contentFrame()
  await expect(frame.locator('link[href*="%237a1fa2"]')).toBeAttached()
  await expect(frame.getByRole("link", { name: "New Year’s Eve Gala" })).toBeAttached({
    attached: false,
  })
})

test("a site is allowed from whatever is pasted, and a widget's lines are copied", async ({
  page,
  foyer,
}) => {
  const club = await foyer.club()
  const home = await enterConsole(page, foyer, club)
  await page.goto(`${home}/settings/sites`)
  await page.getByLabel("Address").fill("www.laughing-stock.example/tickets?from=mail")
  await page.getByRole("button", { name: "Allow this site" }).click()
  await expect(page.getByRole("row", { name: "https://www.laughing-stock.example" })).toBeVisible()

  await page.goto(`${home}/widgets`)
  await page.getByRole("link", { name: "Upcoming shows" }).click()
  await expect(page.getByText(`<foyer-checkout widget="${club.widget}">`)).toBeVisible()
  await page.getByRole("link", { name: "WordPress" }).click()
  await expect(page.getByText("“Custom HTML” block")).toBeVisible()
  const preview = page.locator("iframe.preview").contentFrame().locator("foyer-checkout")
  await expect(preview.getByText("New Year’s Eve Gala")).toBeVisible()
  await expect(page.getByText("On 1 open page now")).toBeVisible()
})

const pages = [
  "settings/organization",
  "settings/brand",
  "settings/regions",
  "settings/tax",
  "settings/fees",
  "settings/pixels",
  "settings/sites",
  "widgets",
  "widgets/new",
  "widgets/main",
] as const

for (const path of pages)
  test(`${path} is whole, readable and open to all, wide and narrow, light and dark`, async ({
    page,
    foyer,
  }, info) => {
    const club = await foyer.club({ abroad: true })
    const home = await enterConsole(page, foyer, club)
    for (const { name, width, colorScheme } of looks) {
      await page.setViewportSize({ width, height: 900 })
      await page.emulateMedia({ colorScheme, reducedMotion: "reduce" })
      await page.goto(`${home}/${path}`)
      await expect(page.locator("main h1")).toBeVisible()
      expect.soft(await barriersOn(page), name).toEqual([])
      expect.soft(await layoutFaults(page), name).toEqual([])
      await info.attach(name, {
        body: await page.screenshot({ fullPage: true }),
        contentType: "image/png",
      })
    }
  })
