import { conversionsOf, expectBooks, ordersOf, stockOf } from "#support/books.ts"
import { cards, type Shopper, shopperOn } from "#support/shopper.ts"
import { expect, test, type World } from "#support/world.ts"
import type { Club } from "#support/club.ts"
import type { Page } from "@playwright/test"

const gala = "New Year’s Eve Gala"

/** As far as the payment form, with two tickets. */
async function atPayment(page: Page, foyer: World, club: Club): Promise<Shopper> {
  const shopper = shopperOn(page)
  await page.goto(foyer.pageOf(club))
  await shopper.openEvent(gala)
  await shopper.setQuantity("General admission", 2)
  await shopper.reachPayment()
  return shopper
}

/** The payment that the club's shopper has under way, as the provider knows it. */
async function intentOf({ database }: World, club: Club): Promise<string> {
  const { rows } = await database.owner.query<{ provider_id: string }>(
    `select p.provider_id from pay.payment p join org.account a on a.id = p.account_id
     where a.slug = $1 order by p.created_at desc limit 1`,
    [club.slug],
  )
  return rows[0]?.provider_id ?? ""
}

const paid = { state: "paid", total: 5989, payment: "succeeded", tickets: 2, cart: "completed" }
const sold = { held: 0, sold: 2, live: 0 }
const held = { held: 2, sold: 0, live: 2 }

test("4 the payment form mounts outside the shadow root, and its frame outlives its slot", async ({
  page,
  foyer,
}) => {
  const club = await foyer.club()
  const shopper = await atPayment(page, foyer, club)
  await shopper.cardForm.getByLabel("Card number").fill(cards.good)
  const frameBornAt = () => shopper.cardForm.locator("body").evaluate(() => performance.timeOrigin)
  const bornAt = await frameBornAt()

  await shopper.widget.getByRole("button", { name: "Back to details" }).click()
  await expect(shopper.widget.getByLabel("E-mail")).toBeVisible()
  await expect(shopper.cardForm.getByLabel("Card number")).toBeHidden()
  await shopper.toPayment()
  await expect(shopper.cardForm.getByLabel("Card number")).toHaveValue("4242 4242 4242 4242")
  expect(await frameBornAt()).toBe(bornAt)

  await shopper.payByCard()
  await shopper.untilGoing()
  expect(await ordersOf(foyer.database, club)).toMatchObject([paid])
  expect(await stockOf(foyer.database, club)).toEqual(sold)
  await expectBooks(foyer.database)
})

test("22 a free order needs no payment", async ({ page, foyer }) => {
  const club = await foyer.club()
  const shopper = shopperOn(page)
  const frames: string[] = []
  page.on("request", (request) => frames.push(request.url()))
  await page.goto(foyer.pageOf(club))
  await shopper.openEvent("Yes, And? Improv Jam")
  await shopper.setQuantity("A seat", 3)
  await shopper.checkOut()
  await shopper.fillDetails()
  await shopper.widget.getByRole("button", { name: "Get my tickets" }).click()
  const number = await shopper.untilGoing()
  expect(await ordersOf(foyer.database, club)).toMatchObject([
    { number, state: "paid", total: 0, payment: null, tickets: 3, cart: "completed" },
  ])
  expect(await stockOf(foyer.database, club, "seat")).toEqual({ held: 0, sold: 3, live: 0 })
  expect(frames.filter((url) => url.startsWith(foyer.app.sandboxUrl ?? "none"))).toEqual([])
  await expectBooks(foyer.database)
})

test("23 a declined card is told in human words, and the next one pays the same order", async ({
  page,
  foyer,
}) => {
  const club = await foyer.club()
  const shopper = await atPayment(page, foyer, club)
  await shopper.payByCard(cards.declined)
  await shopper.untilSaid("Your bank said no to this card")
  await shopper.untilSaid(/You haven’t been charged, and your tickets are held/)
  expect(await ordersOf(foyer.database, club)).toMatchObject([
    { state: "awaiting_payment", payment: "failed", tickets: 0 },
  ])
  expect(await stockOf(foyer.database, club)).toEqual(held)
  const declined = await intentOf(foyer, club)

  await shopper.payByCard(cards.good)
  await shopper.untilGoing()
  expect(await intentOf(foyer, club)).toBe(declined)
  expect(await ordersOf(foyer.database, club)).toMatchObject([paid])
  expect(await stockOf(foyer.database, club)).toEqual(sold)
  await expectBooks(foyer.database)
})

test("24 a payment at the bank’s own page comes back, and the host’s scripts never see its secret", async ({
  page,
  foyer,
}) => {
  const club = await foyer.club()
  const shopper = shopperOn(page)
  await page.goto(foyer.pageOf(club, "analytics", { utm_source: "poster" }))
  await shopper.openEvent(gala)
  await shopper.setQuantity("General admission", 2)
  await shopper.reachPayment()
  await shopper.chooseBank()
  await shopper.pressPay()
  const asked: string[] = []
  page.on("request", (request) => request.isNavigationRequest() && asked.push(request.url()))
  await page.getByRole("button", { name: "Approve payment" }).click()
  await shopper.untilGoing()

  // The control: the provider did put its secret into the address that it returned to.
  expect(asked.some((url) => url.includes("payment_intent_client_secret"))).toBe(true)
  const address = foyer.pageOf(club, "analytics", { utm_source: "poster" })
  expect(await page.evaluate("window.addresses")).toEqual([address, `${address}&foyer-return=1`])
  expect(page.url()).toBe(address)
  expect(await ordersOf(foyer.database, club)).toMatchObject([paid])
  expect(await stockOf(foyer.database, club)).toEqual(sold)
  await expectBooks(foyer.database)
})

test("a bank that refuses the redirect leaves the tickets held, and a card pays them", async ({
  page,
  foyer,
}) => {
  const club = await foyer.club()
  const shopper = await atPayment(page, foyer, club)
  await shopper.chooseBank()
  await shopper.pressPay()
  await page.getByRole("button", { name: "Refuse payment" }).click()
  await shopper.untilSaid(/^You haven’t been charged/)
  expect(await stockOf(foyer.database, club)).toEqual(held)
  await shopper.payByCard()
  await shopper.untilGoing()
  expect(await ordersOf(foyer.database, club)).toMatchObject([paid])
  await expectBooks(foyer.database)
})

test("3-D Secure: approved, the order is paid", async ({ page, foyer }) => {
  const club = await foyer.club()
  const shopper = await atPayment(page, foyer, club)
  await shopper.payByCard(cards.threeDSecure)
  await shopper.answerBank("Approve")
  await shopper.untilGoing()
  expect(await ordersOf(foyer.database, club)).toMatchObject([paid])
  expect(await stockOf(foyer.database, club)).toEqual(sold)
  await expectBooks(foyer.database)
})

test("3-D Secure: failed, nothing is charged and the tickets stay held", async ({
  page,
  foyer,
}) => {
  const club = await foyer.club()
  const shopper = await atPayment(page, foyer, club)
  await shopper.payByCard(cards.threeDSecure)
  await shopper.answerBank("Fail")
  await shopper.untilSaid("Your bank wanted to check it’s you")
  expect(await ordersOf(foyer.database, club)).toMatchObject([
    { state: "awaiting_payment", payment: "failed", tickets: 0 },
  ])
  expect(await stockOf(foyer.database, club)).toEqual(held)
  await expectBooks(foyer.database)
})

test("a payment that takes its time is waited for, and the webhook tells the open page", async ({
  page,
  foyer,
}) => {
  const club = await foyer.club()
  const shopper = await atPayment(page, foyer, club)
  await shopper.payByCard(cards.processing)
  await shopper.untilSaid("We’re confirming your payment")
  await foyer.sandbox("settle", { id: await intentOf(foyer, club) })
  await shopper.untilGoing()
  expect(await ordersOf(foyer.database, club)).toMatchObject([paid])
  expect(await stockOf(foyer.database, club)).toEqual(sold)
  await expectBooks(foyer.database)
})

test("the tab closed in mid-payment: the webhook completes the order, and the next visit shows it", async ({
  page,
  context,
  foyer,
}) => {
  const club = await foyer.club()
  const shopper = await atPayment(page, foyer, club)
  await shopper.payByCard(cards.processing)
  await shopper.untilSaid("We’re confirming your payment")
  await page.close()
  await foyer.sandbox("settle", { id: await intentOf(foyer, club) })
  await expect.poll(() => ordersOf(foyer.database, club)).toMatchObject([paid])
  const later = shopperOn(await context.newPage())
  await later.page.goto(foyer.pageOf(club))
  await later.untilGoing()
  await expectBooks(foyer.database)
})

test("yen: no decimals, another price list, the same holds", async ({ page, foyer }) => {
  const club = await foyer.club({ abroad: true })
  const shopper = shopperOn(page)
  await page.goto(foyer.pageOf(club))
  await shopper.openEvent(gala)
  await shopper.setQuantity("General admission", 2)
  await shopper.untilSaid("CA$59.89")
  const holds = () => holdsOf(foyer, club)
  const before = await holds()
  expect(before).toHaveLength(1)

  await shopper.widget.getByRole("link", { name: "All shows" }).click()
  await shopper.widget
    .getByRole("combobox", { name: "Region and currency" })
    .selectOption("Japan, JPY")
  await shopper.untilSaid("JP¥5,989")
  expect(await holds()).toEqual(before)
  await shopper.openEvent(gala)
  await shopper.reachPayment()
  await expect(shopper.widget.getByRole("button", { name: "Pay JP¥5,989" })).toBeVisible()
  await shopper.payByCard()
  await shopper.untilGoing()
  expect(await ordersOf(foyer.database, club)).toMatchObject([{ ...paid, currency: "jpy" }])
  expect(await stockOf(foyer.database, club)).toEqual(sold)
  await expectBooks(foyer.database)
})

async function holdsOf({ database }: World, club: Club) {
  const { rows } = await database.owner.query(
    `select h.hold_id, h.variant_id, h.qty, h.state, h.expires_at from inv.hold h join org.account a on a.id = h.account_id
     where a.slug = $1 order by 1, 2`,
    [club.slug],
  )
  return rows
}

async function cartsOf({ database }: World, club: Club) {
  const { rows } = await database.owner.query(
    `select c.state, array(select h.state from inv.hold h where h.cart_id = c.id) as holds
     from sales.cart c join org.account a on a.id = c.account_id where a.slug = $1`,
    [club.slug],
  )
  return rows
}

test("back from a payment unfreezes the cart: more tickets, a new order, one charge", async ({
  page,
  foyer,
}) => {
  const club = await foyer.club()
  const shopper = await atPayment(page, foyer, club)
  await shopper.payByCard(cards.declined)
  await shopper.untilSaid("Your bank said no to this card")
  expect(await cartsOf(foyer, club)).toEqual([{ state: "frozen", holds: ["paying"] }])
  await shopper.widget.getByRole("button", { name: "Back to details" }).click()
  await expect(shopper.widget.getByLabel("E-mail")).toBeVisible()
  expect(await cartsOf(foyer, club)).toEqual([{ state: "open", holds: ["held"] }])
  await shopper.widget.getByRole("link", { name: "Back to tickets" }).click()
  await shopper.setQuantity("General admission", 3)
  await shopper.untilSaid("$89.84")
  await shopper.seen(shopper.widget.getByRole("button", { name: "Continue", exact: true })).click()
  await shopper.toPayment()
  await shopper.payByCard()
  await shopper.untilGoing()
  expect(await ordersOf(foyer.database, club)).toMatchObject([
    { state: "canceled", total: 5989, payment: "canceled", tickets: 0 },
    { state: "paid", total: 8984, payment: "succeeded", tickets: 3 },
  ])
  expect(await stockOf(foyer.database, club)).toEqual({ held: 0, sold: 3, live: 0 })
  await expectBooks(foyer.database)
})

test("Pay pressed in two tabs at once charges once", async ({ page, context, foyer }) => {
  const club = await foyer.club()
  const here = await atPayment(page, foyer, club)
  const there = shopperOn(await context.newPage())
  await there.page.goto(foyer.pageOf(club))
  await there.openEvent(gala)
  await there.checkOut()
  await there.toPayment()
  await Promise.all([here.fillCard(), there.fillCard()])
  await Promise.all([here.pressPay(), there.pressPay()])
  const numbers = await Promise.all([here.untilGoing(), there.untilGoing()])
  expect(numbers[0]).toBe(numbers[1])
  expect(await ordersOf(foyer.database, club)).toMatchObject([paid])
  const charges = (await foyer.sandbox("objects?kind=charge&limit=1000")) as {
    data: { payment_intent: string; status: string }[]
  }
  const intent = await intentOf(foyer, club)
  expect(charges.data.filter((charge) => charge.payment_intent === intent)).toMatchObject([
    { status: "succeeded" },
  ])
  await expectBooks(foyer.database)
})

/** Keeps the server's news from the page, from `keep` on and until the page has sent such a command. */
async function newsBefore(page: Page, type: string) {
  let kept: (string | Buffer)[] | undefined
  await page.routeWebSocket(/socket\.io/, (socket) => {
    const server = socket.connectToServer()
    server.onMessage((message) => {
      if (kept && String(message).startsWith('42/v1,["frame"')) kept.push(message)
      else socket.send(message)
    })
    socket.onMessage((message) => {
      server.send(message)
      if (!kept || !String(message).includes(`"type":"${type}"`)) return
      for (const each of kept) socket.send(each)
      kept = undefined
    })
  })
  return {
    keep: () => void (kept = []),
    haveCome: () => expect.poll(() => kept?.length).toBeGreaterThan(0),
  }
}

test("a price that rises before Pay is shown and agreed to, never charged in silence", async ({
  page,
  foyer,
}) => {
  const club = await foyer.club()
  const news = await newsBefore(page, "pay")
  const shopper = await atPayment(page, foyer, club)
  await shopper.fillCard()
  news.keep()
  await foyer.change(club, { galaPrice: "30.00" })
  await news.haveCome()
  await shopper.pressPay()
  await shopper.untilSaid("The total is now $71.64")
  expect(await ordersOf(foyer.database, club)).toEqual([])
  await shopper.pressPay()
  await shopper.untilGoing()
  expect(await ordersOf(foyer.database, club)).toMatchObject([{ ...paid, total: 7164 }])
  expect(await conversionsOf(foyer.database, club)).toEqual([])
  await expectBooks(foyer.database)
})
