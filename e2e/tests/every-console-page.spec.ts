import { consoleNeeds } from "@foyer/server/testing/console-needs.ts"
import { barriersOn, enterConsole, layoutFaults, looks } from "#support/console.ts"
import { expect, test } from "#support/world.ts"

/** What a story of its own looks at in all four looks, with something on it; and what is no page. */
const elsewhere = [
  /\.(?:csv|css|js|svg|png)$/,
  /\/preview$/,
  /^\/console\/(?:assets|parts)/,
  /^\/console(?:\/:account)?(?:\/settings)?$/,
  /^\/console\/:account\/(?:orders|waitlist|stock|payouts|today|promotions|reports)/,
  /^\/console\/:account\/events(?:\/new|\/:event|\/:event\/[a-z-]+|\/:event\/dates\/:at)?$/,
  /^\/console\/:account\/settings\/(?:organization|brand|regions|tax|fees|pixels|sites)$/,
  /^\/console\/:account\/widgets(?:\/new|\/:widget)?$/,
]

/** A page that is added is looked at here, until it has a story of its own. */
const paths = Object.keys(consoleNeeds)
  .filter((route) => route.startsWith("GET "))
  .map((route) => route.slice("GET ".length))
  .filter((path) => !elsewhere.some((known) => known.test(path)))

const table = ["title,date,time,ticket,price", "Friday <Jam>,2099-11-27,20:00,Adult,20"].join("\n")

test("every page of the console that no other story looks at is whole and open to all, wide and narrow, light and dark", async ({
  page,
  foyer,
}, info) => {
  test.setTimeout(300_000) // some twenty pages, each in four looks
  const club = await foyer.club()
  const home = await enterConsole(page, foyer, club)
  await page.goto(`${home}/import`)
  await page.getByLabel("Calendar or table").setInputFiles({
    name: "shows.csv",
    mimeType: "text/csv",
    buffer: Buffer.from(table),
  })
  await page.getByRole("button", { name: "Read the file" }).click()
  await page.waitForURL(/\/import\/[^/]+$/)
  const places: Readonly<Record<string, string>> = {
    ":account": club.slug,
    ":event": "gala",
    ":at": "2099-12-31T21:00",
    ":widget": "main",
    ":id": page.url().split("/").at(-1) ?? "",
    ":token": "a-token-that-was-used-before",
  }
  expect(paths.length).toBeGreaterThan(15)
  for (const path of [...paths, "/console/:account/no-such-page"]) {
    const address = path.replaceAll(/:[a-z]+/g, (name) => places[name] ?? name)
    await page.goto(`${foyer.app.publicUrl}${address}`)
    await expect(page.locator("main h1")).toHaveCount(1)
    for (const { name, width, colorScheme } of looks) {
      await page.setViewportSize({ width, height: 900 })
      await page.emulateMedia({ colorScheme, reducedMotion: "reduce" })
      expect.soft(await layoutFaults(page), `${path}, ${name}`).toEqual([])
      expect.soft(await barriersOn(page), `${path}, ${name}`).toEqual([])
      await info.attach(`${path}, ${name}`, {
        body: await page.screenshot({ fullPage: true }),
        contentType: "image/png",
      })
    }
  }
})
