import type { Page } from "@playwright/test"
import { endHolds, expectBooks, ordersOf, stockOf } from "#support/books.ts"
import { shopperInFrench, shopperOn } from "#support/shopper.ts"
import { connect, priceOf } from "#support/wire.ts"
import { expect, test, type World } from "#support/world.ts"
import type { Club } from "#support/club.ts"

const gala = "New Year’s Eve Gala"

async function withTickets(page: Page, foyer: World, club: Club, quantity = 2) {
  const shopper = shopperOn(page)
  await page.goto(foyer.pageOf(club))
  await shopper.openEvent(gala)
  await shopper.setQuantity("General admission", quantity)
  return shopper
}

test("the cart survives a reload, and a visit on another day in the same browser", async ({
  page,
  context,
  foyer,
}) => {
  const club = await foyer.club()
  const shopper = await withTickets(page, foyer, club)
  await shopper.untilSaid("$59.89")
  await page.reload()
  await shopper.untilSaid("$59.89")
  await page.close()

  const later = shopperOn(await context.newPage())
  await later.page.goto(foyer.pageOf(club))
  await later.untilSaid("$59.89")
  await later.openEvent(gala)
  await later.reachPayment()
  await later.payByCard()
  await later.untilGoing()
  expect(await ordersOf(foyer.database, club)).toMatchObject([{ state: "paid", total: 5989 }])
  expect(await stockOf(foyer.database, club)).toEqual({ held: 0, sold: 2, live: 0 })
  await expectBooks(foyer.database)
})

test("nothing is stored in the host’s browser before the first tickets, and no cookie ever", async ({
  page,
  context,
  foyer,
}) => {
  const club = await foyer.club()
  const shopper = shopperOn(page)
  const stored = () =>
    page.evaluate(() => [...Object.keys(localStorage), ...Object.keys(sessionStorage)])
  await page.goto(foyer.pageOf(club))
  await shopper.openEvent(gala)
  expect(await stored()).toEqual([])
  await shopper.setQuantity("General admission", 1)
  await shopper.untilSaid("$29.95")
  expect(await stored()).toEqual([`foyer.v1.${club.slug}`])
  expect(await context.cookies()).toEqual([])
  await expectBooks(foyer.database)
})

test("two tabs show one cart, and paying in one finishes both", async ({
  page,
  context,
  foyer,
}) => {
  const club = await foyer.club()
  const here = await withTickets(page, foyer, club, 1)
  const there = shopperOn(await context.newPage())
  await there.page.goto(foyer.pageOf(club))
  await there.openEvent(gala)
  await there.setQuantity("General admission", 2)
  await here.untilSaid("$59.89")
  await here.reachPayment()
  await here.payByCard()
  const number = await here.untilGoing()
  expect(await there.untilGoing()).toBe(number)

  // The next tickets begin another cart, in both tabs.
  await there.widget.getByRole("link", { name: "See more shows" }).click()
  await there.openEvent(gala)
  await there.setQuantity("General admission", 1)
  await there.untilSaid("$29.95")
  await expect(here.widget.getByRole("heading", { name: "You’re going!" })).toBeVisible()
  await here.page.reload()
  await here.untilSaid("$29.95")
  expect(await ordersOf(foyer.database, club)).toMatchObject([{ state: "paid", tickets: 2 }])
  expect(await stockOf(foyer.database, club)).toEqual({ held: 1, sold: 2, live: 1 })
  await expectBooks(foyer.database)
})

test("the last tickets go to one of two shoppers, and the other is told", async ({
  page,
  browser,
  foyer,
}) => {
  const club = await foyer.club({ seats: 3 })
  const quick = await withTickets(page, foyer, club, 2)
  await quick.untilSaid("$59.89")
  await using stranger = await browser.newContext({
    locale: "en-CA",
    timezoneId: "America/Toronto",
  })
  const slow = shopperOn(await stranger.newPage())
  await slow.page.goto(foyer.pageOf(club))
  await slow.openEvent(gala)
  await slow.untilSaid("Only 1 left")
  await quick.setQuantity("General admission", 3)
  await slow.untilSaid("Sold out")
  // What was held is free again at once for everybody who looks.
  await quick.setQuantity("General admission", 1)
  await slow.untilSaid("Only 2 left")
  expect(await stockOf(foyer.database, club)).toEqual({ held: 1, sold: 0, live: 1 })
  await expectBooks(foyer.database)
})

test("a hold that runs out is told in the open page, and can be had again", async ({
  page,
  foyer,
}) => {
  const club = await foyer.club()
  const shopper = await withTickets(page, foyer, club)
  await shopper.checkOut()
  await endHolds(foyer.database, club, 3)
  // A change of the catalogue tells the page of its new deadline. Nobody touches it any more: its own countdown ends, and it asks.
  await foyer.change(club, { seats: 41 })
  await expect(shopper.widget.getByRole("heading", { name: "Your hold ran out" })).toBeVisible()
  await shopper.untilSaid("Still available, same price")
  await shopper.widget.getByRole("button", { name: "Hold them again" }).click()
  await expect(shopper.widget.getByRole("heading", { name: "Your tickets" })).toBeVisible()
  expect(await stockOf(foyer.database, club)).toEqual({ held: 2, sold: 0, live: 2 })
  await shopper.seen(shopper.widget.getByRole("button", { name: "Continue", exact: true })).click()
  await shopper.fillDetails()
  await shopper.toPayment()
  await shopper.payByCard()
  await shopper.untilGoing()
  expect(await ordersOf(foyer.database, club)).toMatchObject([{ state: "paid", tickets: 2 }])
  await expectBooks(foyer.database)
})

test("what a hold kept from others is theirs again when its time is over", async ({
  page,
  foyer,
}) => {
  const club = await foyer.club({ seats: 3 })
  const price = await priceOf(foyer, club)
  using other = connect(foyer, club)
  await other.opened
  const shopper = shopperOn(page)
  await page.goto(foyer.pageOf(club))
  await shopper.openEvent(gala)
  await other.command("set-quantity", { price, quantity: 2 })
  await shopper.untilSaid("Only 1 left")
  await endHolds(foyer.database, club)
  await shopper.untilSaid("Only 3 left")
  expect(await stockOf(foyer.database, club)).toEqual({ held: 0, sold: 0, live: 0 })
  await expectBooks(foyer.database)
})

test("tickets that somebody else took while the hold was out are gone, and said so", async ({
  page,
  browser,
  foyer,
}) => {
  const club = await foyer.club({ seats: 2 })
  const shopper = await withTickets(page, foyer, club)
  await shopper.seen(shopper.widget.getByRole("link", { name: "Check out" })).click()
  await expect(shopper.widget.getByRole("heading", { name: "Your tickets" })).toBeVisible()
  await endHolds(foyer.database, club)
  await using stranger = await browser.newContext({
    locale: "en-CA",
    timezoneId: "America/Toronto",
  })
  const other = await withTickets(await stranger.newPage(), foyer, club)
  await other.untilSaid("$59.89")

  // Told in the open page, as soon as the seats are another's.
  await expect(shopper.widget.getByRole("heading", { name: "Your hold ran out" })).toBeVisible()
  await shopper.untilSaid("Gone for now")
  await shopper.widget.getByRole("button", { name: "Choose something else" }).click()
  await expect(shopper.widget.getByRole("link", { name: gala })).toBeVisible()
  expect(await stockOf(foyer.database, club)).toEqual({ held: 2, sold: 0, live: 2 })
  await expectBooks(foyer.database)
})

test("in French, from the first show to the mail", async ({ page, foyer }) => {
  const club = await foyer.club()
  const shopper = shopperInFrench(page)
  await page.goto(foyer.pageOf(club, "plain", { locale: "fr" }))
  await shopper.openEvent(gala)
  await shopper.setQuantity("General admission", 2)
  await shopper.applyPromo("LAUGH10")
  await shopper.reachPayment()
  await expect(shopper.widget.getByRole("button", { name: /^Payer 54,24\s\$$/ })).toBeVisible()
  await shopper.payByCard()
  await shopper.untilGoing()
  expect(await ordersOf(foyer.database, club)).toMatchObject([
    { state: "paid", total: 5424, locale: "fr-CA", tickets: 2 },
  ])
  const mail = async () =>
    (
      await foyer.database.owner.query(
        "select subject, text from ops.outbox_mail where text like $1",
        [`%${(await ordersOf(foyer.database, club))[0]?.token}%`],
      )
    ).rows
  await expect.poll(mail).toHaveLength(1)
  expect((await mail())[0].subject).toContain("Vos billets")
  await expectBooks(foyer.database)
})

test("clicks that are faster than their answers all count", async ({ page, foyer }) => {
  const club = await foyer.club()
  const shopper = shopperOn(page)
  // Each answer takes its time on the way back.
  await page.routeWebSocket(/socket\.io/, (socket) => {
    const server = socket.connectToServer()
    server.onMessage((message) => void setTimeout(() => socket.send(message), 150))
  })
  await page.goto(foyer.pageOf(club))
  await shopper.openEvent(gala)
  const stepper = shopper.widget.getByRole("group", { name: "General admission" })
  for (let clicks = 0; clicks < 6; clicks += 1)
    await stepper.getByRole("button", { name: "One more" }).click()
  // At once, and still so when the answers to earlier clicks have come.
  await expect(stepper.getByRole("status")).toHaveText("6")
  await shopper.untilSaid("$179.67")
  await expect(stepper.getByRole("status")).toHaveText("6")
  expect(await stockOf(foyer.database, club)).toEqual({ held: 6, sold: 0, live: 6 })
  await expectBooks(foyer.database)
})

test("twelve shoppers at once, five seats: five have one, seven are told", async ({ foyer }) => {
  const club = await foyer.club({ seats: 5 })
  const price = await priceOf(foyer, club)
  await using pages = new AsyncDisposableStack()
  const shoppers = Array.from({ length: 12 }, () => pages.use(connect(foyer, club)))
  await Promise.all(shoppers.map((each) => each.opened))
  const answers = await Promise.all(
    shoppers.map((each) => each.command("set-quantity", { price, quantity: 1 })),
  )
  const told = (what: string) =>
    answers.filter((answer) => answer.ok && (answer.reason ?? answer.outcome) === what).length
  expect({ done: told("done"), soldOut: told("sold-out") }).toEqual({ done: 5, soldOut: 7 })
  expect(await stockOf(foyer.database, club)).toEqual({ held: 5, sold: 0, live: 5 })
  await expectBooks(foyer.database)
})

test("only the shopper’s own wish leads away from an order: a place that is told late does not", async ({
  foyer,
}) => {
  const club = await foyer.club()
  const price = await priceOf(foyer, club, "seat")
  using page = connect(foyer, club)
  await page.opened
  const viewAfter = async (...command: Parameters<typeof page.command>) => {
    const answer = await page.command(...command)
    return answer.ok ? answer.frame?.at.view : answer.code
  }
  const jam = { view: "event", event: "jam" }
  const values = { email: "ada@example.com", firstName: "Ada", lastName: "Lovelace" }
  expect(await viewAfter("set-quantity", { price, quantity: 2 })).toBe("event")
  expect(await viewAfter("submit-details", { values })).toBe("success")
  // What a widget says of itself when another tab has changed the cart.
  expect(await viewAfter("open-widget", { at: jam })).toBe("success")
  expect(await viewAfter("navigate", { at: jam })).toBe("event")
  expect(await viewAfter("open-widget", { at: jam })).toBe("event")
  expect(await ordersOf(foyer.database, club)).toMatchObject([
    { state: "paid", total: 0, payment: null, tickets: 2 },
  ])
  await expectBooks(foyer.database)
})
