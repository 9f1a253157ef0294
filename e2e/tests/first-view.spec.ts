import type { Page } from "@playwright/test"
import { expectBooks, ordersOf } from "#support/books.ts"
import { shopperOn } from "#support/shopper.ts"
import { expect, test } from "#support/world.ts"

const gala = "New Year’s Eve Gala"
const moduleFile = "**/v1/assets/foyer-*.js"

/** Holds the module back until it is let go. */
async function holdModule(page: Page): Promise<() => void> {
  let letGo = () => {}
  const held = new Promise<void>((resolve) => (letGo = resolve))
  await page.route(moduleFile, async (route) => {
    await held
    await route.continue()
  })
  return letGo
}

function socketsOf(page: Page): string[] {
  const opened: string[] = []
  page.on("websocket", (socket) => opened.push(socket.url()))
  return opened
}

/** Writes down what moves on the page, and from now on what changes inside the widget's view. */
async function watch(page: Page) {
  await page.addInitScript(() => {
    const shifts: number[] = []
    Object.assign(window, { shifts })
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries())
        shifts.push((entry as unknown as { value: number }).value)
    }).observe({ type: "layout-shift", buffered: true })
  })
  return {
    fromNow: () =>
      page.evaluate(() => {
        const view = document.querySelector("foyer-checkout")?.shadowRoot?.querySelector("#view")
        if (!view) throw new Error("nothing is painted")
        // The first frame of the server itself.
        addEventListener("foyer:view", () => Object.assign(window, { told: true }))
        const changes: string[] = []
        Object.assign(window, { changes, painted: view.querySelector("h2"), shifts: [] })
        new MutationObserver((records) => {
          for (const { type, target, attributeName } of records)
            changes.push(`${type} ${target.nodeName} ${attributeName}`)
        }).observe(view, { childList: true, subtree: true, characterData: true, attributes: true })
      }),
    seen: () =>
      page.evaluate(() => {
        const { changes, painted, shifts } = window as unknown as Record<string, never[]>
        const view = document.querySelector("foyer-checkout")?.shadowRoot?.querySelector("#view")
        return { changes, shifts, isSame: view?.querySelector("h2") === (painted as unknown) }
      }),
  }
}

test("the first view is there before the module, which takes it over as it is", async ({
  page,
  foyer,
}) => {
  const club = await foyer.club()
  const letGo = await holdModule(page)
  const { fromNow, seen } = await watch(page)
  const sockets = socketsOf(page)
  const shopper = shopperOn(page)
  await page.goto(foyer.pageOf(club, "first-view", { lang: "en" }))
  await expect(shopper.widget.getByRole("link", { name: gala })).toBeVisible()
  await expect(shopper.widget.getByText("From $25")).toBeVisible()
  expect(sockets).toEqual([])
  await fromNow()

  letGo()
  await expect.poll(() => sockets.length).toBe(1)
  await page.waitForFunction("window.told")
  expect(await seen()).toEqual({ changes: [], shifts: [], isSame: true })

  await shopper.openEvent(gala)
  await shopper.setQuantity("General admission", 1)
  await shopper.reachPayment()
  await shopper.payByCard()
  await shopper.untilGoing()
  expect(await ordersOf(foyer.database, club)).toMatchObject([{ state: "paid" }])
  await expectBooks(foyer.database)
})

test.describe("somebody in another region", () => {
  test.use({ timezoneId: "Asia/Tokyo" })

  test("sees the widget's own first, then theirs in its place: nothing jumps", async ({
    page,
    foyer,
  }) => {
    const club = await foyer.club({ abroad: true })
    const letGo = await holdModule(page)
    const { fromNow, seen } = await watch(page)
    const shopper = shopperOn(page)
    await page.goto(foyer.pageOf(club, "first-view", { lang: "en" }))
    await expect(shopper.widget.getByText("From CA$25")).toBeVisible()
    await fromNow()
    letGo()
    await expect(shopper.widget.getByText("From JP¥2,500")).toBeVisible()
    await page.waitForFunction("window.told")
    expect(await seen()).toMatchObject({ shifts: [], isSame: true })
  })
})

test("a click before the module is there is answered when it is", async ({ page, foyer }) => {
  const club = await foyer.club()
  const letGo = await holdModule(page)
  const shopper = shopperOn(page)
  await page.goto(foyer.pageOf(club, "first-view", { lang: "en" }))
  await shopper.widget.getByRole("link", { name: gala }).click()
  expect(page.url()).toContain(foyer.hostOrigin)
  letGo()
  await expect(shopper.widget.getByRole("heading", { level: 2, name: gala })).toBeVisible()
})

test("where the module never comes, a click leads to the hosted page", async ({ page, foyer }) => {
  const club = await foyer.club()
  const shopper = shopperOn(page)
  await page.goto("about:blank")
  await page.route(foyer.app.publicUrl + "/v1/assets/foyer-*.js", (route) => route.abort())
  await page.goto(foyer.pageOf(club, "first-view", { lang: "en" }))
  await shopper.widget.getByRole("link", { name: gala }).click()
  await page.waitForURL(`${foyer.app.publicUrl}/v1/w/${club.widget}?event=gala`)
})

test("a widget below the fold asks its server for nothing until somebody comes near", async ({
  page,
  foyer,
}) => {
  const club = await foyer.club()
  const sockets = socketsOf(page)
  const shopper = shopperOn(page)
  await page.goto(foyer.pageOf(club, "first-view", { lang: "en", above: "4000" }))
  await page.waitForFunction(() => document.querySelector("foyer-checkout:defined"))
  await expect(shopper.widget.getByRole("link", { name: gala })).toBeAttached()
  expect(sockets).toEqual([])
  await shopper.widget.scrollIntoViewIfNeeded()
  await expect.poll(() => sockets.length).toBe(1)
})

test("who has a cart is connected at once, wherever the widget stands", async ({ page, foyer }) => {
  const club = await foyer.club()
  const sockets = socketsOf(page)
  await page.addInitScript(
    ([key, kept]) => localStorage.setItem(key ?? "", kept ?? ""),
    [`foyer.v1.${club.slug}`, JSON.stringify({ token: "t".repeat(43) })],
  )
  await page.goto(foyer.pageOf(club, "first-view", { lang: "en", above: "4000" }))
  await expect.poll(() => sockets.length).toBe(1)
})

test("an address for one event brings that event; one in French speaks French", async ({
  page,
  foyer,
}) => {
  const club = await foyer.club()
  const letGo = await holdModule(page)
  const widget = page.locator("foyer-checkout")
  await page.goto(foyer.pageOf(club, "first-view", { lang: "en", event: "gala" }))
  await expect(widget.getByRole("heading", { level: 2, name: gala })).toBeVisible()
  await page.goto(foyer.pageOf(club, "first-view", { lang: "fr", locale: "fr-CA" }))
  await expect(widget.getByText(/Dès/)).toBeVisible()
  // The visitor reads French, the address asks for English: nothing is shown that would have to change.
  await page.goto(foyer.pageOf(club, "first-view", { lang: "fr" }))
  await expect(widget.getByRole("link", { name: gala })).toHaveCount(0)
  letGo()
  await expect(widget.getByText(/Dès/)).toBeVisible()
})

test("the script stays what it is until the catalogue or the stock changes", async ({ foyer }) => {
  const club = await foyer.club()
  const ask = async (etag?: string) => {
    const url = `${foyer.app.publicUrl}/v1/w/${club.widget}.js`
    const response = await fetch(url, { headers: etag ? { "if-none-match": etag } : {} })
    return { status: response.status, headers: response.headers, text: await response.text() }
  }
  const first = await ask()
  const etag = first.headers.get("etag") ?? ""
  expect(first.headers.get("cache-control")).toBe("public, max-age=10, stale-while-revalidate=60")
  expect(first.text).toContain(gala)
  expect(await ask(etag)).toMatchObject({ status: 304, text: "" })
  await foyer.change(club, { galaTitle: "The Gala" })
  await expect.poll(async () => (await ask(etag)).status).toBe(200)
  expect((await ask()).text).toContain("The Gala")
})
