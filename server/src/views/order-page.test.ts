import { describe, expect, it } from "vitest"
import type { OrderState } from "#core/order.ts"
import { confirmationMail } from "#views/mail/confirmation.ts"
import { orderPage } from "#views/order-page.ts"
import { orderOf, screenBase } from "#testing/screens.ts"

const screen = screenBase({ promoCode: "LAUGH10" })
const { account, brand } = screen.shop
const publicUrl = "https://tickets.example.com"
const shop = { account, brand, publicUrl }

const pageOf = (state: OrderState, locale = "en") =>
  String(
    orderPage({
      ...shop,
      order: orderOf(screen, { state, locale }),
      stylesPath: "/assets/pages-1.css",
      sandbox: false,
    }),
  )

describe("the order page", () => {
  it.each(["paid", "partially_refunded", "disputed"] as const)("has tickets when %s", (state) => {
    expect(pageOf(state).match(/class="qr"/g)).toHaveLength(2)
    expect(pageOf(state)).toContain("7KQ2M XTDF4")
  })

  it.each([
    "awaiting_payment",
    "processing",
    "refunded",
    "expired",
    "canceled",
    "payment_unfulfillable",
  ] as const)("has none when %s, and says why", (state) => {
    const page = pageOf(state)
    expect(page).not.toContain('class="qr"')
    expect(page).not.toContain("7KQ2M")
    expect(page).toMatch(/<div class="note[^>]*>.*<h1>/)
  })

  it("crosses out a ticket that is no longer good", () => {
    const order = orderOf(screen)
    const tickets = order.tickets.map((ticket) => ({ ...ticket, state: "void" as const }))
    const page = String(
      orderPage({ ...shop, order: { ...order, tickets }, stylesPath: "/a.css", sandbox: false }),
    )
    expect(page).not.toContain('class="qr"')
    expect(page).toContain("No longer valid")
  })

  it("needs no script and no inline style, and says whose dollars", () => {
    const page = pageOf("paid")
    expect(page).toContain('<link rel="stylesheet" href="/assets/pages-1.css"')
    expect(page).not.toMatch(/<script|<style|style=/)
    expect(page).toContain("CA$63.28")
  })

  it("speaks the buyer's language", () => {
    expect(pageOf("paid", "fr")).toContain('lang="fr"')
    expect(pageOf("paid", "fr")).toMatch(/63,28\s\$\sCA/)
  })
})

describe("the confirmation mail", () => {
  const mail = confirmationMail({ ...shop, order: orderOf(screen), locale: "en" })
  const link = `${publicUrl}/orders/${"t".repeat(43)}`

  it("names the show and the order in its subject", () => {
    expect(mail.subject).toBe("Your tickets: Saturday Night Headliners (LS-4821)")
  })

  it("tells everything in text alone", () => {
    expect(mail.text).toContain(link)
    expect(mail.text).toContain(
      "Saturday Night Headliners\nSat 28 Nov, 20:00, doors 19:15\nThe Cellar, 214 Ossington Ave, Toronto\n2 × General admission: CA$50.00\nCode: 7KQ2M XTDF4, 9DF4R TB3WZ",
    )
    expect(mail.text).toContain("Total: CA$63.28")
    expect(mail.text).toContain("hello@laughingstock.example")
    expect(mail.text).not.toContain("<")
  })

  it("links to the tickets and fetches nothing", () => {
    expect(mail.html).toContain(`href="${link}"`)
    expect(mail.html).not.toMatch(/<img|src=|url\(/)
    expect(mail.html).toContain("9DF4R TB3WZ")
  })

  it("wears the brand's button only when it can be read", () => {
    const colored = (colors: object) =>
      confirmationMail({ ...shop, brand: { colors }, order: orderOf(screen), locale: "en" }).html
    expect(colored({ accent: "#ffb000", accentInk: "#1c1300" })).toContain("background:#ffb000")
    expect(colored({ accent: "#ffb000" })).not.toContain("#ffb000")
    expect(colored({ accent: "red;x", accentInk: "#1c1300" })).not.toContain("red;x")
  })

  it("has a French edition", () => {
    const french = confirmationMail({ ...shop, order: orderOf(screen), locale: "fr" })
    expect(french.subject).toBe("Vos billets : Saturday Night Headliners (LS-4821)")
    expect(french.text).toContain("Merci, Sam.")
  })
})
