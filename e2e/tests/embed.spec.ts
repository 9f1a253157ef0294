import { conversionsOf, expectBooks, ordersOf, stockOf } from "#support/books.ts"
import { ada, shopperOn } from "#support/shopper.ts"
import { connect, post, priceOf } from "#support/wire.ts"
import { observedOn } from "#support/observed.ts"
import { startHosts } from "#support/host-server.ts"
import { expect, test } from "#support/world.ts"
import type { Locator } from "@playwright/test"

const gala = "New Year’s Eve Gala"

/** What is in a control, where the caret stands, and whether it has the focus within its own root. */
function caretIn(control: Locator) {
  return control.evaluate((input: HTMLInputElement) => ({
    value: input.value,
    caret: input.selectionStart,
    focused: (input.getRootNode() as ShadowRoot).activeElement === input,
  }))
}

test("1 an e-mail half typed keeps its text and caret, and every field its value, while the form is rendered anew", async ({
  page,
  context,
  foyer,
}) => {
  const club = await foyer.club()
  const here = shopperOn(page)
  await page.goto(foyer.pageOf(club))
  await here.openEvent(gala)
  await here.setQuantity("General admission", 1)
  await here.checkOut()
  const other = shopperOn(await context.newPage())
  await other.page.goto(foyer.pageOf(club))
  await other.openEvent(gala)
  await other.checkOut()

  await page.bringToFront()
  await here.widget.getByLabel("Last name").pressSequentially("Lovelace")
  const email = here.widget.getByLabel("E-mail")
  await email.pressSequentially("ada@exam")
  for (let n = 0; n < 4; n += 1) await email.press("ArrowLeft")
  await expect(other.widget.getByLabel("Last name")).toHaveValue("Lovelace")
  await other.page.bringToFront()
  await other.widget.getByLabel("First name").pressSequentially("Ada")
  await other.widget.getByLabel("First name").press("Tab")

  await expect(here.widget.getByLabel("First name")).toHaveValue("Ada")
  await expect(here.widget.getByLabel("Last name")).toHaveValue("Lovelace")
  expect(await caretIn(email)).toMatchObject({ value: "ada@exam", focused: true })
  // An e-mail control tells nobody where its caret is; the next letters do.
  await email.pressSequentially("lovelace+")
  await expect(email).toHaveValue("ada@lovelace+exam")
  expect(await stockOf(foyer.database, club)).toEqual({ held: 1, sold: 0, live: 1 })
  await expectBooks(foyer.database)
})

function choice(title: string) {
  return {
    slug: title.toLowerCase(),
    kind: "ticket",
    title,
    taxClass: "admission",
    capacity: 20,
    priceTypes: [{ slug: "open", kind: "pay-what-you-like", prices: { cad: "5.00" } }],
  }
}

function openNight(...titles: string[]) {
  return {
    slug: "open-night",
    title: "Open night",
    venue: { name: "The Cellar", city: "Toronto", subdivision: "ON", country: "CA" },
    showtimes: [{ at: "2099-12-10T19:00" }],
    products: titles.map(choice),
  }
}

test("2 a row that appears before the focused one leaves the text in its own field", async ({
  page,
  foyer,
}) => {
  const club = await foyer.club({ extraEvents: [openNight("Sofa", "Stool")] })
  const shopper = shopperOn(page)
  await page.goto(foyer.pageOf(club))
  await shopper.openEvent("Open night")
  const amountOf = (title: string) =>
    shopper.widget
      .getByRole("listitem")
      .filter({ has: page.getByRole("heading", { name: title }) })
      .getByLabel("Your price")
  await amountOf("Sofa").fill("12")
  await amountOf("Stool").fill("34.50")
  await amountOf("Stool").press("Home")

  await foyer.change(club, { extraEvents: [openNight("Armchair", "Sofa", "Bench", "Stool")] })
  await expect(shopper.widget.getByRole("heading", { name: "Bench" })).toBeVisible()
  expect(await caretIn(amountOf("Stool"))).toEqual({ value: "34.50", caret: 0, focused: true })
  await expect(amountOf("Sofa")).toHaveValue("12")
  await expect(amountOf("Armchair")).toHaveValue("5.00")
  await shopper.setQuantity("Stool", 1)
  await shopper.untilSaid("$34.50")
  expect(await stockOf(foyer.database, club, "stool")).toEqual({ held: 1, sold: 0, live: 1 })
  await expectBooks(foyer.database)
})

test("3 the host page's MutationObserver sees nothing of what goes on inside", async ({
  page,
  foyer,
}) => {
  const club = await foyer.club()
  const shopper = shopperOn(page)
  await page.goto(foyer.pageOf(club, "watchful"))
  await expect(shopper.widget.getByRole("link", { name: gala })).toBeVisible()
  await page.evaluate("window.seen = []")
  await shopper.openEvent(gala)
  await shopper.setQuantity("General admission", 2)
  await shopper.applyPromo("LAUGH10")
  await shopper.checkOut()
  await shopper.fillDetails()
  await shopper.widget.getByRole("link", { name: "Back to tickets" }).click()
  await shopper.setQuantity("General admission", 1)
  await expect.poll(() => stockOf(foyer.database, club)).toEqual({ held: 1, sold: 0, live: 1 })
  expect(await page.evaluate("window.seen")).toEqual([])
  // The observer is awake: what the host adds itself, it sees.
  await page.evaluate("document.body.append(document.createElement('hr'))")
  expect(await page.evaluate("window.seen")).toEqual(["<hr>"])
  await expectBooks(foyer.database)
})

test("5 nothing the shopper does leaves the host page inert, 3-D Secure included", async ({
  page,
  foyer,
}) => {
  const club = await foyer.club()
  const shopper = shopperOn(page)
  const search = page.getByRole("textbox", { name: "Search this site" })
  const useHost = async (word: string) => {
    await search.click()
    await search.fill(word)
    await expect(search).toBeFocused()
    await expect(search).toHaveValue(word)
  }
  await page.goto(foyer.pageOf(club, "watchful"))
  await shopper.openEvent(gala)
  await useHost("event")
  await shopper.setQuantity("General admission", 1)
  await useHost("cart")
  await shopper.checkOut()
  await shopper.fillDetails()
  await useHost("details")
  await shopper.toPayment()
  await useHost("payment")
  await shopper.payByCard("4000002760003184")
  await shopper.answerBank("Fail")
  await shopper.untilSaid("Your bank wanted to check it’s you")
  await useHost("refused")
  await shopper.pressPay()
  await shopper.answerBank("Approve")
  await shopper.untilGoing()
  await useHost("success")
  expect(await ordersOf(foyer.database, club)).toMatchObject([{ state: "paid", tickets: 1 }])
  await expectBooks(foyer.database)
})

test("6 the script tag twice does no harm", async ({ page, foyer }) => {
  const club = await foyer.club()
  const shopper = shopperOn(page)
  await page.goto(foyer.pageOf(club, "twice"))
  await page.addScriptTag({ url: `${foyer.app.publicUrl}/v1/foyer.js?again` })
  await shopper.openEvent(gala)
  await shopper.setQuantity("General admission", 2)
  await shopper.untilSaid("$59.89")
  expect(await observedOn(page)).toMatchObject({ sockets: 1, errors: [] })
  expect(await stockOf(foyer.database, club)).toEqual({ held: 2, sold: 0, live: 2 })
  await expectBooks(foyer.database)
})

test("7 two widgets of one account have one connection and one cart", async ({ page, foyer }) => {
  const club = await foyer.club()
  await page.goto(foyer.pageOf(club, "two-widgets"))
  const first = shopperOn(page, page.locator("#first"))
  const second = shopperOn(page, page.locator("#second"))
  await first.openEvent(gala)
  await second.openEvent(gala)
  await first.setQuantity("General admission", 2)
  await expect(second.widget.getByRole("group", { name: "General admission" })).toContainText("2")
  await second.setQuantity("Nachos for two", 1)
  await first.untilSaid("$68.93")
  await second.checkOut()
  await expect(first.widget.getByRole("heading", { name: gala })).toBeVisible()
  await second.fillDetails()
  await second.toPayment()
  await second.payByCard()
  await second.untilGoing()
  await first.untilGoing()
  expect(await observedOn(page)).toMatchObject({ sockets: 1 })
  expect(await ordersOf(foyer.database, club)).toMatchObject([
    { state: "paid", total: 6893, tickets: 2, cart: "completed" },
  ])
  await expectBooks(foyer.database)
})

test("9 an answer that is lost on the way is asked for again, and the command has run once", async ({
  page,
  foyer,
}) => {
  const club = await foyer.club()
  const sent: string[] = []
  let lost = 0
  await page.routeWebSocket(/socket\.io/, (socket) => {
    const server = socket.connectToServer()
    let losing: string | undefined
    socket.onMessage((message) => {
      const [, id, command] = /^42\/v1,(\d+)(\[.*)$/.exec(String(message)) ?? []
      if (command?.includes('"set-quantity"')) {
        sent.push(JSON.parse(command)[1].op)
        if (lost === 0) losing = id
      }
      server.send(message)
    })
    server.onMessage((message) => {
      const isAnswer = losing !== undefined && String(message).startsWith(`43/v1,${losing}[`)
      if (!isAnswer) return socket.send(message)
      // The server has done it and said so; the page never hears of it.
      lost += 1
      void socket.close()
      void server.close()
    })
  })
  const shopper = shopperOn(page)
  await page.goto(foyer.pageOf(club))
  await shopper.openEvent(gala)
  await shopper.setQuantity("General admission", 1)
  await shopper.untilSaid("$29.95")
  expect(lost).toBe(1)
  expect(sent).toHaveLength(2)
  expect(new Set(sent).size).toBe(1)
  const { rows } = await foyer.database.owner.query(
    `select count(*)::int as commands from ops.command where command_id = $1`,
    [sent[0]],
  )
  expect(rows).toEqual([{ commands: 1 }])
  const { rows: events } = await foyer.database.owner.query(
    `select count(*)::int as holds from es.event e join inv.variant v on e.stream = 'variant-' || v.variant_id
       join org.account a on a.id = v.account_id where a.slug = $1 and (e.data->'after'->>'held')::int > 0`,
    [club.slug],
  )
  expect(events).toEqual([{ holds: 1 }])
  expect(await stockOf(foyer.database, club)).toEqual({ held: 1, sold: 0, live: 1 })
  await expectBooks(foyer.database)
})

test("10 three commands at once end in the order in which they were sent", async ({ foyer }) => {
  const club = await foyer.club()
  const price = await priceOf(foyer, club)
  using page = connect(foyer, club)
  await page.opened
  const ended: number[] = []
  const wanted = [5, 1, 3]
  const answers = await Promise.all(
    wanted.map(async (quantity) => {
      const answer = await page.command("set-quantity", { price, quantity })
      ended.push(quantity)
      return answer
    }),
  )
  expect(answers).toMatchObject(wanted.map(() => ({ ok: true, outcome: "done" })))
  const revs = answers.map((answer) => (answer.ok && answer.frame?.rev) || 0)
  expect(ended).toEqual(wanted)
  expect(revs).toEqual(revs.toSorted((one, other) => one - other))
  expect(await stockOf(foyer.database, club)).toEqual({ held: 3, sold: 0, live: 3 })
  await expectBooks(foyer.database)
})

test("11 malformed payloads, unknown commands and missing acks leave the server alive", async ({
  page,
  foyer,
}) => {
  const club = await foyer.club()
  const price = await priceOf(foyer, club)
  using rude = connect(foyer, club)
  await rude.opened
  const { socket } = rude
  const payloads: unknown[] = [
    undefined,
    null,
    7,
    "set-quantity",
    [],
    {},
    { type: "set-quantity" },
    { type: "drop-tables", op: "x" },
    { __proto__: { type: "pay" } },
    { op: {}, instance: [], widget: 1, base: -1, at: null, type: "constructor", data: {} },
    Buffer.from([0, 1, 2]),
  ]
  for (const payload of payloads) {
    socket.emit("command", payload)
    expect(await socket.timeout(5000).emitWithAck("command", payload)).toMatchObject({
      ok: false,
      code: "bad-request",
    })
  }
  socket.emit("command")
  socket.emit("no-such-event", { a: 1 })
  for (const quantity of [-1, 1.5, 1e9, Number.NaN, "2", null])
    expect(await rude.command("set-quantity", { price, quantity })).toMatchObject({
      ok: false,
      code: "bad-request",
    })
  const tooBig = new Promise((resolve) => socket.once("disconnect", resolve))
  socket.emit("command", { type: "x".repeat(100_000) })
  await tooBig

  for (const body of ["", "{", "null", "[]", '{"command":{}}', JSON.stringify("x".repeat(40_000))])
    expect((await post(foyer, club, body)).answer).toMatchObject({ ok: false, code: "bad-request" })

  const shopper = shopperOn(page)
  await page.goto(foyer.pageOf(club))
  await shopper.openEvent(gala)
  await shopper.setQuantity("General admission", 2)
  await shopper.untilSaid("$59.89")
  expect(await stockOf(foyer.database, club)).toEqual({ held: 2, sold: 0, live: 2 })
  await expectBooks(foyer.database)
})

test("13 a page of a foreign origin is refused, by socket and by HTTP", async ({ page, foyer }) => {
  const club = await foyer.club()
  const neighbour = await foyer.club({ origins: ["https://neighbour.example"] })
  await using strangers = await startHosts(() => foyer.app.publicUrl)

  for (const origin of [strangers.origin, "null", "https://evil.example"]) {
    using stranger = connect(foyer, club, origin)
    await expect(stranger.opened).rejects.toThrow()
    const refused = await post(foyer, club, "{}", origin)
    expect(refused).toMatchObject({ status: 403, cors: origin })
  }
  await page.goto(`${strangers.origin}/watchful?widget=${club.widget}`)
  const secure = page.getByRole("link", { name: "Get tickets on our secure page" })
  await expect(secure).toHaveAttribute("href", `${foyer.app.publicUrl}/v1/w/${club.widget}`)
  expect((await observedOn(page)).said.join()).toContain(
    `${strangers.origin} may not show ${club.widget}`,
  )
  // An origin that another account allows comes as far as its handshake.
  using nextDoor = connect(foyer, club, "https://neighbour.example")
  await expect(nextDoor.opened).rejects.toMatchObject({ data: { code: "origin-not-allowed" } })
  using atHome = connect(foyer, neighbour, "https://neighbour.example")
  expect(await atHome.opened).toMatchObject({ at: { view: "browse" } })

  await page.goto(foyer.pageOf(club).replace(foyer.hostOrigin, strangers.origin))
  // What the organizer wrote into the element stays: a plain list of links.
  await expect(page.getByRole("link", { name: "Our shows" })).toBeVisible()
  await expect(page.getByRole("link", { name: gala })).toBeHidden()
  expect(await stockOf(foyer.database, club)).toEqual({ held: 0, sold: 0, live: 0 })
  await expectBooks(foyer.database)
})

const hostile = `<img src=x onerror="window.pwned=1"> & <b>"Gala'</b> {{7*7}} \${1}`

test("19 a hostile name is only text: in the widget, on the order page and in the mail", async ({
  page,
  foyer,
}) => {
  const club = await foyer.club({ galaTitle: hostile })
  const shopper = shopperOn(page)
  await page.goto(foyer.pageOf(club))
  await shopper.openEvent(hostile)
  await shopper.setQuantity("General admission", 1)
  await shopper.untilSaid(hostile)
  await shopper.checkOut()
  await shopper.fillDetails({ ...ada, firstName: "<script>pwned=1</script>" })
  await shopper.toPayment()
  await shopper.payByCard()
  await shopper.untilGoing()
  await expect(shopper.widget.getByRole("heading", { name: hostile })).toBeVisible()
  expect(await page.evaluate("window.pwned")).toBeUndefined()
  expect(await shopper.widget.locator("img[src='x'], script").count()).toBe(0)

  const [order] = await ordersOf(foyer.database, club)
  await page.goto(`${foyer.app.publicUrl}/orders/${order?.token}`)
  await expect(page.getByRole("heading", { name: hostile })).toBeVisible()
  expect(await page.locator("img[src='x'], script").count()).toBe(0)
  const mail = async () =>
    (
      await foyer.database.owner.query(
        "select subject, html from ops.outbox_mail where html like $1",
        [`%${order?.token}%`],
      )
    ).rows[0]
  await expect.poll(mail).toBeTruthy()
  expect((await mail()).subject).toContain("onerror")
  expect((await mail()).html).not.toMatch(/<img src=x|<script>/)
  await expectBooks(foyer.database)
})

test("20 a question whose name is `attributes` is asked, kept over renderings and answered", async ({
  page,
  context,
  foyer,
}) => {
  const question = { label: "attributes", kind: "text", required: true }
  const club = await foyer.club({
    questions: ["attributes", "children", "node-name"].map((slug) => ({
      ...question,
      slug,
      label: slug,
    })),
  })
  const shopper = shopperOn(page)
  await page.goto(foyer.pageOf(club))
  await shopper.openEvent(gala)
  await shopper.setQuantity("General admission", 1)
  await shopper.checkOut()
  await shopper.widget.getByLabel("attributes").fill("tall")
  await shopper.widget.getByLabel("children").fill("none")
  await shopper.widget.getByLabel("node-name").pressSequentially("DIV")

  const other = shopperOn(await context.newPage())
  await other.page.goto(foyer.pageOf(club))
  await other.openEvent(gala)
  await other.setQuantity("General admission", 2)
  await shopper.untilSaid("2 × General admission")
  await expect(shopper.widget.getByLabel("node-name")).toHaveValue("DIV")
  await shopper.fillDetails()
  await shopper.toPayment()
  await shopper.payByCard()
  await shopper.untilGoing()
  const { rows } = await foyer.database.owner.query(
    `select label, answer from sales.order_answer w join org.account a on a.id = w.account_id where a.slug = $1 order by 1`,
    [club.slug],
  )
  expect(rows).toEqual([
    { label: "attributes", answer: "tall" },
    { label: "children", answer: "none" },
    { label: "node-name", answer: "DIV" },
  ])
  expect(await conversionsOf(foyer.database, club)).toEqual([])
  await expectBooks(foyer.database)
})
