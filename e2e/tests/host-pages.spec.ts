import { readFile } from "node:fs/promises"
import { fileURLToPath } from "node:url"
import type { Locator, Page } from "@playwright/test"
import { expectBooks, ordersOf, stockOf } from "#support/books.ts"
import type { Club } from "#support/club.ts"
import { type Shopper, shopperOn } from "#support/shopper.ts"
import { observedOn } from "#support/observed.ts"
import { expect, test, type World } from "#support/world.ts"

const gala = "New Year’s Eve Gala"

/** A whole purchase of two tickets on a page that is open. */
async function buy(shopper: Shopper): Promise<void> {
  await shopper.openEvent(gala)
  await shopper.setQuantity("General admission", 2)
  await shopper.reachPayment()
  await shopper.payByCard()
  await shopper.untilGoing()
}

async function expectOrder(foyer: World, club: Club): Promise<void> {
  expect(await ordersOf(foyer.database, club)).toMatchObject([
    { state: "paid", total: 5989, tickets: 2, cart: "completed" },
  ])
  await expectBooks(foyer.database)
}

/** How every visible thing in the view is set and how large it is. */
function lookOf({ widget }: Shopper): Promise<unknown[]> {
  return widget.evaluate(async (element) => {
    await document.fonts.ready
    return [...(element.shadowRoot?.querySelectorAll("#view *") ?? [])]
      .filter((each) => each instanceof HTMLElement && each.offsetHeight > 0)
      .map((each) => {
        const { fontSize, fontFamily, color, display } = getComputedStyle(each)
        const { width, height } = each.getBoundingClientRect()
        return [
          each.id || each.className || each.localName,
          fontSize,
          fontFamily,
          color,
          display,
          Math.round(width),
          Math.round(height),
        ].join(" ")
      })
  })
}

/** What reaches out of the widget's sides. */
function overflowOf(widget: Locator): Promise<string[]> {
  return widget.evaluate((element) => {
    const outer = element.getBoundingClientRect()
    return [...(element.shadowRoot?.querySelectorAll("#view *") ?? [])]
      .filter((each) => !each.closest(".chips, .sr, .confetti"))
      .filter((each) => {
        const { left, right, width } = each.getBoundingClientRect()
        return width > 0 && (left < outer.left - 1 || right > outer.right + 1)
      })
      .map((each) => `${each.localName}#${each.id}.${each.className}`)
  })
}

for (const { name, host } of [
  { name: "18 a root font of 62.5 % changes nothing in the widget", host: "root-font" },
  {
    name: "a theme that resets, enlarges and hides everything by name changes nothing in the widget",
    host: "hostile-style",
  },
])
  test(name, async ({ page, foyer }) => {
    const club = await foyer.club()
    const shopper = shopperOn(page)
    const lookOn = async (of: string) => {
      await page.goto(foyer.pageOf(club, of))
      const looks: unknown[] = []
      await expect(shopper.widget.getByRole("link", { name: gala })).toBeVisible()
      looks.push(await lookOf(shopper))
      await shopper.openEvent(gala)
      await expect(shopper.widget.getByRole("group", { name: "General admission" })).toBeVisible()
      looks.push(await lookOf(shopper))
      return looks
    }
    const plain = await lookOn("bare")
    expect((plain[1] as unknown[]).length).toBeGreaterThan(30)
    expect(await lookOn(host)).toEqual(plain)
    await page.goto(foyer.pageOf(club, host))
    await buy(shopper)
    expect(await overflowOf(shopper.widget)).toEqual([])
    await expectOrder(foyer, club)
  })

/** What a content policy refused, by directive. */
async function refusedOn(page: Page): Promise<() => Promise<string[]>> {
  await page.addInitScript(() => {
    const seen: string[] = []
    Object.assign(window, { refused: seen })
    document.addEventListener("securitypolicyviolation", (event) =>
      seen.push(`${event.effectiveDirective} ${event.blockedURI} ${event.sample}`),
    )
  })
  return () => page.evaluate("window.refused")
}

/** The line of the guide to embedding, with this server's origins in the place of the example's and of Stripe's. */
async function published({ app }: World): Promise<string> {
  const guide = await readFile(new URL("../../docs/embed.md", import.meta.url), "utf8")
  const [line] = /^script-src https:\/\/tickets\.example\.com .+$/m.exec(guide) ?? []
  if (!line) throw new Error("the guide publishes no policy")
  return line
    .replaceAll("https://tickets.example.com", app.publicUrl)
    .replaceAll("wss://tickets.example.com", app.publicUrl.replace(/^http/, "ws"))
    .replaceAll(/https:\/\/\S*stripe\.com/g, app.sandboxUrl ?? "")
}

function consoleOf(page: Page): string[] {
  const said: string[] = []
  page.on("console", (message) => said.push(message.text()))
  page.on("pageerror", (error) => said.push(String(error)))
  return said
}

for (const { name, policy, script } of [
  {
    name: "the published line alone",
    policy: (line: string) => `default-src 'none'; ${line}`,
    script: "foyer",
  },
  {
    name: "style-src 'self'",
    policy: (line: string) =>
      `default-src 'none'; ${line}; style-src 'self'; form-action 'none'; base-uri 'none'`,
    script: "foyer",
  },
  {
    name: "strict-dynamic and a nonce",
    policy: (line: string) =>
      `default-src 'none'; ${line.replace(/^script-src [^;]+/, "script-src 'nonce-2726c7f26c' 'strict-dynamic'")}; style-src 'self'`,
    script: "foyer",
  },
  {
    name: "the widget's own script under the published line",
    policy: (line: string) => `default-src 'none'; ${line}`,
    script: "own",
  },
])
  test(`8 a purchase under a strict policy: ${name}`, async ({ page, foyer }) => {
    const club = await foyer.club()
    const refused = await refusedOn(page)
    const shopper = shopperOn(page)
    const nonce = "2726c7f26c"
    await page.goto(
      foyer.pageOf(club, "policy", {
        policy: policy(await published(foyer)),
        nonce,
        script: script === "own" ? `w/${club.widget}` : script,
      }),
    )
    await buy(shopper)
    expect(await refused()).toEqual([])
    await expectOrder(foyer, club)
  })

test("8 Trusted Types are required and the widget's policy is named: only the payment form moves to the hosted page", async ({
  page,
  foyer,
}) => {
  const club = await foyer.club()
  const refused = await refusedOn(page)
  const shopper = shopperOn(page)
  const policy = `default-src 'none'; ${await published(foyer)}; require-trusted-types-for 'script'; trusted-types foyer`
  await page.goto(foyer.pageOf(club, "policy", { policy, script: "foyer" }))
  await shopper.openEvent(gala)
  await shopper.setQuantity("General admission", 2)
  await shopper.checkOut()
  await shopper.fillDetails()
  expect(await refused()).toEqual([])
  await shopper.widget.getByRole("button", { name: "Continue to payment" }).click()
  await shopper.widget.getByRole("link", { name: "Pay on the secure page" }).click()
  await shopper.payByCard()
  await shopper.untilGoing()
  await expectOrder(foyer, club)
})

for (const script of ["foyer", "own"])
  test(`8 Trusted Types without the widget's policy: the page's own links stay, and the console says what to add (${script})`, async ({
    page,
    foyer,
  }) => {
    const club = await foyer.club()
    const said = consoleOf(page)
    const policy = `default-src 'none'; ${await published(foyer)}; require-trusted-types-for 'script'; trusted-types other`
    await page.goto(
      foyer.pageOf(club, "policy", {
        policy,
        script: script === "own" ? `w/${club.widget}` : script,
      }),
    )
    const link = page.getByRole("link", { name: "Get tickets on our secure page" })
    await expect(link).toBeVisible()
    await expect(page.getByRole("link", { name: "Our shows" })).toBeVisible()
    expect(said.filter((line) => line.startsWith("foyer:"))).toEqual([
      expect.stringContaining("trusted-types foyer"),
    ])
    await link.click()
    await expect(page.getByRole("heading", { name: gala })).toBeVisible()
  })

test("14 an element that is moved within the document keeps its session, its view and what was typed", async ({
  page,
  foyer,
}) => {
  const club = await foyer.club()
  const shopper = shopperOn(page)
  await page.goto(foyer.pageOf(club, "single-page"))
  await shopper.openEvent(gala)
  await shopper.setQuantity("General admission", 2)
  await shopper.checkOut()
  await shopper.widget.getByLabel("First name").fill("Ad")
  for (const place of ["#second", "#first", "#second"])
    await page.evaluate((to) => {
      const element = document.querySelector("foyer-checkout")
      if (element) document.querySelector(to)?.append(element)
    }, place)
  await expect(shopper.widget.getByLabel("First name")).toHaveValue("Ad")
  await shopper.fillDetails()
  await shopper.toPayment()
  await shopper.payByCard()
  await shopper.untilGoing()
  expect(await observedOn(page)).toMatchObject({ sockets: 1 })
  await expectOrder(foyer, club)
})

test("14 moved while the card form is open, the element can still be paid with", async ({
  page,
  foyer,
}) => {
  const club = await foyer.club()
  const shopper = shopperOn(page)
  await page.goto(foyer.pageOf(club, "single-page"))
  await shopper.openEvent(gala)
  await shopper.setQuantity("General admission", 2)
  await shopper.reachPayment()
  await page.evaluate(() => {
    const element = document.querySelector("foyer-checkout")
    if (element) document.querySelector("#second")?.append(element)
  })
  await shopper.payByCard()
  await shopper.untilGoing()
  await expectOrder(foyer, club)
})

test("a single-page application takes the element away in mid-purchase and makes it anew: the cart is there", async ({
  page,
  foyer,
}) => {
  const club = await foyer.club()
  const shopper = shopperOn(page)
  const gone = Promise.withResolvers<void>()
  page.on("websocket", (socket) => socket.on("close", () => gone.resolve()))
  await page.goto(foyer.pageOf(club, "single-page"))
  await shopper.openEvent(gala)
  await shopper.setQuantity("General admission", 2)
  await shopper.checkOut()
  await shopper.widget.getByLabel("E-mail").fill("ada@example.com")
  await shopper.widget.getByLabel("First name").fill("Ada")
  await page.getByRole("button", { name: "About us" }).click()
  await expect(page.locator("foyer-checkout")).toHaveCount(0)
  await gone.promise
  await page.getByRole("button", { name: "Tickets" }).click()
  await shopper.seen(shopper.widget.getByText("$59.89")).waitFor()
  await shopper.openEvent(gala)
  await expect(shopper.widget.getByRole("group", { name: "General admission" })).toContainText("2")
  await shopper.checkOut()
  await expect(shopper.widget.getByLabel("First name")).toHaveValue("Ada")
  await shopper.fillDetails()
  await shopper.toPayment()
  await shopper.payByCard()
  await shopper.untilGoing()
  await expectOrder(foyer, club)
})

test("15 a host's shortcut on / takes nothing from what is typed into the widget", async ({
  page,
  foyer,
}) => {
  const club = await foyer.club()
  const shopper = shopperOn(page)
  await page.goto(foyer.pageOf(club, "watchful"))
  await shopper.openEvent(gala)
  await shopper.setQuantity("General admission", 1)
  await shopper.checkOut()
  const name = shopper.widget.getByLabel("First name")
  await name.pressSequentially("Ada/Augusta")
  await expect(name).toHaveValue("Ada/Augusta")
  // The shortcut works where the shopper types nothing.
  await name.blur()
  await page.keyboard.press("/")
  await expect(page.getByRole("textbox", { name: "Search this site" })).toBeFocused()
})

test("16 in a sandboxed frame without storage the tickets are chosen there, and paid for on the hosted page beside it", async ({
  page,
  context,
  foyer,
}) => {
  const club = await foyer.club({ widget: { allowNullOrigin: true } })
  const frame = page.locator('iframe[title="Tickets"]').contentFrame()
  const shopper = shopperOn(page, frame.locator("foyer-checkout"))
  await page.goto(foyer.pageOf(club, "framed"))
  expect(await frame.locator("body").evaluate(() => window.origin)).toBe("null")
  await shopper.openEvent(gala)
  await shopper.setQuantity("General admission", 2)
  await shopper.checkOut()
  await shopper.fillDetails()
  await shopper.widget.getByRole("button", { name: "Continue to payment" }).click()
  const opened = context.waitForEvent("page")
  await shopper.widget.getByRole("link", { name: "Pay on the secure page" }).click()
  const hosted = shopperOn(await opened)
  await hosted.payByCard()
  await hosted.untilGoing()
  await shopper.untilGoing()
  await expectOrder(foyer, club)
})

test("16 a sandboxed frame is refused where the widget does not allow it", async ({
  page,
  foyer,
}) => {
  const club = await foyer.club()
  await page.goto(foyer.pageOf(club, "framed"))
  const frame = page.frameLocator('iframe[title="Tickets"]')
  await expect(frame.getByRole("link", { name: "Get tickets on our secure page" })).toBeVisible()
  expect(await stockOf(foyer.database, club)).toEqual({ held: 0, sold: 0, live: 0 })
})

for (const width of [320, 1280])
  test(`on a page that reads from right to left, ${width} px wide, the widget follows its own language and overflows nowhere`, async ({
    page,
    foyer,
  }) => {
    const club = await foyer.club({ account: { locales: ["en-CA", "ar"] } })
    const shopper = shopperOn(page)
    await page.setViewportSize({ width, height: 1600 })
    const sideOf = async (found: Locator) => {
      const box = await found.boundingBox()
      const outer = await shopper.widget.boundingBox()
      if (!box || !outer) throw new Error("not on the screen")
      return box.x + box.width / 2 < outer.x + outer.width / 2 ? "left" : "right"
    }
    const title = shopper.widget.getByRole("heading", { name: gala })
    const seen = []
    for (const locale of ["en-CA", "ar"]) {
      await page.goto(foyer.pageOf(club, "right-to-left", { locale }))
      await expect(shopper.widget.getByRole("link", { name: gala })).toBeVisible()
      expect(await overflowOf(shopper.widget)).toEqual([])
      await shopper.openEvent(gala)
      await expect(title).toBeVisible()
      await shopper.setQuantity("General admission", 2)
      expect(await overflowOf(shopper.widget)).toEqual([])
      const stepper = shopper.widget.getByRole("group", { name: "General admission", exact: true })
      seen.push([
        await title.evaluate((heading) => getComputedStyle(heading).direction),
        await sideOf(stepper.getByRole("button", { name: "One more" })),
      ])
      await shopper.checkOut()
      expect(await overflowOf(shopper.widget)).toEqual([])
      await page.evaluate("localStorage.clear()")
    }
    expect(seen).toEqual([
      ["ltr", "right"],
      ["rtl", "left"],
    ])
  })

test("a page in quirks mode sells like any other", async ({ page, foyer }) => {
  const club = await foyer.club()
  const shopper = shopperOn(page)
  await page.goto(foyer.pageOf(club, "quirks"))
  expect(await page.evaluate("document.compatMode")).toBe("BackCompat")
  await buy(shopper)
  expect(await overflowOf(shopper.widget)).toEqual([])
  await expectOrder(foyer, club)
})

/** The page's scripts as an optimizer serves them: one file from the host's own origin. */
async function optimize(page: Page, foyer: World, script: string): Promise<void> {
  const code = await (await fetch(`${foyer.app.publicUrl}/v1/${script}.js`)).text()
  const body = `"use strict";window.themeRan=true;\n;${code};\nwindow.themeEnded=true`
  await page.route(`${foyer.hostOrigin}/cache/all.js`, (route) =>
    route.fulfill({ body, contentType: "text/javascript" }),
  )
}

for (const way of ["bundled", "inlined", "blob", "module", "evaluated"])
  for (const script of ["foyer", "own"])
    test(`a script optimizer has ${way} the script: it finds its server all the same (${script})`, async ({
      page,
      foyer,
    }) => {
      const club = await foyer.club()
      const shopper = shopperOn(page)
      await optimize(page, foyer, script === "own" ? `w/${club.widget}` : script)
      await page.goto(foyer.pageOf(club, "optimizer", { way }))
      await shopper.openEvent(gala)
      await shopper.setQuantity("General admission", 2)
      await shopper.untilSaid("$59.89")
      expect(await page.evaluate("window.themeEnded")).toBe(true)
      expect(await stockOf(foyer.database, club)).toEqual({ held: 2, sold: 0, live: 2 })
    })

test("a page with its own Lit and its own Idiomorph keeps both, and so does the widget", async ({
  page,
  foyer,
}) => {
  const club = await foyer.club()
  const said = consoleOf(page)
  const shopper = shopperOn(page)
  await serveLit(page, foyer)
  await page.goto(foyer.pageOf(club, "own-libraries"))
  await expect(page.getByText("Doors open at eight")).toBeVisible()
  await buy(shopper)
  await expect(page.getByText("Doors open at eight")).toBeVisible()
  await expect(page.evaluate("Idiomorph.morph()")).rejects.toThrow(
    "the host's own morph was called",
  )
  expect(said).toEqual([])
  await expectOrder(foyer, club)
})

/** Lit as it is published: modules that import each other. */
async function serveLit(page: Page, { hostOrigin }: World): Promise<void> {
  const address = (name: string) => `${hostOrigin}/vendor/${name}`
  await page.route(address("**"), (route) => {
    const name = new URL(route.request().url()).pathname.slice("/vendor/".length)
    const path = fileURLToPath(new URL(`../../node_modules/${name}`, import.meta.url))
    return route.fulfill({ path, contentType: "text/javascript" })
  })
}

test("the confirmation on paper has every ticket with its code, whatever the screen's colours", async ({
  page,
  foyer,
}) => {
  const club = await foyer.club()
  const shopper = shopperOn(page)
  await page.emulateMedia({ colorScheme: "dark" })
  await page.goto(foyer.pageOf(club))
  await buy(shopper)
  await page.emulateMedia({ media: "print", colorScheme: "dark" })
  const tickets = shopper.widget.locator(".ticket")
  await expect(tickets).toHaveCount(2)
  for (const ticket of await tickets.all()) {
    await expect(ticket).toBeVisible()
    await expect(ticket.locator("svg, img").first()).toBeVisible()
  }
  const [order] = await ordersOf(foyer.database, club)
  await expect(shopper.widget.getByText(order?.number ?? "none").first()).toBeVisible()
})
