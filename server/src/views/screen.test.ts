import { describe, expect, it } from "vitest"
import type { Refusal, Screen } from "#core/screen.ts"
import { renderScreen } from "#views/screen.ts"
import { troubleFrame } from "#views/trouble.ts"
import { wordsFor } from "#views/words/index.ts"
import { allScreens, club, idOf, line, screenBase } from "#testing/screens.ts"

const screens = allScreens()
const named = (name: string): Screen => {
  const screen = screens.get(name)
  if (!screen) throw new Error(`no screen ${name}`)
  return screen
}
const regionOf = (screen: Screen, id: string) =>
  renderScreen(screen).regions.find((region) => region.id === id)?.html
/** What is read, tags and white space apart. */
const textOf = (screen: Screen) =>
  renderScreen(screen)
    .regions.map((region) => region.html)
    .join(" ")
    .replace(/<[^>]*>/g, " ")
    .replace(/&#(\d+);/g, (_, code) => String.fromCharCode(Number(code)))
    .replace(/\s+/g, " ")

describe.each([...screens])("%s", (_, screen) => {
  const { regions, focus } = renderScreen(screen)

  it("has a container in the layout for each other region, and no other", () => {
    const [layout, ...others] = regions
    expect(layout?.id).toBe("layout")
    const containers = [...(layout?.html ?? "").matchAll(/data-region="([^"]+)"\s*><\//g)]
    expect(containers.map(([, id = ""]) => id).toSorted()).toEqual(
      others.map((region) => region.id).toSorted(),
    )
  })

  it("gives the focus to something that can take it", () => {
    const html = regions.map((region) => region.html).join("")
    expect(html).toMatch(
      new RegExp(`<[^>]*id="${focus}"[^>]*tabindex="-1"|<input[^>]*id="${focus}"`),
    )
  })

  it("is the same HTML for the same screen, whatever the clock says within the minute", () => {
    const later = { ...screen, now: screen.now.replace(/\d\dZ$/, "59Z") }
    expect(renderScreen(later).regions).toEqual(regions)
  })

  it("says that payments are pretended", () => {
    expect(textOf({ ...screen, sandbox: true })).toContain("Practice mode")
    expect(textOf({ ...screen, sandbox: false })).not.toContain("Practice mode")
  })

  it("has French for all of its own words", () => {
    const french = renderScreen({ ...screen, locale: "fr" }).regions.map((region) => region.html)
    expect(french.join("")).not.toMatch(
      />\s*(?:Your tickets|Check out|Continue|Remove|Subtotal|Total tax|Payment|Pay|Details|Sold out)\b/,
    )
  })
})

it("sends of an event only what is personal when a quantity changes", () => {
  const event = named("event")
  const more = {
    ...event,
    ...screenBase({ place: event.place, lines: [line("ga0", 3)] }),
  } as Screen
  const before = new Map(renderScreen(event).regions.map((region) => [region.id, region.html]))
  const changed = renderScreen(more).regions.filter(
    (region) => before.get(region.id) !== region.html,
  )
  expect(changed.map((region) => region.id)).toEqual(["event-tickets", "event-panel", "event-bar"])
})

it("marks as shared only what does not depend on the cart, or says how it does", () => {
  const other = { promoCode: "LAUGH10", lines: [line("nachos", 4)] }
  for (const [name, screen] of screens) {
    const changed = allScreens(other).get(name)
    if (!changed) throw new Error(name)
    const mine = new Map(renderScreen(changed).regions.map((region) => [region.id, region]))
    for (const region of renderScreen(screen).regions) {
      const isAlike = region.shared && mine.get(region.id)?.among === region.among
      if (isAlike) expect(mine.get(region.id)?.html).toBe(region.html)
    }
  }
})

describe("browse", () => {
  it("says when, where, from how much and how many are left", () => {
    const text = textOf(named("browse"))
    expect(text).toContain(
      "Sat 28 Nov, 20:00 + 3 more Saturday Night Headliners The Cellar, Toronto",
    )
    expect(text).toContain("6 dates, from Tue 1 Dec New Faces Open Mic")
    expect(text).toMatch(/From \$18 Only 12 left/)
    expect(text).toMatch(/Roast Battle: The Final The Cellar, Toronto Sold out/)
    expect(text).toContain("Pay what you like")
    expect(text).toContain("On sale Fri 27 Nov, 10:00")
    expect(text).toContain("Prices in CAD")
  })

  it("shows a filter from nine shows on, and only what it lets through", () => {
    expect(textOf(named("browse"))).not.toContain("All shows")
    const shop = club()
    const events = [
      ...shop.events,
      ...shop.events.map((event) => ({ ...event, slug: `${event.slug}-2` })),
    ]
    const base = screenBase({ shop: { ...shop, events }, lines: [] })
    const improv = textOf({ ...base, view: "browse", place: { view: "browse", filter: "Improv" } })
    expect(improv).toContain("All shows November December Improv Stand-up")
    expect(improv).toContain("Yes, And? Improv Jam")
    expect(improv).not.toContain("New Faces Open Mic")
    const none = textOf({ ...base, view: "browse", place: { view: "browse", filter: "2031-01" } })
    expect(none).toContain("Nothing here just now Show all")
  })

  it("offers the regions where there are several, and then says whose dollars it means", () => {
    const shop = club()
    const states = {
      id: idOf("us"),
      slug: "us",
      name: "United States",
      currency: "usd",
      countries: [],
    }
    const base = screenBase({ shop: { ...shop, regions: [...shop.regions, states] } })
    const shelf = regionOf({ ...base, view: "browse" }, "browse-shelf")
    expect(shelf).toContain('data-command="choose-region"')
    expect(shelf).toMatch(/<option value="canada" selected>/)
    expect(shelf).toContain("CA$18")
  })

  it("says kindly that there is nothing", () => {
    const shop = { ...club(), events: [] }
    expect(textOf({ ...screenBase({ shop, lines: [] }), view: "browse" })).toContain(
      "No shows just now",
    )
  })
})

describe("event", () => {
  it("offers a stepper that knows its limits", () => {
    const tickets = regionOf(named("event"), "event-tickets") ?? ""
    const stepper = (name: string) =>
      JSON.parse(
        new RegExp(`data-stepper="([^"]*${idOf(`p-${name}`)}[^"]*)"`)
          .exec(tickets)?.[1]
          ?.replaceAll("&#34;", '"') ?? "null",
      )
    expect(stepper("ga0")).toEqual({ price: idOf("p-ga0"), quantity: 2, min: 1, max: 8 })
    expect(stepper("shirt-M")).toEqual({ price: idOf("p-shirt-M"), quantity: 0, min: 1, max: 3 })
    expect(stepper("front0")).toBeNull()
  })

  it("says what the fee is", () => {
    const text = textOf(named("event"))
    expect(text).toContain(
      "General admission $25.00 + $1.50 fee Seated as you arrive. Up to 8 per order. 12 left.",
    )
    expect(text).toContain("Nachos for two $8.00 no fee")
  })

  it("lets the shopper name a price", () => {
    const base = screenBase({ place: { view: "event", event: "jam" }, lines: [] })
    const event = base.shop.events.find((one) => one.slug === "jam")!
    const tickets = regionOf({ ...base, view: "event", event }, "event-tickets")
    expect(tickets).toMatch(/<input[^>]*data-amount[^>]*value="15.00"/)
    expect(tickets).toContain("$5.00 or more")
  })

  it("shows the showtime that was asked for", () => {
    const screen = named("event")
    if (screen.view !== "event") throw new Error("not an event")
    const [, second] = screen.event.showtimes
    const showtimes = regionOf({ ...screen, showtime: second! }, "event-showtimes")
    expect(showtimes).toMatch(new RegExp(`id="showtime-${second!.id}"[^>]*aria-current="true"`))
  })
})

describe("cart", () => {
  it("adds up in words", () => {
    expect(textOf(named("cart"))).toContain(
      "Subtotal $58.00 LAUGH10, 10% off tickets −$5.00 Service fees $3.00 HST 13% $7.28 Total $63.28",
    )
    expect(textOf(named("cart"))).toContain("Held for you until 20:14")
    expect(textOf(named("cart"))).toContain("2 tickets, 1 extra, all in")
  })

  it("says what the price already includes, after the total", () => {
    const shop = { ...club(), taxIncluded: new Set(["cad"]) }
    const text = textOf({ ...screenBase({ shop, place: { view: "cart" } }), view: "cart" })
    expect(text).toMatch(/Total \$61\.00 Includes HST 13% \$/)
  })

  it("answers a refused code at its form, which stays open", () => {
    const panel = regionOf(named("cart, code refused"), "cart-panel")
    expect(panel).toMatch(/<details[^>]* open>/)
    expect(panel).toMatch(/id="promo-code"[^>]*value="GIGGLE"[^>]*aria-invalid="true"/)
    expect(renderScreen(named("cart, code refused")).alert).toContain("GIGGLE")
  })

  it("has a way on from an empty cart, and nothing to pay", () => {
    const text = textOf(named("cart, empty"))
    expect(text).toContain("See all shows")
    expect(text).not.toContain("Total")
  })
})

describe("details", () => {
  it("keeps what was typed and stands by what is wrong", () => {
    const form = regionOf(named("details, refused"), "details-form") ?? ""
    expect(form).toContain('value="sam.okafor@gmial.com"')
    expect(form).toMatch(
      /id="lastName"[^>]*aria-invalid="true"[^>]*aria-describedby="lastName-error"/,
    )
    expect(form).toMatch(/data-focus="lastName"/)
    expect(form).toMatch(/data-fill="[^"]*sam\.okafor@gmail\.com/)
    expect(form).toMatch(/value="middle" checked/)
    expect(renderScreen(named("details, refused"))).toMatchObject({
      focus: "problems",
      alert: "2 things to fix",
    })
  })

  it("has no payment step when there is nothing to pay", () => {
    const shop = club()
    const free = shop.events.map((event) => ({
      ...event,
      products: event.products.map((product) => ({
        ...product,
        variants: product.variants.map((variant) => ({
          ...variant,
          priceTypes: variant.priceTypes.map((type) => ({
            ...type,
            prices: { cad: { unitMinor: 0 } },
          })),
        })),
      })),
    }))
    const base = screenBase({ shop: { ...shop, events: free }, place: { view: "details" } })
    const text = textOf({ ...base, view: "details", problems: [] })
    expect(text).toContain("Get my tickets")
    expect(text).not.toContain("Payment")
  })
})

describe("payment", () => {
  it("agrees to exactly the total on the button", () => {
    const pay = regionOf(named("payment"), "payment-pay")
    expect(pay).toContain(
      'data-pay="{&#34;amountMinor&#34;:6328,&#34;currency&#34;:&#34;cad&#34;}"',
    )
    expect(pay).toContain("$63.28")
  })

  it("keeps the provider's form out of everything that changes", () => {
    const layout = (name: string) => regionOf({ ...named(name), sandbox: false }, "layout")
    expect(layout("payment")).toContain('<slot name="foyer-payment"></slot>')
    expect(layout("payment, declined")).toBe(layout("payment"))
  })

  it.each([
    ["insufficient_funds", "There isn’t enough on this card"],
    ["invalid_cvc", "The security code doesn’t match"],
    ["made_up_tomorrow", "Your bank said no to this card"],
    ["constructor", "Your bank said no to this card"],
  ])("says %s in human words, and that nothing was charged", (declined, words) => {
    const screen = named("payment")
    if (screen.view !== "payment") throw new Error("not a payment")
    const said = renderScreen({ ...screen, payment: { ...screen.payment, declined } })
    expect(said.alert).toContain(words)
    expect(said.alert).toContain("You haven’t been charged, and your tickets are held until 20:14.")
    expect(said.focus).toBe("declined")
  })

  it("cannot be pressed twice while money is on its way", () => {
    const text = textOf(named("payment, processing"))
    expect(text).toContain("We’re confirming your payment")
    expect(regionOf(named("payment, processing"), "payment-pay")).toBe("")
  })
})

describe("success", () => {
  it("shows each ticket with its code, and only buttons that work", () => {
    const screen = named("success")
    const text = textOf(screen)
    expect(text).toContain(
      "You’re going! Order LS-4821 . We’ve sent both tickets to sam.okafor@gmail.com",
    )
    expect(text).toContain("7KQ2M XTDF4")
    expect(text).toContain("Ticket 2 of 2")
    const order = regionOf(screen, "success-order") ?? ""
    expect(order.match(/class="qr"/g)).toHaveLength(2)
    expect(order).toContain(
      `href="https://tickets.example.com/orders/${"t".repeat(43)}/calendar.ics"`,
    )
    expect(text).not.toMatch(/wallet|text me/i)
  })
})

describe("an order that was canceled", () => {
  const screen = named("success, canceled")
  const text = textOf(screen)

  it("says so where it celebrated, aloud as well, and to whom it had sold", () => {
    expect(text).toContain("This order was canceled Order LS-4821")
    expect(text).not.toContain("You’re going!")
    const said = renderScreen(screen)
    expect(said.announce).toContain("This order was canceled. The money is on its way back")
    expect(said.alert).toBeUndefined()
    expect(renderScreen(named("success")).announce).toBeUndefined()
  })

  it("shows tickets that open no door, its receipt, and nothing more of a good order", () => {
    const order = regionOf(screen, "success-order") ?? ""
    expect(order).not.toContain('class="qr"')
    expect(text.match(/No longer valid/g)).toHaveLength(2)
    expect(text).toContain("Receipt")
    expect(order).not.toContain("calendar.ics")
    expect(order).not.toContain("share-link")
    expect(text).not.toContain("Also yours")
  })
})

describe("expired", () => {
  it("tells what is left and offers it again", () => {
    const text = textOf(named("expired"))
    expect(text).toContain("Still available, same price")
    expect(text).toContain("Still available, at a new price")
    expect(text).toContain("Gone for now")
    expect(text).toContain("Hold what’s left")
  })
})

describe("a refusal", () => {
  const refusal = { reason: "price-changed", totalMinor: 7000 } as const
  const soldOut = { reason: "sold-out", title: "Balcony", remaining: 0 } as const

  it("is gone to where the shopper must agree", () => {
    const rendered = renderScreen({ ...named("payment"), refusal })
    expect(rendered.focus).toBe("notice")
    expect(rendered.alert).toContain("The total is now $70.00")
  })

  it("moves no focus while tickets are chosen", () => {
    const rendered = renderScreen({ ...named("event"), refusal: soldOut })
    expect(rendered.focus).toBe("event-title")
    expect(rendered.alert).toContain("Balcony just sold out")
  })

  it("of a code leads back to the code", () => {
    expect(renderScreen(named("cart, code refused")).focus).toBe("promo-code")
  })

  it.each(["en", "fr"])("has words for every reason, in %s", (locale) => {
    const amounts = { title: "Balcony", remaining: 2, maximum: 8, minimum: 2, minimumMinor: 50 }
    for (const reason of Object.keys(wordsFor("en").refusal)) {
      const said = { reason, totalMinor: 1, ...amounts } as Refusal
      expect(renderScreen({ ...named("cart"), locale, refusal: said }).alert).toMatch(/\. .+/)
    }
  })
})

describe("trouble", () => {
  it.each([
    "unknown-widget",
    "origin-not-allowed",
    "please-reload",
    "too-many-requests",
    "server-error",
  ] as const)("says %s in both languages", (trouble) => {
    const [english, french] = ["en", "fr"].map((locale) => troubleFrame(trouble, locale))
    expect(english?.regions).toHaveLength(1)
    expect(english?.alert).not.toBe(french?.alert)
  })
})
