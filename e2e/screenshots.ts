import { mkdir } from "node:fs/promises"
import { fileURLToPath } from "node:url"
import { startApp } from "@foyer/server/app.ts"
import { readConfig } from "@foyer/server/config.ts"
import { demoSeason } from "@foyer/server/sandbox/demo/ensure-season.ts"
import { generate } from "@foyer/server/sandbox/generate/generate.ts"
import { seasonSlug } from "@foyer/server/sandbox/generate/season-file.ts"
import { testDatabase } from "@foyer/server/testing/database.ts"
import { startTestServer } from "@foyer/server/testing/test-server.ts"
import { type Browser, chromium, type Page } from "@playwright/test"
import { shopperOn } from "#support/shopper.ts"

// `npm run screenshots`: the documentation's pictures, taken of the demo as it is. CHROMIUM names another browser than Playwright's own.
const folder = fileURLToPath(new URL("../docs/images/", import.meta.url))
const event = "Saturday Night Headliners"

await using stack = new AsyncDisposableStack()
stack.use(await startTestServer())
const database = stack.use(await testDatabase())
const read = readConfig({ PORT: "0", LOG_LEVEL: "warn" })
if (!read.ok) throw new Error(read.faults.join("\n"))
// A year of sales, so that there is something to see.
const season = { ...demoSeason, until: new Date().toISOString() }
await generate(database.url, { season, say: () => {} })
const app = stack.use(await startApp(read.config, database.url))
const club = `${app.demoUrl}/comedy`
const executablePath = process.env["CHROMIUM"]
const browser = await chromium.launch({
  args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
  ...(executablePath && { executablePath }),
})
stack.defer(() => browser.close())

await mkdir(folder, { recursive: true })
await onPhone(browser)
await onDesk(browser)
await inConsole(browser)

async function onPhone(from: Browser): Promise<void> {
  const page = await visit(from, { width: 360, height: 720 }, 2)
  await take(page, "phone-list")
  const shopper = shopperOn(page)
  await shopper.openEvent(event)
  await shopper.setQuantity("General admission, Adult", 2)
  await shopper.untilSaid("2 tickets, all in")
  await take(page, "phone-event", "#event-showtimes")
}

async function onDesk(from: Browser): Promise<void> {
  const page = await visit(from, { width: 1280, height: 800 }, 1)
  await take(page, "list")
  const shopper = shopperOn(page)
  await shopper.openEvent(event)
  await shopper.setQuantity("General admission, Adult", 2)
  await shopper.untilSaid("2 × General admission, Adult")
  await take(page, "event", "#event-title")
  await shopper.checkOut()
  await shopper.fillDetails()
  for (const box of await shopper.widget.getByRole("checkbox").all()) await box.check()
  await shopper.toPayment()
  await shopper.cardForm.getByText("Test cards").waitFor()
  await take(page, "payment")
  await shopper.payByCard()
  await shopper.untilGoing()
  await take(page, "success")
}

/** The console's guide: pages of the demo's owner, and the first steps of somebody new. */
async function inConsole(from: Browser): Promise<void> {
  const page = await from.newPage({
    viewport: { width: 1280, height: 800 },
    locale: "en-CA",
    timezoneId: "America/Toronto",
    reducedMotion: "reduce",
  })
  const [owner] = app.demoPeople ?? []
  if (!owner) throw new Error("the demo has nobody to sign in")
  await page.goto(`${app.publicUrl}/console/sign-in`)
  await page.getByLabel("E-mail").fill(owner.email)
  await page.getByLabel("Password").fill(owner.password)
  await page.getByRole("button", { name: "Sign in", exact: true }).click()
  await page.waitForURL(/\/today$/)
  const account = `${app.publicUrl}/console/laughing-stock`
  for (const name of ["events", "promotions", "widgets"])
    await takePage(page, `${account}/${name}`, name)
  for (const name of ["today", "orders", "reports"])
    await takePage(page, `${app.publicUrl}/console/${seasonSlug}/${name}`, name)
  await checkPage(page, account)
  await takePage(page, `${account}/import`, "import")
  await newOrganizer(page)
  await page.context().close()
}

/** A look at the club's own page. */
async function checkPage(page: Page, account: string): Promise<void> {
  await page.goto(`${account}/widgets/main/check`)
  await page.getByLabel("Address of the page with the tickets").fill(club)
  await page.getByRole("button", { name: "Check" }).click()
  await page.getByRole("heading", { name: "What we found" }).waitFor()
  await takePage(page, page.url(), "check")
}

async function newOrganizer(page: Page): Promise<void> {
  await page.goto(`${app.publicUrl}/console/new`)
  await page.getByLabel("Name").fill("The Corner Stage")
  await page.getByLabel("Country").selectOption("CA")
  await page.getByLabel("Currency").selectOption("cad")
  await page.getByLabel("Time zone").selectOption("America/Toronto")
  await page.getByRole("button", { name: "Continue" }).click()
  await page.getByRole("link", { name: "Start" }).waitFor()
  await takePage(page, page.url(), "first-run")
  await page.getByRole("link", { name: "Start" }).click()
  await page.getByLabel("Title").waitFor()
  await takePage(page, page.url(), "first-event")
}

/** The top of a page of the console, without what it said of the last form. */
async function takePage(page: Page, address: string, name: string): Promise<void> {
  await page.goto(address)
  await page.waitForLoadState("networkidle")
  await page.mouse.move(0, 0)
  await page.screenshot({ path: `${folder}console-${name}.png` })
}

/** The club's page without what makes it a demo. */
async function visit(
  from: Browser,
  viewport: { readonly width: number; readonly height: number },
  deviceScaleFactor: number,
): Promise<Page> {
  const context = await from.newContext({
    viewport,
    deviceScaleFactor,
    bypassCSP: true,
    locale: "en-CA",
    timezoneId: "America/Toronto",
    reducedMotion: "reduce",
  })
  const page = await context.newPage()
  await page.addInitScript(() => localStorage.setItem("demo-consent", "granted"))
  await page.goto(club)
  await page.addStyleTag({ content: "#demo-panel { display: none }" })
  await page.locator("foyer-checkout").getByRole("heading", { name: "Upcoming shows" }).waitFor()
  return page
}

/** A picture of the window, with what `at` names below the site's own header. */
async function take(page: Page, name: string, at = ":scope"): Promise<void> {
  const widget = page.locator("foyer-checkout")
  const target = at === ":scope" ? widget : widget.locator(at)
  await target.evaluate((element) => {
    const header = document.querySelector("header")?.getBoundingClientRect().height ?? 0
    scrollTo({
      top: scrollY + element.getBoundingClientRect().top - header - 8,
      behavior: "instant",
    })
  })
  await page.mouse.move(0, 0)
  await page.waitForFunction(() =>
    [...(document.querySelector("foyer-checkout")?.shadowRoot?.querySelectorAll("img") ?? [])]
      .filter((image) => image.getBoundingClientRect().top < innerHeight)
      .every((image) => image.complete),
  )
  await page.screenshot({ path: `${folder}${name}.png` })
}
