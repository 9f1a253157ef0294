import { expectBooks, ordersOf } from "#support/books.ts"
import { ada, shopperOn } from "#support/shopper.ts"
import { expect, test } from "#support/world.ts"

const gala = "New Year’s Eve Gala"

test("the order has a page with its tickets, a calendar file and a mail, for whoever holds the link", async ({
  page,
  request,
  foyer,
}) => {
  const club = await foyer.club()
  const shopper = shopperOn(page)
  await page.goto(foyer.pageOf(club))
  await shopper.openEvent(gala)
  await shopper.setQuantity("General admission", 2)
  await shopper.setQuantity("Nachos for two", 1)
  await shopper.reachPayment()
  await shopper.payByCard()
  const number = await shopper.untilGoing()
  await shopper.untilSaid("Ticket 1 of 2")
  await shopper.untilSaid("Ticket 2 of 2")

  const opened = page.waitForEvent("popup")
  await shopper.widget.getByRole("link", { name: "Receipt" }).click()
  const order = await opened
  await expect(order.getByRole("heading", { name: "You’re going!" })).toBeVisible()
  await expect(order.getByText(`Order ${number}`)).toBeVisible()
  await expect(order.getByText("CA$68.93").first()).toBeVisible()
  const { rows: tickets } = await foyer.database.owner.query<{ code: string }>(
    "select t.code from sales.ticket t join org.account a on a.id = t.account_id where a.slug = $1 order by t.seq",
    [club.slug],
  )
  expect(tickets).toHaveLength(2)
  for (const { code } of tickets)
    await expect(order.getByRole("img", { name: `QR code of ticket ${code}` })).toBeVisible()

  const [bought] = await ordersOf(foyer.database, club)
  expect(bought).toMatchObject({ number, state: "paid", total: 6893, tickets: 2 })
  expect(order.url()).toBe(`${foyer.app.publicUrl}/orders/${bought?.token}`)
  const calendar = await request.get(`${order.url()}/calendar.ics`)
  expect(calendar.headers()["content-type"]).toContain("text/calendar")
  const ics = await calendar.text()
  expect(ics).toMatch(/^BEGIN:VCALENDAR\r\n/)
  // 21:00 in Toronto, which is five hours behind in winter.
  expect(ics).toContain("DTSTART:21000101T020000Z")
  expect(ics).toContain(`SUMMARY:${gala}`)

  const mails = async () =>
    (
      await foyer.database.owner.query(
        "select to_address, subject, html, text from ops.outbox_mail where text like $1",
        [`%${bought?.token}%`],
      )
    ).rows
  await expect.poll(mails).toHaveLength(1)
  const [mail] = await mails()
  expect(mail).toMatchObject({
    to_address: ada.email,
    subject: `Your tickets: ${gala} (${number})`,
  })
  expect(mail.html).toContain(order.url())

  const wrong = await request.get(`${order.url().slice(0, -4)}AAAA`)
  expect(wrong.status()).toBe(404)
  expect(await wrong.text()).not.toContain(number)
  await expectBooks(foyer.database)
})
