import { describe, expect, it } from "vitest"
import { aCatalogue } from "#testing/catalogue-file.ts"
import { catalogueFaults } from "./catalogue-checks.ts"
import type { CatalogueFile } from "./catalogue-file.ts"
import {
  type DatesWish,
  missingToSell,
  newDates,
  onlyShownIn,
  withCopy,
  withDates,
  withoutEvent,
  withShowtime,
} from "./event-edit.ts"
import { eventOf } from "./event-part.ts"

const zone = "America/Toronto"
const file = (): CatalogueFile =>
  aCatalogue((each) => {
    each.events[0].showtimes = [
      { at: "2030-12-03T19:30" },
      { at: "2030-12-05T20:00", differences: [{ product: "admission", capacity: 5 }] },
    ]
  })
const show = () => eventOf(file(), "show")!
const dates = (wish: DatesWish) => newDates(show(), zone, wish)

describe("new dates", () => {
  it("are one, or every so many days or weeks at the same local time, over changes of the clock", () => {
    expect(dates({ at: "2031-01-01T20:00", every: "once" })).toMatchObject({
      ok: true,
      locals: ["2031-01-01T20:00"],
    })
    expect(dates({ at: "2031-02-28T20:00", every: "week", interval: 2, times: 3 })).toEqual({
      ok: true,
      locals: ["2031-02-28T20:00", "2031-03-14T20:00", "2031-03-28T20:00"],
      doubled: [],
    })
    expect(
      dates({
        at: "2031-03-07T20:00",
        every: "day",
        until: "2031-03-11",
        except: ["2031-03-09"],
      }),
    ).toMatchObject({
      locals: ["2031-03-07T20:00", "2031-03-08T20:00", "2031-03-10T20:00", "2031-03-11T20:00"],
    })
  })

  it("say which of them the clock skips, at the time's field", () => {
    expect(dates({ at: "2031-03-09T02:30", every: "once" })).toEqual({
      ok: false,
      faults: [
        {
          field: "at",
          message:
            "02:30 does not exist on 9 March 2031: the clocks go forward over it. Choose another time.",
        },
      ],
    })
    const everyDay = { at: "2031-03-08T02:30", every: "day", times: 3 } as const
    expect(dates(everyDay)).toMatchObject({
      faults: [{ field: "at", message: expect.stringContaining("or leave that day out.") }],
    })
    expect(dates({ ...everyDay, except: ["2031-03-09"] })).toMatchObject({ ok: true })
  })

  it("say which of them come twice, and that the show begins the first time", () => {
    expect(dates({ at: "2031-11-01T01:30", every: "day", times: 3 })).toMatchObject({
      ok: true,
      doubled: ["2031-11-02T01:30"],
    })
  })

  it.each<[string, DatesWish, string, string]>([
    ["no day", { at: "", every: "once" }, "at", "Choose a day and a time."],
    ["a day that is none", { at: "2031-02-30T20:00", every: "once" }, "at", "Choose a day"],
    ["a time that is none", { at: "2031-02-20T24:00", every: "once" }, "at", "Choose a day"],
    ["a date there is", { at: "2030-12-03T19:30", every: "once" }, "at", "3 December 2030 already"],
    ["no number", { at: "2031-01-01T20:00", every: "day" }, "times", "from 2 to 400"],
    ["too many", { at: "2031-01-01T20:00", every: "day", times: 401 }, "times", "from 2 to 400"],
    [
      "an end before the beginning",
      { at: "2031-01-01T20:00", every: "day", until: "2030-12-31" },
      "until",
      "after the first",
    ],
    [
      "an end that is no day",
      { at: "2031-01-01T20:00", every: "day", until: "soon" },
      "until",
      "after the first",
    ],
    [
      "a step of nothing",
      { at: "2031-01-01T20:00", every: "week", interval: 0, times: 2 },
      "interval",
      "1 to 52",
    ],
    [
      "an exception that is no day",
      { at: "2031-01-01T20:00", every: "day", times: 2, except: ["x"] },
      "except",
      "x is no day",
    ],
    [
      "nothing but exceptions",
      { at: "2031-01-01T20:00", every: "day", times: 2, except: ["2031-01-01", "2031-01-02"] },
      "except",
      "No date is left",
    ],
  ])("refuse %s", (_, wish, field, message) => {
    const refused = dates(wish)
    expect(refused).toMatchObject({
      ok: false,
      faults: [{ field, message: expect.stringContaining(message) }],
    })
  })

  it("stop at as many as an event may have", () => {
    const many = { ...show(), showtimes: Array.from({ length: 200 }, (_, i) => ({ at: `x${i}` })) }
    const wish = { at: "2031-01-01T20:00", every: "day", times: 400 } as const
    expect(newDates(many, zone, wish)).toMatchObject({ ok: false, faults: [{ field: "times" }] })
  })

  it("take their place among the others", () => {
    const after = withDates(show(), ["2030-12-04T20:00"])
    expect(after.showtimes.map(({ at }) => at.slice(0, 10))).toEqual([
      "2030-12-03",
      "2030-12-04",
      "2030-12-05",
    ])
  })
})

it("changes one date, which takes along what differs at it", () => {
  const at = "2030-12-05T20:00"
  expect(withShowtime(show(), at, { do: "cancel" }).showtimes[1]!.status).toBe("canceled")
  expect(withShowtime(show(), at, { do: "pause" }).showtimes[1]!.status).toBe("paused")
  expect(withShowtime(show(), at, { do: "remove" }).showtimes).toHaveLength(1)
  expect(withShowtime(show(), at, { do: "move", to: "2030-12-06T20:00" }).showtimes[1]).toEqual({
    at: "2030-12-06T20:00",
    differences: [{ product: "admission", capacity: 5 }],
  })
  expect(withShowtime(show(), "2001-01-01T00:00", { do: "cancel" })).toEqual(show())
})

describe("a copy", () => {
  const copied = (now: string) => withCopy(file(), "show", { slug: "copy", title: "Copy" }, now)

  it("is a draft beside its original, with the dates to come and the questions", () => {
    const withQuestion = file()
    const asked = { slug: "q", label: "?", kind: "text", required: true, event: "show" } as const
    const after = withCopy(
      { ...withQuestion, questions: [asked] },
      "show",
      { slug: "copy", title: "Copy" },
      "2030-12-04T12:00:00Z",
    )
    expect(after.events.map(({ slug }) => slug)).toEqual(["show", "copy"])
    expect(eventOf(after, "copy")).toMatchObject({
      title: "Copy",
      status: "draft",
      showtimes: [{ at: "2030-12-05T20:00", status: "on-sale" }],
    })
    expect(after.questions).toEqual([asked, { ...asked, event: "copy" }])
    expect(catalogueFaults(after)).toEqual([])
  })

  it("of a past event has one date, the next of its weekday", () => {
    expect(eventOf(copied("2031-06-10T12:00:00Z"), "copy")!.showtimes).toMatchObject([
      { at: "2031-06-12T20:00" },
    ])
  })
})

it("says what is missing before an event can be sold", () => {
  expect(missingToSell(show(), zone, "2030-12-01T00:00:00Z")).toEqual([])
  expect(missingToSell(show(), zone, "2031-12-01T00:00:00Z")).toEqual(["a date to come"])
  expect(missingToSell({ ...show(), products: [] }, zone, "2030-12-01T00:00:00Z")).toEqual([
    "a ticket type with a price",
  ])
})

it("leaves no name of an event behind that is taken off", () => {
  const before = aCatalogue((each) => {
    each.events.push({ ...structuredClone(each.events[0]), slug: "other" })
    each.widgets.push({ slug: "both", title: "Both", events: ["show", "other"] })
    each.questions.push({ slug: "q", label: "?", kind: "text", required: true, event: "show" })
    each.promotions[0].events = ["show"]
    each.promotions[1].events = ["show", "other"]
  }) as CatalogueFile
  const after = withoutEvent(before, "show")
  expect(catalogueFaults(after)).toEqual([])
  expect(after.promotions!.map(({ code, events }) => [code, events])).toEqual([["FIVE", ["other"]]])
  expect(after.questions!.map(({ slug }) => slug)).toEqual(["news"])
  expect(onlyShownIn(before, "show")).toEqual([])
  const one = { ...before, widgets: [{ slug: "one", title: "One", events: ["show"] }] }
  expect(onlyShownIn(one, "show")).toEqual(["one"])
})
