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
  expect(first.regions).toEqual(
    htmlOf(screen).map((each) => ({ ...each, digest: expect.any(String) as string })),
  )
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
