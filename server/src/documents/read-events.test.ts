import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { foundEvents, type ToldEvent } from "#core/found-event.ts"
import { repeatedDays } from "#core/repeated-days.ts"
import { newAccountFile } from "#core/new-account.ts"
import { readCalendar } from "#documents/read-calendar.ts"
import { readPageEvents } from "#documents/read-page-events.ts"
import { readTable } from "#documents/read-table.ts"

const now = "2026-11-20T17:00:00Z"
const file = newAccountFile("club", {
  name: "Club",
  country: "CA",
  currency: "cad",
  timeZone: "America/Toronto",
})
const found = (told: readonly ToldEvent[]) => foundEvents(told, file, now)
const page = (html: string) => readPageEvents(new TextEncoder().encode(html), "text/html")
const linked = (value: unknown) =>
  page(
    `<script type="application/ld+json">${JSON.stringify(value).replaceAll("<", "\\u003c")}</script>`,
  )
const calendar = (...lines: string[]) => {
  const text = ["BEGIN:VCALENDAR", "VERSION:2.0", ...lines, "END:VCALENDAR"].join("\r\n")
  const read = readCalendar(text, "2026-11-20")
  if (!read.ok) throw new Error("no calendar")
  return read.events
}
const vevent = (...lines: string[]) =>
  calendar(
    "BEGIN:VEVENT",
    "UID:1",
    "SUMMARY:Open mic",
    "LOCATION:The Cellar\\, Toronto",
    ...lines,
    "END:VEVENT",
  )
const table = (text: string, monthFirst = false) => {
  const read = readTable(text, monthFirst)
  if (!read.ok) throw new Error(read.reason)
  return read.events
}

const gala = {
  "@context": "https://schema.org",
  "@type": "ComedyEvent",
  name: "Gala &amp; friends",
  description: "<p>The <b>last</b> laugh</p>",
  startDate: "2026-12-31T21:00:00-05:00",
  endDate: "2026-12-31T23:30:00-05:00",
  location: {
    "@type": "Place",
    name: "The Cellar",
    address: {
      streetAddress: "214 Ossington Ave",
      addressLocality: "Toronto",
      addressRegion: "ON",
      addressCountry: "CA",
    },
  },
  offers: [
    { "@type": "Offer", name: "Adult", price: "25.00", priceCurrency: "CAD" },
    { "@type": "Offer", name: "Student", price: 18, priceCurrency: "CAD" },
    { "@type": "Offer", name: "Adult", price: "20", priceCurrency: "EUR" },
  ],
}

describe("a page's JSON-LD", () => {
  it("is read with place, times and prices", () => {
    expect(found(linked(gala))).toEqual([
      {
        title: "Gala &amp; friends",
        description: "The last laugh",
        venue: {
          name: "The Cellar",
          street: "214 Ossington Ave",
          city: "Toronto",
          subdivision: "ON",
          country: "CA",
        },
        times: ["2026-12-31T21:00"],
        durationMinutes: 150,
        tickets: [
          { title: "Adult", price: "25.00" },
          { title: "Student", price: "18" },
        ],
        problems: ["Prices in EUR are left out: you sell in CAD."],
      },
    ])
  })

  it.each([
    ["a graph", { "@graph": [{ "@type": "WebSite" }, gala] }],
    ["a list", [gala]],
    [
      "a list of items",
      { "@type": "ItemList", itemListElement: [{ "@type": "ListItem", item: gala }] },
    ],
    ["a series", { "@type": "EventSeries", subEvent: [gala] }],
    ["a type of several", { ...gala, "@type": ["Thing", "https://schema.org/MusicEvent"] }],
  ])("is found in %s", (_, value) => {
    expect(found(linked(value)).map(({ title }) => title)).toContain("Gala &amp; friends")
  })

  it("makes one event of several performances, by the account's clock", () => {
    const [event] = found(
      linked([
        gala,
        { ...gala, startDate: "2027-01-02T02:00:00Z" },
        { ...gala, startDate: "2020-01-01T20:00:00Z" },
      ]),
    )
    expect(event!.times).toEqual(["2026-12-31T21:00", "2027-01-01T21:00"])
    expect(event!.problems).toContain("Past dates are left out.")
  })

  it("leaves out what was called off", () => {
    expect(found(linked({ ...gala, eventStatus: "https://schema.org/EventCancelled" }))).toEqual([])
  })

  it("tells of a date without a clock, and of one that cannot be read", () => {
    expect(found(linked({ ...gala, startDate: "2026-12-31" }))[0]).toMatchObject({
      times: ["2026-12-31T20:00"],
      problems: expect.arrayContaining([expect.stringContaining("no time of day")]),
    })
    expect(found(linked({ ...gala, startDate: "next Friday" }))[0]!.problems).toContain(
      "Its date could not be read.",
    )
  })

  it("is skipped where it is broken", () => {
    const html = `<script type="application/ld+json">{ "@type": "Event", </script>
      <script type="application/ld+json">${JSON.stringify(gala)}</script>`
    expect(found(page(html))).toHaveLength(1)
  })
})

it("reads microdata", () => {
  const html = `<div itemscope itemtype="https://schema.org/TheaterEvent">
    <h2 itemprop="name">Hamlet</h2><time itemprop="startDate" datetime="2026-12-05T19:30">5 December</time>
    <div itemprop="location" itemscope itemtype="https://schema.org/Place"><span itemprop="name">Globe</span>
      <div itemprop="address" itemscope itemtype="https://schema.org/PostalAddress"><span itemprop="addressLocality">London</span></div></div>
    <div itemprop="offers" itemscope itemtype="https://schema.org/Offer"><meta itemprop="price" content="12.50"></div></div>`
  expect(found(page(html))).toMatchObject([
    {
      title: "Hamlet",
      venue: { name: "Globe", city: "London" },
      times: ["2026-12-05T19:30"],
      tickets: [{ price: "12.50" }],
    },
  ])
})

describe("a calendar", () => {
  it("is read with its zone, and floats by the account's clock", () => {
    const [event] = found(
      vevent(
        "DTSTART;TZID=America/Vancouver:20261128T200000",
        "DTEND;TZID=America/Vancouver:20261128T213000",
      ),
    )
    expect(event).toMatchObject({
      title: "Open mic",
      venue: { name: "The Cellar", city: "Toronto" },
      timeZone: "America/Vancouver",
      times: ["2026-11-28T20:00"],
      durationMinutes: 90,
    })
    expect(found(vevent("DTSTART:20261128T200000"))[0]!.times).toEqual(["2026-11-28T20:00"])
    expect(found(vevent("DTSTART:20261129T010000Z"))[0]!.times).toEqual(["2026-11-28T20:00"])
  })

  it("knows what Windows calls a zone, and says of one that it does not know", () => {
    const windows = found(vevent("DTSTART;TZID=Pacific Standard Time:20261128T200000"))[0]!
    expect(windows.timeZone).toBe("America/Los_Angeles")
    const unknown = found(vevent("DTSTART;TZID=Our Town:20261128T200000"))[0]!
    expect(unknown.times).toEqual(["2026-11-28T20:00"])
    expect(unknown.problems.join()).toContain("“Our Town” is not known")
  })

  it("expands what repeats, with exceptions, moved dates and a change of the clock", () => {
    const events = calendar(
      "BEGIN:VEVENT",
      "UID:w",
      "SUMMARY:Jam",
      "DTSTART;TZID=America/Toronto:20261023T200000",
      "RRULE:FREQ=WEEKLY;COUNT=9",
      "EXDATE;TZID=America/Toronto:20261204T200000",
      "END:VEVENT",
      "BEGIN:VEVENT",
      "UID:w",
      "SUMMARY:Jam",
      "RECURRENCE-ID;TZID=America/Toronto:20261211T200000",
      "DTSTART;TZID=America/Toronto:20261212T180000",
      "END:VEVENT",
    )
    expect(found(events)[0]!.times).toEqual([
      "2026-11-20T20:00",
      "2026-11-27T20:00",
      "2026-12-12T18:00",
      "2026-12-18T20:00",
    ])
  })

  it("follows what begins far ahead from its beginning", () => {
    const [event] = found(vevent("DTSTART:20991127T200000", "RRULE:FREQ=WEEKLY;COUNT=3"))
    expect(event!.times).toEqual(["2099-11-27T20:00", "2099-12-04T20:00", "2099-12-11T20:00"])
  })

  it("leaves out an hour that clocks skip, and says so", () => {
    const [event] = found(vevent("DTSTART;TZID=America/Toronto:20270314T023000"))
    expect(event!.times).toEqual([])
    expect(event!.problems.join()).toContain("clocks are put forward")
  })

  it.each([
    ["RRULE:FREQ=SECONDLY", 1],
    ["RRULE:FREQ=DAILY;BYSETPOS=1;BYDAY=MO", 1],
    ["RRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30", 1],
    ["RRULE:FREQ=DAILY;COUNT=1000000000", 200],
    ["RRULE:FREQ=DAILY;INTERVAL=0", 200],
    ["RRULE:FREQ=WEEKLY;UNTIL=20261212T000000Z", 3],
    ["RRULE:FREQ=MONTHLY;BYDAY=-1SA;COUNT=3", 3],
  ])("follows %s so far and no further", (rule, dates) => {
    expect(found(vevent("DTSTART:20261128T200000", rule))[0]!.times).toHaveLength(dates)
  })

  it("is refused when it is none", () => {
    for (const text of ["", "hello", "<html>", "BEGIN:VCALENDAR", "BEGIN:VCALENDAR\r\nnonsense"])
      expect(() => readCalendar(text, "2026-11-20")).not.toThrow()
    expect(readCalendar("<html>BEGIN:VCALENDAR", "2026-11-20").ok).toBe(false)
  })

  const some = (count: number, ...lines: string[]) =>
    Array.from({ length: count }, () =>
      ["BEGIN:VEVENT", "SUMMARY:Jam", ...lines, "END:VEVENT"].join("\r\n"),
    ).join("\r\n")
  const readAll = (...parts: string[]) =>
    readCalendar(["BEGIN:VCALENDAR", ...parts, "END:VCALENDAR"].join("\r\n"), "2026-11-20")

  it("is read from today on, however much of it is past", () => {
    const read = readAll(
      some(600, "DTSTART:20191128T200000"),
      some(300, "DTSTART:20191128T200000", "RRULE:FREQ=DAILY;UNTIL=20201128T200000"),
      some(1, "DTSTART:20261120T010000"),
    )
    expect(read).toMatchObject({ ok: true, events: [{ times: [{ local: "2026-11-20T01:00" }] }] })
    expect(read).toMatchObject({ notes: [] })
  })

  it.each([
    ["single events", "DTSTART:20261128T200000", 501, 500],
    ["series", "DTSTART:20261128T200000\r\nRRULE:FREQ=WEEKLY", 201, 200],
  ])("says how much of what is to come was left out: %s", (_, start, count, most) => {
    const read = readAll(some(count, start))
    expect(read.ok && read.events).toHaveLength(most)
    expect(read).toMatchObject({
      notes: [`The calendar has ${count} events to come; ${most} of them were read.`],
    })
  })

  it.each([
    ["events", some(5001)],
    ["parameters", some(1, `X-A${";B=1".repeat(50_001)}:c`)],
  ])("is refused before it is parsed when it has too many %s", (_, text) => {
    expect(readAll(text)).toEqual({ ok: false, reason: "too-much" })
  })

  it("is never the end of the server, whatever is in it", () => {
    const line = fc.constantFrom(
      "DTSTART:99999999T999999",
      "DTSTART;VALUE=DATE:20261128",
      "DTSTART:",
      "DTEND:19000101T000000Z",
      "RRULE:",
      "RRULE:FREQ=",
      "RRULE:FREQ=WEEKLY;BYDAY=99XX",
      "EXDATE:garbage",
      "RDATE:20270101T200000",
      "DURATION:P99999D",
      'SUMMARY;X="',
      "BEGIN:VALARM",
      "LOCATION:\\n\\n,,,",
      "STATUS:CANCELLED",
      "RECURRENCE-ID:20261128T200000",
      "DESCRIPTION:=cmd|' /C calc'!A0",
    )
    fc.assert(
      fc.property(fc.array(line, { maxLength: 8 }), (lines) => {
        const text = [
          "BEGIN:VCALENDAR",
          "BEGIN:VEVENT",
          "SUMMARY:A",
          ...lines,
          "END:VEVENT",
          "END:VCALENDAR",
        ].join("\r\n")
        const read = readCalendar(text, "2026-11-20")
        if (read.ok) found(read.events)
      }),
      { numRuns: 300 },
    )
  })
})

it("repeats as RFC 5545 says", () => {
  const rule = {
    frequency: "monthly",
    interval: 1,
    weekdays: [],
    monthDays: [],
    months: [],
  } as const
  const wanted = { from: "2026-01-01", last: "2026-12-31", most: 100 }
  expect(repeatedDays("2026-01-31", { ...rule, count: 3 }, wanted)).toEqual([
    "2026-01-31",
    "2026-03-31",
    "2026-05-31",
  ])
  expect(
    repeatedDays("2026-01-02", { ...rule, weekdays: [{ day: 5, ordinal: 1 }], count: 3 }, wanted),
  ).toEqual(["2026-01-02", "2026-02-06", "2026-03-06"])
  expect(
    repeatedDays(
      "2026-11-03",
      { ...rule, frequency: "weekly", interval: 2, weekdays: [{ day: 2 }, { day: 4 }], count: 4 },
      wanted,
    ),
  ).toEqual(["2026-11-03", "2026-11-05", "2026-11-17", "2026-11-19"])
})

describe("a table", () => {
  it("is read by its columns' names, several rows for an event", () => {
    const [event, other] = found(
      table(
        "Title,Date,Time,Venue,City,Ticket,Price,Currency,Seats\n" +
          "Gala,2026-12-31,21:00,The Cellar,Toronto,Adult,25.00,CAD,120\n" +
          "Gala,2026-12-31,21:00,The Cellar,Toronto,Student,18,CAD,120\n" +
          "Gala,2027-01-01,9pm,The Cellar,Toronto,Adult,25.00,CAD,120\n" +
          "\n" +
          '"Jam, ""open""",28.11.2026 20h30,,The Cellar,Toronto,,0,,\n',
      ),
    )
    expect(event).toMatchObject({
      times: ["2026-12-31T21:00", "2027-01-01T21:00"],
      tickets: [
        { title: "Adult", price: "25.00" },
        { title: "Student", price: "18" },
      ],
      capacity: 120,
    })
    expect(other).toMatchObject({ title: 'Jam, "open"', times: ["2026-11-28T20:30"] })
  })

  it.each([
    ["title;date\nA;2026-12-01 20:00", false, "2026-12-01T20:00"],
    ["title\tstart\nA\t12/1/2026 8:15 PM", true, "2026-12-01T20:15"],
    ["title\tstart\nA\t1/12/2026 20.15", false, "2026-12-01T20:15"],
    ["\ufeffTITLE,Start Date\nA,12/25/2026 12am", false, "2026-12-25T00:00"],
  ])("is read in the ways that programs write it: %j", (text, monthFirst, time) => {
    expect(found(table(text, monthFirst))[0]!.times).toEqual([time])
  })

  it("names the row that it cannot read, and a title that would be a formula", () => {
    const [event] = found(table('title,date\n"=HYPERLINK(""http://evil"",""x"")",soon'))
    expect(event!.problems).toEqual(
      expect.arrayContaining([
        "Row 2: “soon” is no date that can be read.",
        "Row 2: the title looks like a spreadsheet’s formula.",
      ]),
    )
    expect(found(table("title,date\n'=1+1,2026-12-01 20:00"))[0]!.title).toBe("=1+1")
  })

  it.each([
    ["", "not-a-table"],
    ["just one line", "not-a-table"],
    ["a,b\n1,2", "no-title-column"],
    ["title,b\n1,2", "no-date-column"],
  ])("says why %j is none", (text, reason) => {
    expect(readTable(text, false)).toEqual({ ok: false, reason })
  })

  it("is never the end of the server, whatever is in it", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => {
        const read = readTable(`title,date,price\n${text}`, false)
        if (read.ok) found(read.events)
      }),
      { numRuns: 300 },
    )
  })
})

it("marks what is there already", () => {
  const known = {
    ...file,
    events: [
      {
        slug: "gala",
        title: "GALA &amp;  friends",
        venue: { name: "The cellar", city: "x", country: "CA" },
        showtimes: [],
        products: [],
      },
    ],
  }
  expect(foundEvents(linked(gala), known, now)[0]!.sameAs).toBe("GALA &amp;  friends")
})

it("keeps hostile texts as texts that a database takes", () => {
  const hostile = "a\u0000b\ud800</script>\u202e" + "x".repeat(5000)
  const [event] = found(linked({ ...gala, name: hostile, location: hostile, description: hostile }))
  for (const text of [event!.title, event!.venue.name, event!.description]) {
    expect(text).toBe(text.toWellFormed())
    expect(text).not.toContain("\u0000")
  }
  expect(event!.title.length).toBeLessThanOrEqual(200)
})
