import { array, assert, integer, property, record } from "fast-check"
import { describe, expect, it } from "vitest"
import {
  barChart,
  type Chart,
  type ChartPoint,
  funnelBars,
  lineChart,
  rankBars,
  spark,
} from "#views/console/kit/charts.ts"

function chartOf(points: readonly ChartPoint[], parts: Partial<Chart> = {}): Chart {
  return {
    id: "c",
    title: "Revenue by day in US dollars",
    finding: "It rises.",
    points,
    value: (value) => `$${value}`,
    axis: (value) => `$${value}`,
    names: { now: "Now", before: "Before" },
    column: "Day",
    ...parts,
  }
}

const ticksOf = (chart: string) =>
  [...chart.matchAll(/<li>\$(-?[\d.]+)<\/li>/g)].map(([, tick]) => Number(tick))

describe.each([
  ["lineChart", lineChart],
  ["barChart", barChart],
])("%s", (_, draw) => {
  it("says what it shows, what is found, and gives its table", () => {
    const html = String(draw(chartOf([{ label: "Mon", now: 3, before: 2 }])))
    expect(html).toContain('<title id="c-title">Revenue by day in US dollars</title>')
    expect(html).toContain('<desc id="c-finding">It rises.</desc>')
    expect(html).toMatch(/<caption class="vh">\s*Revenue by day/)
    expect(html).toMatch(/<th scope="row">Mon<\/th>/)
    expect(html).not.toContain("style=")
  })

  it("has few round steps from zero, and draws nothing outside of them", () => {
    const points = array(
      record({
        now: integer({ min: -1000, max: 90_000_000 }),
        before: integer({ min: 0, max: 90_000_000 }),
      }),
      { minLength: 1, maxLength: 40 },
    )
    assert(
      property(points, (values) => {
        const html = String(
          draw(chartOf(values.map((value, at) => ({ label: String(at), ...value })))),
        )
        const ticks = ticksOf(html)
        expect(ticks.length).toBeLessThanOrEqual(5)
        const all = values.flatMap(({ now, before }) => [now, before])
        if (all.some((value) => value !== 0)) {
          expect(ticks[0]).toBeGreaterThanOrEqual(Math.max(0, ...all))
          expect(ticks.at(-1)).toBeLessThanOrEqual(Math.min(0, ...all))
          expect(ticks).toContain(0)
        }
        expect(html).not.toMatch(/NaN|undefined|Infinity/)
      }),
    )
  })

  it("is quiet about nothing at all", () => {
    const html = String(draw(chartOf([{ label: "Mon" }, { label: "Tue", now: 0, before: 0 }])))
    expect(html).not.toMatch(/NaN|undefined|Infinity/)
    expect(ticksOf(html)).toEqual([0])
  })

  it("escapes what people named", () => {
    const html = String(
      draw(chartOf([{ label: '"><script>', now: 1, href: "javascript:alert(1)" }])),
    )
    expect(html).not.toContain("<script>")
    expect(html).not.toContain("javascript:")
  })
})

it("draws what is not over yet apart from what is", () => {
  const points = [
    { label: "1", now: 4 },
    { label: "2", now: 5 },
    { label: "3", now: 1, part: true },
  ]
  expect(String(lineChart(chartOf(points)))).toMatch(/class="now part" d="M500,16\.7L833\.3,83\.3"/)
  expect(String(barChart(chartOf(points)))).toMatch(/class="bar part"/)
})

it("gives each step of a funnel its share of the one above, and no share of nothing", () => {
  const html = String(
    funnelBars([
      { label: "Visited", value: 200, text: "200" },
      { label: "Added", value: 50, text: "50" },
      { label: "Began", value: 0, text: "0" },
      { label: "Paid", value: 0, text: "0" },
    ]),
  )
  expect([...html.matchAll(/sub num">([^<]*)</g)].map(([, share]) => share)).toEqual([
    "",
    "25%",
    "0%",
    "",
  ])
})

it("ranks on one scale, with the mark of the period before", () => {
  const html = String(
    rankBars([
      { label: "a", value: 50, text: "50", before: 100 },
      { label: "b", value: -5, text: "−5" },
    ]),
  )
  expect(html).toContain('width="50%"')
  expect(html).toContain('class="was" x="100%"')
  expect(html).toContain('class="bar" width="0%"')
})

it("never lets a small funnel out of its box", () => {
  const html = String(spark({ shares: [2, 0.1, -1], most: 0.5, says: "three steps" }))
  const heights = [...html.matchAll(/height="([\d.-]+)"/g)].map(([, height]) => Number(height))
  expect(Math.max(...heights)).toBe(26)
  expect(Math.min(...heights)).toBe(0)
})
