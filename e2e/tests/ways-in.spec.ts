import type { Page } from "@playwright/test"
import { endHolds, expectBooks, ordersOf } from "#support/books.ts"
import { ada, shopperOn } from "#support/shopper.ts"
import { expect, test, type World } from "#support/world.ts"
import type { Club } from "#support/club.ts"

const gala = "New Year’s Eve Gala"

function hostedPage(foyer: World, club: Club, query = ""): string {
  return `${foyer.app.publicUrl}/v1/w/${club.widget}${query}`
}

/** What a content policy refused on the page from now on. */
async function violationsOn(page: Page): Promise<() => Promise<unknown>> {
  await page.addInitScript(() => {
    const seen: string[] = []
    Object.assign(window, { violations: seen })
    document.addEventListener(
      "securitypolicyviolation",
      ({ violatedDirective, blockedURI, sample }) =>
        seen.push(`${violatedDirective} ${blockedURI} ${sample}`),
    )
  })
  return () => page.evaluate("window.violations")
}

test("the hosted page sells by card, under a strict policy with Trusted Types", async ({
  page,
  foyer,
}) => {
  const club = await foyer.club()
  const violations = await violationsOn(page)
  const shopper = shopperOn(page)
  const response = await page.goto(hostedPage(foyer, club, "?event=gala"))
  expect(response?.headers()["content-security-policy"]).toContain("frame-ancestors 'none'")
  await expect(page.getByText("That link was used or is too old.")).toBeHidden()
  await shopper.setQuantity("General admission", 1)
  await shopper.reachPayment()
  await shopper.payByCard()
  const number = await shopper.untilGoing()
  expect(await violations()).toEqual([])
  expect(await ordersOf(foyer.database, club)).toMatchObject([{ number, state: "paid" }])
  await expectBooks(foyer.database)
})

test("without a script the hosted page is a list of shows with links", async ({
  browser,
  foyer,
}) => {
  const club = await foyer.club()
  const context = await browser.newContext({ javaScriptEnabled: false })
  const page = await context.newPage()
  await page.goto(hostedPage(foyer, club))
  await expect(page.locator("noscript p")).toBeVisible()
  await page.getByRole("link", { name: gala }).click()
  await expect(page.getByRole("heading", { name: gala })).toBeVisible()
  await page.getByRole("link", { name: "All shows" }).click()
  await expect(page.getByRole("link", { name: gala })).toBeVisible()
  await context.close()
})

test("a host with checkout=hosted hands the cart on; the token leaves the address at once", async ({
  page,
  foyer,
}) => {
  const club = await foyer.club()
  const shopper = shopperOn(page)
  await page.goto(foyer.pageOf(club, "hosted-checkout"))
  await shopper.openEvent(gala)
  await shopper.setQuantity("General admission", 2)
  await shopper.checkOut()
  await shopper.fillDetails()
  await shopper.widget.getByRole("button", { name: "Continue to payment" }).click()

  await page.waitForURL((url) => url.origin === foyer.app.publicUrl)
  await expect(shopper.cardForm.getByLabel("Card number")).toBeVisible()
  expect(new URL(page.url()).hash).toBe("")
  await shopper.payByCard()
  await shopper.untilGoing()
  expect(await ordersOf(foyer.database, club)).toMatchObject([{ state: "paid", tickets: 2 }])
  await expectBooks(foyer.database)
})

test("who comes back from the hosted page by the browser's button finds the cart, not the way out again", async ({
  page,
  foyer,
}) => {
  const club = await foyer.club()
  const shopper = shopperOn(page)
  await page.goto(foyer.pageOf(club, "hosted-checkout"))
  await shopper.openEvent(gala)
  await shopper.setQuantity("General admission", 1)
  await shopper.checkOut()
  await shopper.fillDetails()
  await shopper.widget.getByRole("button", { name: "Continue to payment" }).click()
  await page.waitForURL((url) => url.origin === foyer.app.publicUrl)
  await expect(shopper.cardForm.getByLabel("Card number")).toBeVisible()

  await page.goBack()
  await expect(shopper.widget.getByRole("heading", { level: 2 }).first()).toBeVisible()
  expect(new URL(page.url()).origin).toBe(foyer.hostOrigin)
  const toCart = shopper.seen(shopper.widget.getByRole("link", { name: "Your tickets" }))
  const inCart = shopper.widget.getByRole("heading", { name: "Your tickets" })
  await expect(toCart.or(inCart)).toBeVisible()
  if (await toCart.isVisible()) await toCart.click()
  await expect(shopper.widget.getByRole("group", { name: "General admission" })).toHaveText(/1/)
})

/** What the widget tells the organizer. */
function consoleOf(page: Page): string[] {
  const said: string[] = []
  page.on("console", (message) => {
    if (message.text().startsWith("foyer:")) said.push(message.text())
  })
  return said
}

test("a page that allows no WebSocket sells all the same, and the organizer is told once", async ({
  page,
  foyer,
}) => {
  const club = await foyer.club()
  const payment = foyer.app.sandboxUrl ?? ""
  const said = consoleOf(page)
  const shopper = shopperOn(page)
  await page.goto(foyer.pageOf(club, "no-sockets", { payment }))
  await shopper.openEvent(gala)
  await shopper.setQuantity("General admission", 2)
  await shopper.applyPromo("LAUGH10")
  await shopper.reachPayment()
  await shopper.payByCard()
  await shopper.untilGoing()
  expect(said).toEqual([expect.stringMatching(/no WebSocket to .* allow: connect-src .*ws:/)])
  expect(await ordersOf(foyer.database, club)).toMatchObject([{ state: "paid", promo: "LAUGH10" }])
  await expectBooks(foyer.database)
})

test("without WebSockets the end of a hold is still seen", async ({ page, foyer }) => {
  const club = await foyer.club()
  const shopper = shopperOn(page)
  await page.goto(foyer.pageOf(club, "no-sockets"))
  await shopper.openEvent(gala)
  await shopper.setQuantity("General admission", 1)
  await shopper.checkOut()
  await endHolds(foyer.database, club)
  await expect(shopper.widget.getByRole("heading", { name: /ran out|time/i })).toBeVisible()
})

test("a page whose policy forbids every way says which line to add and links to the hosted page", async ({
  page,
  foyer,
}) => {
  const club = await foyer.club()
  const said = consoleOf(page)
  const attempts: string[] = []
  page.on("console", (message) => {
    if (/Content Security Policy/.test(message.text())) attempts.push(message.text())
  })
  await page.goto(foyer.pageOf(club, "cut-off"))
  const link = page.getByRole("link", { name: "Prendre vos billets sur notre page sécurisée" })
  await expect(link).toBeVisible()
  await expect(page.getByRole("link", { name: "Nos spectacles" })).toBeVisible()
  expect(said).toEqual([expect.stringContaining(`Add: connect-src ${foyer.app.publicUrl} ws:`)])
  const before = attempts.length
  await link.click()
  await expect(page.getByRole("heading", { name: gala })).toBeVisible()
  expect(attempts).toHaveLength(before)
})

test("where the payment form is blocked, the link leads to the payment on the hosted page", async ({
  page,
  foyer,
}) => {
  const club = await foyer.club()
  const shopper = shopperOn(page)
  const socket = foyer.app.publicUrl.replace(/^http/, "ws")
  await page.goto(foyer.pageOf(club, "no-payment", { socket }))
  await shopper.openEvent(gala)
  await shopper.setQuantity("General admission", 1)
  await shopper.checkOut()
  await shopper.fillDetails()
  await shopper.widget.getByRole("button", { name: "Continue to payment" }).click()
  await shopper.widget.getByRole("link", { name: "Pay on the secure page" }).click()
  await shopper.payByCard()
  await shopper.untilGoing()
  expect(new URL(page.url()).origin).toBe(foyer.app.publicUrl)
  expect(await ordersOf(foyer.database, club)).toMatchObject([{ state: "paid" }])
  await expectBooks(foyer.database)
})

test("a page's promo code goes with the cart, and a wrong one is said without standing in the way", async ({
  page,
  foyer,
}) => {
  const club = await foyer.club()
  const shopper = shopperOn(page)
  await page.goto(foyer.pageOf(club, "plain", { promo: "laugh10" }))
  await shopper.openEvent(gala)
  await shopper.setQuantity("General admission", 1)
  await expect(shopper.seen(shopper.widget.getByText("LAUGH10 applied"))).toBeVisible()
  await shopper.seen(shopper.widget.getByRole("button", { name: /Remove.*LAUGH10/ })).click()
  await expect(shopper.seen(shopper.widget.getByText("Add a promo code"))).toBeVisible()
  await shopper.setQuantity("General admission", 2)
  await expect(shopper.seen(shopper.widget.getByText("Add a promo code"))).toBeVisible()
  await expect(shopper.widget.getByText("LAUGH10 applied").filter({ visible: true })).toHaveCount(0)

  const other = await foyer.club()
  await page.goto(foyer.pageOf(other, "plain", { promo: "NOSUCH" }))
  await shopper.openEvent(gala)
  await shopper.setQuantity("General admission", 1)
  await expect(shopper.seen(shopper.widget.getByText(/NOSUCH/))).toBeVisible()
  await shopper.checkOut()
})

test("a button fills the cart and opens the checkout below it, by keyboard", async ({
  page,
  foyer,
}) => {
  const club = await foyer.club()
  const shopper = shopperOn(page)
  await page.goto(foyer.pageOf(club, "buttons"))
  await page.getByRole("button", { name: "Buy two seats" }).press("Enter")
  const cart = shopper.widget.getByRole("heading", { name: "Your tickets" })
  await expect(cart).toBeFocused()
  await expect(shopper.widget.getByRole("group", { name: "General admission" })).toHaveText(/2/)
  await page.getByRole("button", { name: "Buy two seats" }).press("Enter")
  await expect(page.locator("foyer-checkout")).toHaveCount(1)
  await shopper.seen(shopper.widget.getByRole("button", { name: "Continue", exact: true })).click()
  await shopper.fillDetails()
  await shopper.toPayment()
  await shopper.payByCard()
  await shopper.untilGoing()
  expect(await ordersOf(foyer.database, club)).toMatchObject([{ state: "paid", tickets: 2 }])
  await expectBooks(foyer.database)
})

test("a button uses the widget on the page; a marked div becomes one", async ({ page, foyer }) => {
  const club = await foyer.club()
  const shopper = shopperOn(page)
  await page.goto(foyer.pageOf(club, "buttons", { below: club.widget }))
  await expect(shopper.widget.getByRole("heading", { level: 2, name: gala })).toBeVisible()
  await page.getByRole("button", { name: "Buy two seats" }).click()
  await expect(shopper.widget.getByRole("group", { name: "General admission" })).toHaveText(/2/)
  await expect(page.locator("div > foyer-checkout")).toHaveCount(1)
  await expect(page.locator("foyer-checkout")).toHaveCount(1)
})

for (const [name, when] of [
  ["before the page is parsed", "before"],
  ["when the page is there", "after"],
] as const)
  test(`a link that is no longer good is said to be so, also when its answer comes ${name}`, async ({
    page,
    foyer,
  }) => {
    const club = await foyer.club()
    const parser = Promise.withResolvers<void>()
    const answer = Promise.withResolvers<void>()
    await page.addInitScript(() => {
      const real = window.fetch
      window.fetch = async (...asked) => {
        const response = await real(...asked)
        // Whoever asked hears of it first.
        setTimeout(() => Object.assign(window, { isAnswered: true }))
        return response
      }
    })
    await page.route(hostedPage(foyer, club), async (route) => {
      const response = await route.fetch()
      const script = `<script src="${foyer.app.publicUrl}/v1/held.js"></script>`
      const body = (await response.text()).replace(/<body[^>]*>/, `$&${script}`)
      await route.fulfill({ response, body })
    })
    await page.route("**/v1/held.js", async (route) => {
      await parser.promise
      await route.fulfill({ body: "", contentType: "text/javascript" })
    })
    await page.route("**/recover", async (route) => {
      await answer.promise
      await route.continue()
    })
    const isAnswered = () => page.evaluate("window.isAnswered")
    const note = page.getByText("That link was used or is too old.")
    const link = `${hostedPage(foyer, club)}#recover=${"r".repeat(43)}`

    await page.goto(link, { waitUntil: "commit" })
    if (when === "before") {
      answer.resolve()
      await expect.poll(isAnswered).toBe(true)
      expect(await page.evaluate("document.readyState")).toBe("loading")
      await expect(note).toHaveCount(0)
    }
    parser.resolve()
    await expect(page.getByRole("link", { name: gala })).toBeVisible()
    if (when === "after") {
      await expect(note).toBeHidden()
      answer.resolve()
    }
    await expect(note).toBeVisible()
    expect(new URL(page.url()).hash).toBe("")
  })

/** Lets half an hour pass for the club's carts. */
async function leaveCarts({ database }: World, club: Club): Promise<void> {
  await database.owner.query(
    `update sales.cart set updated_at = clock_timestamp() - interval '31 minutes'
     where account_id = (select id from org.account where slug = $1)`,
    [club.slug],
  )
}

async function recoveryLink({ database }: World, email: string): Promise<string | undefined> {
  const { rows } = await database.owner.query<{ text: string }>(
    "select text from ops.outbox_mail where to_address = $1 and text like '%#recover=%'",
    [email],
  )
  return /https?:\S+#recover=\S+/.exec(rows[0]?.text ?? "")?.[0]
}

test("a mail brings a cart that was left behind back on another device, once", async ({
  page,
  browser,
  foyer,
}) => {
  test.setTimeout(180_000)
  const club = await foyer.club({ recoveryMails: true })
  const email = `${club.slug}@example.com`
  const shopper = shopperOn(page)
  await page.goto(foyer.pageOf(club))
  await shopper.openEvent(gala)
  await shopper.setQuantity("General admission", 2)
  await shopper.checkOut()
  await expect(shopper.widget.getByText("we may write to you once")).toBeVisible()
  await shopper.fillDetails({ ...ada, email })
  await shopper.toPayment()
  await page.close()
  await leaveCarts(foyer, club)
  const link = () => recoveryLink(foyer, email)
  await expect.poll(link, { timeout: 90_000 }).toBeTruthy()

  const phone = await browser.newContext()
  const there = shopperOn(await phone.newPage())
  await there.page.goto((await link()) ?? "")
  await expect(there.widget.getByRole("group", { name: "General admission" })).toHaveText(/2/)
  expect(new URL(there.page.url()).hash).toBe("")
  await there.page.reload()
  await expect(there.widget.getByRole("group", { name: "General admission" })).toHaveText(/2/)

  const stranger = await browser.newContext()
  const late = await stranger.newPage()
  await late.goto((await link()) ?? "")
  await expect(late.getByText("That link was used or is too old.")).toBeVisible()
  await stranger.close()

  await there.seen(there.widget.getByRole("button", { name: "Continue", exact: true })).click()
  await there.toPayment()
  await there.payByCard()
  await there.untilGoing()
  expect(await ordersOf(foyer.database, club)).toMatchObject([{ state: "paid", email }])
  await expectBooks(foyer.database)
  await phone.close()
})
