import type { Page } from "@playwright/test"
import { barriersOn, enterConsole, layoutFaults, looks } from "#support/console.ts"
import { shopperOn } from "#support/shopper.ts"
import { expect, test } from "#support/world.ts"

const gala = "New Year’s Eve Gala"
/** The last one: the first takes the Enter key, out of sight. */
const save = (page: Page) => page.getByRole("button", { name: "Save changes" }).last().click()

test("a new title and a new price appear in an open widget, and who uses it loses neither place nor focus", async ({
  browser,
  page,
  foyer,
}) => {
  const club = await foyer.club()
  const shopper = shopperOn(page)
  await page.goto(foyer.pageOf(club))
  await shopper.openEvent(gala)
  await shopper.setQuantity("General admission", 2)
  const more = page.getByRole("button", { name: /One more/ }).first()
  await more.focus()

  const office = await (await browser.newContext({ locale: "en-CA" })).newPage()
  const home = await enterConsole(office, foyer, club)
  await office.goto(`${home}/events`)
  await office.getByRole("link", { name: gala }).click()
  await expect(office.getByText("1 open now")).toBeVisible()
  await office.getByLabel("Price").first().fill("31.00")
  await expect(office.getByText("1 open page will show it when you save.")).toBeVisible()
  await save(office)
  await expect(office.getByRole("status")).toContainText("Saved. Every open widget shows it.")
  await expect(page.locator("foyer-checkout")).toContainText("$31.00")
  await office.getByRole("link", { name: "Page and pictures" }).click()
  await office.getByLabel("Title").fill("The Last Gala")
  await save(office)
  await expect(page.getByRole("heading", { name: "The Last Gala" })).toBeVisible()
  await expect(more).toBeFocused()
  await expect(page.locator("foyer-checkout")).toContainText("2")
  await office.getByRole("link", { name: "History" }).click()
  await expect(office.getByText("changed Title")).toBeVisible()
  await expect(office.getByText("changed Floor, Adult: price in CAD")).toBeVisible()
})

test("of two who edit the same event the second sees what differs and chooses", async ({
  browser,
  foyer,
}, info) => {
  const club = await foyer.club()
  const [first, second] = await Promise.all(
    [1, 2].map(async () => (await browser.newContext({ locale: "en-CA" })).newPage()),
  )
  if (!first || !second) throw new Error("two pages are needed")
  for (const each of [first, second]) {
    const home = await enterConsole(each, foyer, club)
    await each.goto(`${home}/events/gala`)
  }
  await first.getByLabel("Price").first().fill("20.00")
  await first.getByLabel("Capacity of each date").fill("55")
  await save(first)
  await expect(first.getByRole("status")).toContainText("Saved")

  await second.getByLabel("Price").first().fill("35.00")
  await second.getByLabel("Most tickets in one order").fill("4")
  await save(second)
  await expect(second.getByText("changed this while you had it open")).toBeVisible()
  const choiceOf = (name: string) => second.getByRole("group", { name })
  const price = choiceOf("Floor, Adult: price in CAD")
  await expect(price.getByText("It was: 25.00")).toBeVisible()
  await expect(price.getByLabel("Theirs: 20.00")).not.toBeChecked()
  await expect(price.getByLabel("Yours: 35.00")).not.toBeChecked()
  await expect(choiceOf("Floor: capacity").getByLabel("Theirs: 55")).toBeChecked()
  await expect(choiceOf("Most in one order").getByLabel("Yours: 4")).toBeChecked()
  for (const { name, width, colorScheme } of looks) {
    await second.setViewportSize({ width, height: 900 })
    await second.emulateMedia({ colorScheme, reducedMotion: "reduce" })
    expect(await layoutFaults(second), name).toEqual([])
    expect(await barriersOn(second), name).toEqual([])
    await second.screenshot({
      path: info.outputPath(`conflict-${width}-${colorScheme}.png`),
      fullPage: true,
    })
  }
  await price.getByLabel("Yours: 35.00").check()
  await save(second)
  await expect(second.getByRole("status")).toContainText("Saved")
  await expect(second.getByLabel("Price").first()).toHaveValue("35.00")
  await expect(second.getByLabel("Capacity of each date")).toHaveValue("55")
  await expect(second.getByLabel("Most tickets in one order")).toHaveValue("4")
})

test("dates repeat over the change of the clock; the hour that it skips is refused where it was typed", async ({
  page,
  foyer,
}) => {
  const club = await foyer.club()
  const home = await enterConsole(page, foyer, club)
  await page.goto(`${home}/events/gala`)
  await page.getByRole("link", { name: "Add dates" }).click()
  await page.getByLabel("First date").fill("2099-03-01T02:30")
  await page.getByLabel("Every week, or every few weeks").check()
  await page.getByLabel("How many dates in all").fill("3")
  await page.getByRole("button", { name: "Add dates" }).click()
  const first = page.getByLabel("First date")
  await expect(first).toHaveAttribute("aria-invalid", "true")
  await expect(first).toHaveAccessibleDescription(
    /02:30 does not exist on 8 March 2099: the clocks go forward over it/,
  )
  await expect(page.getByLabel("How many dates in all")).toHaveValue("3")
  await page.getByLabel("Not on these days").fill("2099-03-08")
  await page.getByRole("button", { name: "Add dates" }).click()
  await expect(page.getByRole("status")).toContainText("2 dates added.")
  await expect(page.getByRole("row", { name: "Sun 15 Mar 2099, 02:30" })).toBeVisible()

  await page.getByRole("link", { name: "Add dates" }).click()
  await page.getByLabel("First date").fill("2099-11-01T01:30")
  await page.getByRole("button", { name: "Add dates" }).click()
  await expect(page.getByRole("status")).toContainText(
    "comes twice that night: the show begins the first time",
  )
})

test("an event is made with a picture, given a second ticket and a question, and published", async ({
  browser,
  page,
  foyer,
}) => {
  const club = await foyer.club()
  const home = await enterConsole(page, foyer, club)
  await page.goto(`${home}/events`)
  const picture = { name: "poster.png", mimeType: "image/png", buffer: await page.screenshot() }
  await page.getByRole("link", { name: "New event" }).click()
  await page.getByRole("button", { name: "Create event" }).click()
  await expect(page.getByRole("alert")).toContainText("Title: Fill this in.")
  await page.getByLabel("Title").fill("Robots & <Romance>")
  await page.getByLabel("First date").fill("2099-05-05T20:00")
  await page.getByLabel("Picture").setInputFiles(picture)
  await page.getByLabel("Price").fill("12.50")
  await page.getByRole("button", { name: "Create event" }).click()
  await expect(page.getByRole("heading", { level: 1, name: "Robots & <Romance>" })).toBeVisible()
  await expect(page.getByText("Draft", { exact: true })).toBeVisible()
  await expect(page.getByText("CA$12.50").or(page.getByText("$12.50")).first()).toBeVisible()

  await page.getByRole("button", { name: "Add a type" }).click()
  await expect(page.getByText("Not saved yet.")).toBeVisible()
  await page.getByLabel("Name").nth(1).fill("Balcony")
  await page.getByLabel("Price").nth(1).fill("9.00")
  await save(page)
  await page.getByRole("link", { name: "Questions" }).click()
  await page.getByRole("button", { name: "Add a question" }).click()
  await page.getByLabel("Question", { exact: true }).last().fill("Allergies?")
  await save(page)

  const host = await (await browser.newContext({ locale: "en-CA" })).newPage()
  await host.goto(foyer.pageOf(club))
  await expect(host.locator("foyer-checkout")).toContainText(gala)
  await expect(host.locator("foyer-checkout")).not.toContainText("Robots")
  await page.getByRole("button", { name: "Publish" }).click()
  await expect(host.locator("foyer-checkout")).toContainText("Robots & <Romance>")
  const shown = host.locator("foyer-checkout img").first()
  await expect(shown).toHaveJSProperty("complete", true)
  expect(await shown.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBeGreaterThan(400)
  await shopperOn(host).openEvent("Robots & <Romance>")
  await expect(host.locator("foyer-checkout")).toContainText("Balcony")

  const fake = {
    name: "poster.jpg",
    mimeType: "image/jpeg",
    buffer: Buffer.from("<svg onload=alert(1)>"),
  }
  await page.getByRole("link", { name: "Page and pictures" }).click()
  await page.getByLabel("Title").fill("Robots")
  await page.getByLabel("Choose another picture").setInputFiles(fake)
  await save(page)
  await expect(page.getByLabel("Choose another picture")).toHaveAccessibleDescription(
    /This is no picture that can be shown/,
  )
  await expect(page.getByLabel("Title")).toHaveValue("Robots")
})

test("every page of an event can be read and used, wide and narrow, light and dark", async ({
  page,
  foyer,
}, info) => {
  test.slow() // nine pages, each four times
  const club = await foyer.club({ abroad: true, questions: [asked, "Step-free?"].map(question) })
  const home = await enterConsole(page, foyer, club)
  const at = "/events/gala"
  const pages = {
    list: "/events",
    new: "/events/new",
    tickets: at,
    page: `${at}/page`,
    questions: `${at}/questions`,
    fees: `${at}/fees`,
    "add-ons": `${at}/add-ons`,
    history: `${at}/history`,
    dates: `${at}/dates`,
    date: `${at}/dates/2099-12-31T21:00`,
    archive: `${at}/archive`,
  }
  for (const [name, path] of Object.entries(pages)) {
    await page.goto(`${home}${path}`)
    for (const { width, colorScheme } of looks) {
      await page.setViewportSize({ width, height: 900 })
      await page.emulateMedia({ colorScheme, reducedMotion: "reduce" })
      expect(await layoutFaults(page), `${name} ${width}`).toEqual([])
      expect(await barriersOn(page), `${name} ${width} ${colorScheme}`).toEqual([])
      await page.screenshot({
        path: info.outputPath(`${name}-${width}-${colorScheme}.png`),
        fullPage: true,
      })
    }
  }
})

const asked = "How did you hear of us?"

function question(label: string, i: number) {
  const choices = ["A friend", "The web"].map((title, j) => ({ slug: `a${j}`, title }))
  return i === 0
    ? {
        slug: "heard",
        event: "gala",
        label,
        kind: "choice",
        required: false,
        section: "About you",
        choices,
      }
    : { slug: "access", event: "gala", label, kind: "checkbox", required: true }
}
