import type { Page } from "@playwright/test"
import { conversionsOf, expectBooks, ordersOf } from "#support/books.ts"
import type { Club } from "#support/club.ts"
import { shopperOn } from "#support/shopper.ts"
import { expect, test, type World } from "#support/world.ts"

const gala = "New Year’s Eve Gala"
const pixels = [
  { destination: "meta", target: "1234567890" },
  { destination: "ga4", target: "G-CLUB" },
  { destination: "google-ads", target: "AW-1/abc" },
  { destination: "reddit", target: "t2_club" },
]
const fired = ["ga4", "google-ads", "meta", "reddit"].map((destination) => ({
  destination,
  state: "acknowledged",
  outcome: "fired",
}))

type Call = { readonly library: string; readonly args: readonly unknown[] }

/** Every call of the host's own pixels, in whatever tab and before whatever reload it was made. */
const callsOn = (page: Page) =>
  page.evaluate(() => JSON.parse(localStorage.getItem("calls") ?? "[]") as Call[])

async function buyOn(page: Page, foyer: World, club: Club, query: Record<string, string> = {}) {
  const shopper = shopperOn(page)
  // Whoever types looks at the tab: some engines move the focus in no other.
  await page.bringToFront()
  await page.goto(foyer.pageOf(club, "pixels", query))
  await shopper.openEvent(gala)
  await shopper.setQuantity("General admission", 2)
  await shopper.reachPayment()
  await shopper.payByCard()
  return { shopper, number: await shopper.untilGoing() }
}

test("17 each conversion fires exactly once: five reloads, two tabs, a webhook that comes again", async ({
  page,
  context,
  foyer,
}) => {
  const club = await foyer.club({ pixels })
  const second = shopperOn(await context.newPage())
  const consent = "granted"
  // Both tabs shop with one cart, so that completion reaches both at once.
  await second.page.goto(foyer.pageOf(club, "pixels", { consent }))
  await second.openEvent(gala)
  await second.setQuantity("General admission", 1)
  const { number } = await buyOn(page, foyer, club, { consent })
  await second.untilGoing()
  await expect.poll(() => conversionsOf(foyer.database, club)).toEqual(fired)

  const calls = await callsOn(page)
  expect(calls.map(({ library }) => library).toSorted()).toEqual(["fbq", "gtag", "gtag", "rdt"])
  const meta = calls.find(({ library }) => library === "fbq")
  expect(meta?.args).toMatchObject([
    "trackSingle",
    "1234567890",
    "Purchase",
    { value: 59.89, currency: "CAD", num_items: 2 },
    { eventID: expect.any(String) },
  ])
  expect(calls.filter(({ library }) => library === "gtag").map(({ args }) => args)).toMatchObject([
    ["event", "purchase", { send_to: "G-CLUB", transaction_id: number, value: 59.89 }],
    ["event", "conversion", { send_to: "AW-1/abc", transaction_id: number, value: 59.89 }],
  ])

  await sendWebhooksAgain(foyer, club)
  for (let n = 0; n < 5; n += 1)
    for (const tab of [page, second.page]) {
      await tab.reload()
      await shopperOn(tab).untilGoing()
    }
  expect(await callsOn(page)).toEqual(calls)
  const told = async (tab: Page) => (await tab.evaluate("window.purchases")) as unknown[]
  expect([...(await told(page)), ...(await told(second.page))]).toEqual([])
  expect(await conversionsOf(foyer.database, club)).toEqual(fired)
  expect(await ordersOf(foyer.database, club)).toMatchObject([{ state: "paid", tickets: 2 }])
  await expectBooks(foyer.database)
})

/** What the provider does when it is not sure that it was heard. */
async function sendWebhooksAgain(foyer: World, club: Club): Promise<void> {
  const { rows } = await foyer.database.owner.query<{ provider_id: string }>(
    `select p.provider_id from pay.payment p join org.account a on a.id = p.account_id where a.slug = $1`,
    [club.slug],
  )
  const listed = (await foyer.sandbox(`webhooks?subject=${rows[0]?.provider_id}`)) as {
    data: { event_id: string }[]
  }
  const events = listed.data.map(({ event_id }) => event_id)
  for (const event of events) await foyer.sandbox("webhooks", { event })
  const heardTwice = async () =>
    (
      await foyer.database.owner.query(
        "select count(*)::int as events from pay.webhook_inbox where event_id = any ($1) and deliveries > 1 and state = 'applied'",
        [events],
      )
    ).rows[0].events
  await expect.poll(heardTwice).toBe(events.length)
  expect(events.length).toBeGreaterThan(0)
}

test("the purchase is told to the host page once, in GA4’s shape", async ({ page, foyer }) => {
  const club = await foyer.club({ pixels })
  const { number } = await buyOn(page, foyer, club, { consent: "granted" })
  expect(await page.evaluate("window.purchases")).toMatchObject([
    {
      transaction_id: number,
      value: 59.89,
      currency: "CAD",
      tax: 6.89,
      items: [{ item_name: `${gala}: General admission`, price: 25, quantity: 2 }],
    },
  ])
  await page.reload()
  await shopperOn(page).untilGoing()
  expect(await page.evaluate("window.purchases")).toEqual([])
  await expectBooks(foyer.database)
})

test("without the host’s consent nothing fires; given later, what waited fires once", async ({
  page,
  foyer,
}) => {
  const club = await foyer.club({ pixels })
  const { shopper } = await buyOn(page, foyer, club, { consent: "denied" })
  expect(await callsOn(page)).toEqual([])
  expect((await conversionsOf(foyer.database, club)).map(({ state }) => state)).toEqual([
    "pending",
    "pending",
    "pending",
    "pending",
  ])
  await shopper.widget.evaluate((element) => element.setAttribute("consent", "granted"))
  await expect.poll(() => conversionsOf(foyer.database, club)).toEqual(fired)
  expect(await callsOn(page)).toHaveLength(4)
  await expectBooks(foyer.database)
})

test("a pixel whose library the host has not loaded is skipped, and says so once in the console", async ({
  page,
  foyer,
}) => {
  const club = await foyer.club({ pixels })
  const warnings: string[] = []
  page.on("console", (message) => message.type() === "warning" && warnings.push(message.text()))
  const shopper = shopperOn(page)
  await page.goto(foyer.pageOf(club, "plain", { consent: "granted" }))
  await shopper.openEvent(gala)
  await shopper.setQuantity("General admission", 1)
  await shopper.reachPayment()
  await shopper.payByCard()
  await shopper.untilGoing()
  await expect
    .poll(() => conversionsOf(foyer.database, club))
    .toEqual(fired.map((row) => ({ ...row, state: "skipped", outcome: "missing-library" })))
  await expect
    .poll(() => warnings.filter((text) => text.includes("meta")))
    .toEqual([expect.any(String)])
  await expectBooks(foyer.database)
})

test("attribution: what the landing page told ends beside the order, and the first touch outlives a second visit", async ({
  page,
  foyer,
}) => {
  const club = await foyer.club()
  const shopper = shopperOn(page)
  const first = {
    utm_source: "newsletter",
    utm_medium: "email",
    utm_campaign: "gala-2099",
    utm_content: "top\tbutton",
    utm_term: "laugh",
    fbclid: "fb.1.abc",
    ref: "=HYPERLINK(1)",
  }
  await page.goto(foyer.pageOf(club, "plain", first), {
    referer: "https://news.example/issue/7?x=1",
  })
  await shopper.openEvent(gala)
  await shopper.setQuantity("General admission", 1)
  await shopper.untilSaid("$29.95")
  await page.goto(foyer.pageOf(club, "plain", { utm_source: "instagram", gclid: "g-1" }), {
    referer: "https://social.example/",
  })
  await shopper.openEvent(gala)
  await shopper.setQuantity("General admission", 2)
  await shopper.reachPayment()
  await shopper.payByCard()
  await shopper.untilGoing()
  const { rows } = await foyer.database.owner.query(
    `select t.source, t.medium, t.campaign, t.content, t.term, t.click_ids, t.ref, t.referrer, t.landing_page, o.state
       from marketing.touch t join sales.orders o on o.cart_id = t.cart_id join org.account a on a.id = o.account_id
     where a.slug = $1 order by t.seq`,
    [club.slug],
  )
  const landing_page = `${foyer.hostOrigin}/plain`
  expect(rows).toEqual([
    {
      source: "newsletter",
      medium: "email",
      campaign: "gala-2099",
      content: "topbutton",
      term: "laugh",
      click_ids: { fbclid: "fb.1.abc" },
      ref: "=HYPERLINK(1)",
      referrer: "https://news.example/issue/7",
      landing_page,
      state: "paid",
    },
    expect.objectContaining({
      source: "instagram",
      medium: null,
      click_ids: { gclid: "g-1" },
      referrer: "https://social.example/",
      landing_page,
      state: "paid",
    }),
  ])
  await expectBooks(foyer.database)
})
