import { describe, expect, it } from "vitest"
import { type TodayPage, todayPage } from "#views/console/today.ts"

const calm: TodayPage["waiting"] = {
  parkedPayments: 0,
  failedRefunds: 0,
  disputes: 0,
  unfulfillable: 0,
  soldOut: 0,
  hasEvents: true,
  hasOrders: true,
}

function pageOf(parts: Partial<TodayPage> = {}, role: "owner" | "box-office" = "owner"): string {
  return String(
    todayPage({
      visit: {
        actor: { role },
        person: { name: "Dana", email: "dana@example.com" },
        account: { slug: "club", name: "Club", timeZone: "America/New_York", currency: "usd" },
        accounts: [],
        now: "2026-11-20T20:24:00Z",
      },
      currency: "",
      day: "2026-11-20",
      dayBefore: "2026-11-13",
      hour: 15,
      hours: [],
      soldByNowBefore: new Map(),
      latest: [],
      shows: [],
      waiting: calm,
      pixelFailures: [],
      lacksSite: false,
      sitesWithoutWallets: [],
      isSandbox: false,
      ...parts,
    }),
  )
}

const hour = (at: number, soldMinor: number, parts = {}) => ({
  day: "2026-11-20",
  hour: at,
  currency: "usd",
  orders: 1,
  tickets: 2,
  soldMinor,
  ...parts,
})

describe("sales today", () => {
  it("are told against the same time of the same weekday", () => {
    const page = pageOf({
      hours: [hour(10, 10_000), hour(15, 6_000)],
      soldByNowBefore: new Map([["usd", 8_000]]),
    })
    expect(page).toContain('class="big">$160.00<')
    expect(page).toContain("100.0%")
    expect(page).toContain("$80.00 last Friday by 15:24")
    expect(page).toContain("The best hour so far is 10:00 to 10:59 with $100.00.")
    expect(page).toMatch(/class="bar part"/)
  })

  it("are never added up over currencies", () => {
    const hours = [hour(10, 10_000), hour(11, 500_000, { currency: "jpy" })]
    expect(pageOf({ hours })).toMatch(/US\$100\.00.*JP¥500,000/)
    expect(pageOf({ hours, currency: "jpy" })).toContain('class="big">JP¥500,000<')
    expect(pageOf({ hours, currency: "xxx" })).toContain('class="big">US$100.00<')
  })

  it("show an hour before the usual ones when something was sold then", () => {
    expect(pageOf({ hours: [hour(3, 100)] })).toContain("3:00 to 3:59")
    expect(pageOf()).not.toContain("9:00 to 9:59")
  })
})

describe("what needs attention", () => {
  it("is nothing, and says so", () => {
    expect(pageOf()).toContain("Everything that can run by itself does.")
  })

  it("comes in the order of its gravity, each with what to do", () => {
    const page = pageOf({
      waiting: {
        ...calm,
        parkedPayments: 1,
        failedRefunds: 2,
        disputes: 1,
        unfulfillable: 3,
        soldOut: 1,
      },
      pixelFailures: [{ destination: "meta", missing: 4 }],
      lacksSite: true,
      sitesWithoutWallets: ["club.example"],
      isSandbox: true,
    })
    const titles = [...page.matchAll(/class="grow"[^>]*><b>([^<]+)</g)].map(([, title]) => title)
    expect(titles).toEqual([
      "1 payment must be looked at",
      "2 refunds did not arrive",
      "1 payment disputed",
      "3 orders paid too late",
      "Meta missed 4 conversions",
      "No site may show your tickets yet",
      "Apple Pay is not shown everywhere",
      "1 show sold out",
      "Payments are a sandbox",
    ])
  })

  it("leads nobody where they may not go", () => {
    const page = pageOf(
      { lacksSite: true, pixelFailures: [{ destination: "ga4", missing: 1 }] },
      "box-office",
    )
    expect(page).not.toContain("/settings/sites")
    expect(page).not.toContain("/reports")
  })
})

it("says what is on today by the account's clock, and what each show has sold", () => {
  const show = (startsAt: string, parts = {}) => ({
    eventSlug: "friday",
    title: "Friday Night",
    venueName: "Main room",
    startsAt,
    timeZone: "America/New_York",
    capacity: 120,
    sold: 118,
    held: 2,
    sales: [{ currency: "usd", soldMinor: 330_400 }],
    ...parts,
  })
  const page = pageOf({
    shows: [
      show("2026-11-21T01:00:00Z"),
      // Tomorrow in New York.
      show("2026-11-21T05:30:00Z", { capacity: 0, sales: [] }),
      show("2026-11-23T01:00:00Z", {
        sales: [
          { currency: "cad", soldMinor: 100 },
          { currency: "usd", soldMinor: 200 },
        ],
      }),
    ],
  })
  expect(page).toContain("1 show today, 118 guests expected.")
  expect(page).toContain("Tonight 20:00, Main room")
  expect(page).toContain("$3,304.00")
  expect(page).toContain("No limit")
  expect(page).toMatch(/US\$2\.00.*CA\$1\.00/)
})

it("leads a new organizer to the first run, and nobody else", () => {
  const waiting = { ...calm, hasEvents: false, hasOrders: false }
  expect(pageOf({ waiting })).toContain('href="/console/club/first-run"')
  expect(pageOf({ waiting }, "box-office")).not.toContain("first-run")
})

it("names a buyer by no more than an initial beside the first name", () => {
  const order = {
    id: "1",
    number: "LS-1",
    state: "paid",
    createdAt: "2026-11-20T20:23:50Z",
    firstName: "<Ana>",
    lastName: "𝒵ed",
    email: "buyer@example.com",
    currency: "usd",
    totalMinor: 7904,
    eventTitles: ["Friday Night"],
    tickets: 2,
    extras: 1,
    source: "newsletter",
    medium: "email",
  } as const
  const page = pageOf({ latest: [order] })
  expect(page).toContain("&#60;Ana&#62; 𝒵., now")
  expect(page).toContain("2 Friday Night and 1 more")
  expect(page).not.toContain("buyer@example.com")
})
