import { barriersOn, layoutFaults, looks } from "#support/console.ts"
import { expect, test } from "#support/world.ts"

for (const { name, width, colorScheme } of looks)
  test(`every part of the console can be read and reached, ${name}`, async ({
    page,
    foyer,
  }, info) => {
    test.slow() // hundreds of elements, each looked at by every rule
    await page.setViewportSize({ width, height: 900 })
    await page.emulateMedia({ colorScheme, reducedMotion: "reduce" })
    const complaints: string[] = []
    page.on("console", (message) => {
      if (message.type() === "error") complaints.push(message.text())
    })
    await page.goto(`${foyer.app.publicUrl}/console/parts`)
    await expect(page.getByRole("heading", { level: 1, name: "Parts" })).toBeVisible()
    await expect(page.getByRole("alert")).toBeFocused()
    expect(await layoutFaults(page)).toEqual([])
    expect(await barriersOn(page)).toEqual([])
    for (const table of await page.getByText("Read as a table").all()) await table.click()
    await page.getByText("Content-Security-Policy").click()
    expect(await layoutFaults(page)).toEqual([])
    expect(await barriersOn(page)).toEqual([])
    expect(complaints).toEqual([])
    const path = info.outputPath(`parts-${width}-${colorScheme}.png`)
    await page.screenshot({ path, fullPage: true })
    await info.attach("parts", { path, contentType: "image/png" })
  })

test("a dialog holds the focus until it is answered, a menu until it is left", async ({
  page,
  foyer,
}) => {
  await page.goto(`${foyer.app.publicUrl}/console/parts`)
  await page.getByRole("button", { name: "Cancel order…" }).click()
  const dialog = page.getByRole("dialog", { name: "Cancel this order?" })
  await expect(dialog).toBeVisible()
  expect(await barriersOn(page)).toEqual([])
  await page.keyboard.press("Escape")
  await expect(dialog).toBeHidden()
  await expect(page.getByRole("button", { name: "Cancel order…" })).toBeFocused()

  const menu = page.locator("details.menu", {
    has: page.getByLabel("Actions for New Year’s Eve Gala"),
  })
  await menu.locator("summary").click()
  await expect(menu.getByRole("button", { name: "Delete" })).toBeVisible()
  await page.keyboard.press("Escape")
  await expect(menu.getByRole("button", { name: "Delete" })).toBeHidden()
  await expect(menu.locator("summary")).toBeFocused()
  await menu.locator("summary").click()
  await page.getByRole("heading", { level: 1 }).click()
  await expect(menu.getByRole("button", { name: "Delete" })).toBeHidden()
})

test("what is typed is counted, and not lost without a word", async ({ page, foyer }) => {
  await page.goto(`${foyer.app.publicUrl}/console/parts`)
  const bar = page.locator("[data-savebar]")
  await page.getByLabel("Price", { exact: true }).fill("30.00")
  await expect(bar).toContainText("1 unsaved change")
  await page.getByLabel("Absorb the fee").uncheck()
  await expect(bar).toContainText("2 unsaved changes")
  const asked = page.waitForEvent("dialog")
  void page.goto("about:blank").catch(() => undefined)
  const question = await asked
  expect(question.type()).toBe("beforeunload")
  await question.dismiss()
  await expect(page.getByLabel("Price", { exact: true })).toHaveValue("30.00")
})

test("everything is there without a script", async ({ browser, foyer }) => {
  const context = await browser.newContext({ javaScriptEnabled: false })
  const page = await context.newPage()
  await page.goto(`${foyer.app.publicUrl}/console/parts`)
  await expect(page.getByRole("alert")).toBeFocused()
  await page.getByText("Read as a table").first().click()
  await expect(page.getByRole("table", { name: "Sales by the hour in US dollars" })).toBeVisible()
  await expect(page.locator("[data-live-badge]")).toHaveCount(0)
  await context.close()
})
