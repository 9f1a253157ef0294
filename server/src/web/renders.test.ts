import { expect, it } from "vitest"
import type { Screen } from "#core/screen.ts"
import { renderScreen } from "#views/screen.ts"
import { line, screenBase } from "#testing/screens.ts"
import { openRenders } from "#web/renders.ts"

const browse = (parts: Partial<Screen> = {}) =>
  ({ ...screenBase({ lines: [] }), view: "browse", ...parts }) as Screen

const htmlOf = (screen: Screen) =>
  renderScreen(screen).regions.map(({ id, html }) => ({ id, html }))

it("renders what everybody sees once, for as long as a second", () => {
  const renders = openRenders()
  const screen = browse()
  const first = renders(screen)
  expect(first.regions).toMatchObject(htmlOf(screen))
  expect(JSON.stringify(first.regions.map(({ sent }) => sent))).toBe(JSON.stringify(htmlOf(screen)))
  expect(renders({ ...screen })).toBe(first)
  expect(renders({ ...screen, now: "2026-11-21T01:00:18.999Z" })).toBe(first)
  expect(renders({ ...screen, now: "2026-11-21T01:00:19Z" })).not.toBe(first)
})

it("renders anew for other numbers, another catalogue, another place or another reader", () => {
  const renders = openRenders()
  const screen = browse()
  const first = renders(screen)
  for (const other of [
    { remaining: new Map(screen.remaining) },
    { shop: { ...screen.shop } },
    { place: { view: "browse", filter: "comedy" } as const },
    { timeZone: "Europe/Paris" },
    { page: "https://club.example/shows" },
  ])
    expect(renders({ ...screen, ...other } as Screen)).not.toBe(first)
})

it("shows nobody another's cart, though both share the list above it", () => {
  const renders = openRenders()
  const { shop, remaining } = browse()
  const cartOf = (quantity: number) =>
    ({
      ...screenBase({ shop, lines: [line("ga0", quantity)], base: { remaining } }),
      view: "browse",
    }) as Screen
  for (const screen of [cartOf(2), browse({ shop, remaining }), cartOf(3)])
    expect(renders(screen).regions).toMatchObject(htmlOf(screen))
  const shelf = (screen: Screen) => renders(screen).regions.find(({ id }) => id === "browse-shelf")
  expect(shelf(cartOf(2))).toBe(shelf(cartOf(3)))
})

it("renders tickets once for all who chose the same, and to each their own total and deadline", () => {
  const renders = openRenders()
  const { shop, remaining } = browse()
  const [event] = shop.events
  if (!event) throw new Error("the club has no events")
  const place = { view: "event", event: event.slug } as const
  const screenOf = (lines: ReturnType<typeof line>[], promoCode?: string) => {
    const parts = { shop, lines, place, base: { remaining } }
    return {
      ...screenBase({ ...parts, ...(promoCode && { promoCode }) }),
      view: "event",
      event,
    } as Screen
  }
  const ofAnother = (screen: Screen) => {
    const { cart, priced } = screen.cart!
    const other = { ...cart, id: "another", holdsExpireAt: "2026-11-21T01:09:00Z" }
    return { ...screen, cart: { cart: other, priced } } as Screen
  }
  const two = screenOf([line("ga0", 2)])
  const all = [
    two,
    ofAnother(two),
    screenOf([line("ga0", 3)]),
    screenOf([line("ga0", 2), line("nachos", 1)]),
    screenOf([line("ga0", 2)], "LAUGH10"),
    screenOf([]),
  ]
  for (const screen of all) expect(renders(screen).regions).toMatchObject(htmlOf(screen))
  const tickets = (screen: Screen) =>
    renders(screen).regions.find(({ id }) => id === "event-tickets")
  expect(tickets(ofAnother(two))).toBe(tickets(two))
  expect(new Set(all.map(tickets)).size).toBe(5)
})
