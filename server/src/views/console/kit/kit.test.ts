import { describe, expect, it } from "vitest"
import { button, linkButton } from "#views/console/kit/button.ts"
import { delta, meter } from "#views/console/kit/card.ts"
import { axisMoney, counted, money, percentOf } from "#views/console/kit/figures.ts"
import { check, errorSummary, field, select, textArea } from "#views/console/kit/form.ts"
import { consoleSheetPath } from "#views/console/kit/paths.ts"
import { consolePage } from "#views/console/kit/shell.ts"
import { table } from "#views/console/kit/table.ts"
import { ago, dayAndTime, longDay, upcoming } from "#views/console/kit/when.ts"
import { none } from "#views/html.ts"

const visit = (role: "owner" | "marketer" | "box-office") => ({
  actor: { role },
  person: { name: '<b>"Dana"</b>', email: "dana@example.com" },
  account: { slug: "club", name: "" },
  accounts: [],
})

const shell = (role: "owner" | "marketer" | "box-office") =>
  String(consolePage({ visit: visit(role), title: "Today", active: "today", body: none }))

describe("the shell", () => {
  it("leads to what a role may see, and nowhere else", () => {
    const places = (role: "owner" | "marketer" | "box-office") =>
      [...shell(role).matchAll(/href="\/console\/club\/([\w/-]+)"/g)].map(([, path]) => path)
    expect(places("marketer")).toEqual([
      "reports",
      "reports/sales",
      "reports/links",
      "reports/pixels",
    ])
    expect(places("box-office")).toEqual(["today", "events", "orders", "waitlist", "stock"])
    expect(places("owner")).toContain("settings/organization")
  })

  it("has one sheet by its fingerprint, one script and nothing inline", () => {
    expect(shell("owner")).toContain(`href="${consoleSheetPath}"`)
    expect(consoleSheetPath).toMatch(/^\/console\/assets\/[0-9a-f]{16}\.css$/)
    expect(shell("owner").match(/<script/g)).toHaveLength(1)
    expect(shell("owner")).not.toMatch(/ style=|onclick/)
  })

  it("survives names of nothing and of markup", () => {
    expect(shell("owner")).not.toContain("<b>&#34;Dana")
    expect(shell("owner")).not.toContain('<b>"Dana')
  })
})

describe("forms", () => {
  it("tie an error to its field, and the summary leads there", () => {
    const name = "products[0].prices.usd"
    const html = String(
      field({ name, label: "Price", value: "x", error: "Write an amount.", hint: "In dollars." }),
    )
    expect(html).toContain(`id="f-${name}"`)
    expect(html).toContain(`aria-describedby="f-${name}-error f-${name}-hint"`)
    expect(html).toContain('aria-invalid="true"')
    const summary = String(errorSummary([{ field: name, message: "Write an amount." }]))
    const [, href = ""] = /href="#([^"]+)"/.exec(summary) ?? []
    expect(decodeURI(href)).toBe(`f-${name}`)
    expect(summary).toMatch(/role="alert"[^>]*autofocus/)
    expect(String(errorSummary([]))).toBe("")
  })

  it("keep every character that was typed", () => {
    const typed = `\n"quoted" <b> & 'single'\n`
    expect(String(textArea({ name: "t", label: "Text", value: typed }))).toContain(
      ">\n\n&#34;quoted",
    )
    expect(String(field({ name: "t", label: "Text", value: typed }))).not.toContain("<b>")
  })

  it("never turn an unknown choice into another one", () => {
    const html = String(
      select({ name: "s", label: "S", value: "gone", options: [{ value: "a", label: "A" }] }),
    )
    expect(html).toMatch(/<option value="gone"\s+selected/)
  })

  it("say the no of a box that is not ticked", () => {
    expect(String(check({ name: "fee", label: "Fee", checked: false, off: "no" }))).toMatch(
      /type="hidden" name="fee" value="no".*type="checkbox"/,
    )
  })
})

describe("figures", () => {
  it("have a true minus and no more places than their currency", () => {
    expect(money(-2800, "usd")).toBe("−$28.00")
    expect(money(3000, "jpy")).toBe("¥3,000")
    expect(money(2500, "cad", { ambiguous: true })).toBe("CA$25.00")
  })

  it("are short on an axis", () => {
    expect(
      [0, 80_000, 200_000, 250_000, 150_000_000].map((minor) => axisMoney(minor, "usd")),
    ).toEqual(["$0", "$800", "$2k", "$2.5k", "$1.5M"])
  })

  it("compare only with something", () => {
    expect(String(delta(5, 0))).toBe("")
    expect(String(delta(0, 0))).toBe("")
    expect(String(delta(150, 100))).toContain("50.0%")
    expect(String(delta(50, 100))).toContain("down")
    expect(String(delta(7, 7))).toContain("no change")
    expect(percentOf(1, 0)).toBe("—")
    expect([counted(1, "ticket"), counted(1200, "ticket")]).toEqual(["1 ticket", "1,200 tickets"])
  })

  it("never fill a meter beyond its end", () => {
    const html = String(meter({ value: 130, of: 100, held: 20 }))
    expect(html).toContain('width="100.0%"')
    expect(html).not.toContain('class="held"')
    expect(String(meter({ value: 3 }))).not.toContain("<svg")
  })
})

describe("when", () => {
  const now = "2026-11-20T20:24:00Z"
  const zone = "America/New_York"
  it("is said by the account's clock", () => {
    expect(dayAndTime("2026-11-20T20:00:00Z", now, zone)).toBe("Today, 15:00")
    expect(dayAndTime("2026-11-20T04:30:00Z", now, zone)).toBe("Yesterday, 23:30")
    expect(dayAndTime("2026-11-13T02:12:00Z", now, zone)).toBe("Thu 12 Nov, 21:12")
    expect(dayAndTime("2025-11-13T02:12:00Z", now, zone)).toBe("12 Nov 2025, 21:12")
    expect(longDay(now, zone)).toBe("Friday, 20 November")
  })
  it("is short for what is near", () => {
    expect(ago("2026-11-20T20:23:30Z", now, zone)).toBe("now")
    expect(ago("2026-11-20T20:13:00Z", now, zone)).toBe("11 min ago")
    expect(ago("2026-11-20T17:13:00Z", now, zone)).toBe("3 h ago")
    expect(ago("2026-11-20T09:13:00Z", now, zone)).toBe("Today, 04:13")
    expect(upcoming("2026-11-21T01:00:00Z", now, zone)).toBe("Tonight 20:00")
    expect(upcoming("2026-11-22T01:00:00Z", now, zone)).toBe("Tomorrow 20:00")
  })
})

it("a table names its cells for when it becomes cards", () => {
  const html = String(
    table({
      caption: "Orders",
      columns: [
        { label: "Order" },
        { label: "Total", kind: "lead" },
        { label: "Actions", kind: "actions", hidden: true },
      ],
      rows: [["A-1", "$5", "…"]],
    }),
  )
  expect(html).toContain('<th scope="row">A-1</th>')
  expect(html).toMatch(/data-l="Total"\s+class="num lead"/)
  expect(html).not.toContain('data-l="Actions"')
})

it("buttons and links lead only where a page may lead", () => {
  expect(String(linkButton({ label: "x", href: "javascript:alert(1)" }))).toContain('href="#"')
  expect(String(button({ label: '"><script>', square: true, icon: "copy" }))).not.toContain(
    "<script>",
  )
})
