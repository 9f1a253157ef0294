import { mortalDatabase } from "@foyer/server/testing/drills/mortal-database.ts"
import { stockOf } from "#support/books.ts"
import { expect, openProcessWorld, type ProcessWorld } from "#support/process-world.ts"
import { choose, expectOneOrder, gala, pay, tickets, untilBack } from "#support/purchase-story.ts"
import { type Shopper, shopperOn } from "#support/shopper.ts"
import { type Browser, test } from "@playwright/test"

// Every process of the database server dies of SIGKILL while shoppers click, twice; the payment sandbox's data is on it too.

const shopperCount = 3
const each = 6
/** During which of everybody's clicks. */
const crashesAt = [3, 5]

async function arriveAt(foyer: ProcessWorld, browser: Browser, url: string): Promise<Shopper> {
  const page = await browser.newPage({ locale: "en-CA", timezoneId: "America/Toronto" })
  await page.goto(url)
  const shopper = shopperOn(page)
  await shopper.openEvent(gala)
  return shopper
}

/** One click, until the server has told what came of it: the stepper says so before. */
async function clickOn({ widget, seen }: Shopper, wanted: number): Promise<void> {
  const stepper = widget.getByRole("group", { name: tickets, exact: true })
  await stepper.getByRole("button", { name: "One more" }).click()
  const told = seen(widget.getByText(`${wanted} × ${tickets}`, { exact: true }))
  await expect(told).toBeVisible(untilBack)
}

test("a database that crashes twice under load costs nobody a ticket", async ({
  browser,
  page,
}) => {
  test.setTimeout(180_000)
  await using stack = new AsyncDisposableStack()
  const database = stack.use(await mortalDatabase())
  const foyer = await openProcessWorld(stack, database)
  const club = await foyer.club({ seats: 100 })
  const shoppers = await Promise.all(
    Array.from({ length: shopperCount }, () => arriveAt(foyer, browser, foyer.pageOf(club))),
  )
  for (let wanted = 1; wanted <= each; wanted++) {
    const clicks = shoppers.map((shopper) => clickOn(shopper, wanted))
    const crash = crashesAt.includes(wanted) ? database.crash() : undefined
    await Promise.all([...clicks, crash])
  }
  const held = shopperCount * each
  await expect.poll(() => stockOf(database, club), untilBack).toEqual({ held, sold: 0, live: held })

  const other = await foyer.club()
  await page.goto(foyer.pageOf(other))
  const shopper = shopperOn(page)
  await choose(shopper)
  await pay(shopper)
  await expectOneOrder(foyer, shopper, other)
})
