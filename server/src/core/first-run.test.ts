import { describe, expect, it } from "vitest"
import { catalogueFaults } from "./catalogue-checks.ts"
import { withFirstLook } from "./first-look.ts"
import { doneSteps, eventToTry, type FirstRunFacts, nextStep, widgetToPlace } from "./first-run.ts"
import { newAccountFile } from "./new-account.ts"
import * as club from "#testing/club.ts"

const pass = { level: "pass", what: "script", title: "" } as const
const fail = { level: "fail", what: "script", title: "" } as const

function facts(parts: Partial<FirstRunFacts["shop"]> = {}, more: Partial<FirstRunFacts> = {}) {
  const shop = club.shop({ events: [], brand: { colors: {} }, ...parts })
  return { shop, hasOrder: false, now: club.now, ...more }
}
const next = (...given: Parameters<typeof facts>) => nextStep(doneSteps(facts(...given)))

describe("a first run", () => {
  it("goes on with the first thing that is not there", () => {
    const events = [club.event()]
    const brand = { colors: {}, radiusPx: 10 }
    const allowedOrigins = new Set(["https://club.example"])
    expect(next()).toBe("event")
    expect(next({ events })).toBe("look")
    expect(next({ events, brand })).toBe("site")
    expect(next({ events, brand, allowedOrigins })).toBe("snippet")
    expect(next({ events, brand, allowedOrigins }, { findings: [fail, pass] })).toBe("snippet")
    expect(next({ events, brand, allowedOrigins }, { findings: [pass] })).toBe("order")
    expect(
      next({ events, brand, allowedOrigins }, { findings: [pass], hasOrder: true }),
    ).toBeUndefined()
  })

  it("does not mind the order", () => {
    expect(next({ allowedOrigins: new Set(["https://club.example"]) })).toBe("event")
  })

  it("tries things with what comes next", () => {
    const later = club.event({
      slug: "later",
      showtimes: [club.showtime({ startsAt: "2027-06-01T00:00:00Z" })],
    })
    const past = club.event({ slug: "past", showtimes: [] })
    expect(eventToTry(facts({ events: [past, later, club.event()] }))?.slug).toBe("headliners")
    expect(eventToTry(facts({ events: [past] }))?.slug).toBe("past")
    expect(eventToTry(facts())).toBeUndefined()
  })

  it("places the widget that shows everything", () => {
    const few = { id: "few", slug: "few", title: "Few", allowNullOrigin: false, eventSlugs: ["a"] }
    const all = { id: "all", slug: "all", title: "All", allowNullOrigin: false }
    expect(widgetToPlace(club.shop({ widgets: [few, all] }))?.slug).toBe("all")
    expect(widgetToPlace(club.shop({ widgets: [few] }))?.slug).toBe("few")
  })
})

describe("a first look", () => {
  const file = newAccountFile("club", {
    name: "Club",
    country: "CA",
    currency: "cad",
    timeZone: "America/Toronto",
  })

  it.each(["#ffb000", "FFFFFF", "#000000", "#777777", ""])("can be read on %s", (accent) => {
    const looked = withFirstLook(file, { theme: "dark", accent, radius: "20" })
    expect(catalogueFaults(looked!)).toEqual([])
    expect(looked!.account.brand).toMatchObject({ theme: "dark", radiusPx: 20 })
  })

  it("leaves out what is no choice, and refuses what is no colour", () => {
    expect(
      withFirstLook(file, { theme: "neon", accent: "", radius: "1e9" })!.account.brand,
    ).toEqual({
      radiusPx: 10,
    })
    expect(withFirstLook(file, { theme: "", accent: "red;}", radius: "0" })).toBeUndefined()
  })
})
