import { Hono } from "hono"
import type { CatalogueFile, EventEntry } from "#core/catalogue-file.ts"
import {
  addOnsPart,
  chargesPart,
  isTicket,
  pagePart,
  questionsPart,
  ticketsPart,
} from "#core/event-part.ts"
import { formatPercent } from "#core/format.ts"
import { listCountries, listTimeZones } from "#core/new-account.ts"
import { localOf } from "#core/schedule.ts"
import { showHistory } from "#flows/show-history.ts"
import type { SeenEventPage } from "#flows/see-event.ts"
import { addOnsPage } from "#views/console/event-add-ons.ts"
import { chargesPage } from "#views/console/event-charges.ts"
import { detailsPage } from "#views/console/event-details.ts"
import { eventHistoryPage } from "#views/console/event-history.ts"
import { questionsPage } from "#views/console/event-questions.ts"
import { type DateRow, ticketsPage } from "#views/console/event-tickets.ts"
import { dayAndTime } from "#views/console/kit/when.ts"
import { forbiddenPage, page } from "#web/console/answer.ts"
import type { ConsoleEnv } from "#web/console/context.ts"
import type { ConsoleDeps } from "#web/console/deps.ts"
import {
  type Ask,
  askEvent,
  type AskedEvent,
  type EventPage,
  saveEventPage,
  showEventPage,
} from "#web/console/event-ask.ts"
import { withPictures } from "#web/console/upload.ts"

export const onEvent = "/events/:event{[a-z0-9-]{1,80}}"

/** The pages of one event: each a form of its own, so that two people may edit two pages. */
export function eventPagesRoutes(deps: ConsoleDeps) {
  const routes = new Hono<ConsoleEnv>()
  for (const each of [tickets(deps), details(deps), questions, charges, addOns(deps)])
    routes
      .get(`${onEvent}${each.path}`, (c) => showEventPage(c, deps, each))
      .post(`${onEvent}${each.path}`, (c) => saveEventPage(c, deps, each))
  return routes.get(`${onEvent}/history`, (c) => showEventHistory(c, deps))
}

function tickets(deps: ConsoleDeps): EventPage {
  return {
    part: ticketsPart,
    path: "",
    view: (asked, form, c) => {
      const { account } = c.var.visit
      const open = deps.openPages(account.id)
      return ticketsPage({
        head: asked.head,
        form,
        dates: dateRows(asked),
        allDates: c.req.query("dates") === "all",
        timeZone: asked.timeZone,
        currencies: currenciesOf(asked.file),
        soldOf: soldByProduct(asked),
        prices: asked.prices.map(({ taxes, ...price }) => ({
          ...price,
          taxes: taxes.map(({ name, ratePpm, ...amounts }) => ({
            ...amounts,
            label: `${name}, ${formatPercent(ratePpm, "en")}`,
          })),
        })),
        widgets: asked.widgets.map((widget) => {
          const name = `${account.slug}/${widget}`
          return { name, open: open.get(name) ?? 0 }
        }),
        isDraft: asked.event.status === "draft",
      })
    },
  }
}

function details(deps: ConsoleDeps): EventPage {
  return {
    part: pagePart,
    path: "/page",
    prepare: (c, entries) => withPictures(c, deps, entries),
    view: ({ head }, form) =>
      detailsPage({
        head,
        form,
        countries: listCountries().map(({ code, name }) => ({ value: code, label: name })),
        timeZones: listTimeZones(),
      }),
  }
}

const questions: EventPage = {
  part: questionsPart,
  path: "/questions",
  view: ({ head, file }, form) =>
    questionsPage({
      head,
      form,
      forAll: (file.questions ?? []).flatMap(({ event, label }) =>
        event === undefined ? [label] : [],
      ),
    }),
}

const charges: EventPage = {
  part: chargesPart,
  path: "/fees",
  view: ({ head, file, event }, form) =>
    chargesPage({
      head,
      form,
      titles: new Map(event.products.map(({ slug, title }) => [slug, title])),
      fees: (file.fees ?? []).map((fee) => ({
        slug: fee.slug,
        bearer: fee.bearer,
        words: feeWords(fee),
      })),
      taxClasses: file.taxClasses.map(({ slug, rates }) => ({
        slug,
        words:
          rates.length === 0
            ? "no tax"
            : rates
                .slice(0, 3)
                .map(({ name, percent }) => `${name} ${percent}%`)
                .join(", "),
      })),
    }),
}

function addOns(deps: ConsoleDeps): EventPage {
  return {
    part: addOnsPart,
    path: "/add-ons",
    prepare: (c, entries) => withPictures(c, deps, entries),
    view: (asked, form) =>
      addOnsPage({
        head: asked.head,
        form,
        currencies: currenciesOf(asked.file),
        soldOf: soldByProduct(asked),
      }),
  }
}

function feeWords({
  percent,
  bearer,
  amounts,
}: NonNullable<CatalogueFile["fees"]>[number]): string {
  const fixed = Object.entries(amounts).map(
    ([currency, { fixed: amount }]) => `${amount} ${currency.toUpperCase()}`,
  )
  const paid = bearer === "shopper" ? "guests pay it" : "you pay it"
  return `${[`${percent}%`, ...fixed.slice(0, 2)].join(" + ")}, ${paid}`
}

export function currenciesOf({ regions }: CatalogueFile): string[] {
  return [...new Set(regions.map(({ currency }) => currency))]
}

/** What is counted of each thing, all its dates together. */
function soldByProduct({ figures }: SeenEventPage) {
  const groups = Map.groupBy(figures, ({ product }) => product)
  return new Map(
    [...groups].map(([slug, all]) => {
      const counted = all.filter(({ capacity }) => capacity !== undefined)
      const sum = (of: (each: (typeof all)[number]) => number) =>
        all.reduce((total, each) => total + of(each), 0)
      return [
        slug,
        {
          sold: sum(({ sold }) => sold),
          held: sum(({ held }) => held),
          ...(counted.length === all.length && { capacity: sum(({ capacity = 0 }) => capacity) }),
        },
      ]
    }),
  )
}

export function dateRows({ event, figures, timeZone, now }: AskedEvent): DateRow[] {
  const clock = localOf(now, timeZone).slice(0, 16)
  const ticketSlugs = new Set(event.products.filter(isTicket).map(({ slug }) => slug))
  const ofDate = Map.groupBy(
    figures.filter(({ product }) => ticketSlugs.has(product)),
    ({ at }) => at,
  )
  return event.showtimes.map((showtime) => {
    const counted = ofDate.get(showtime.at) ?? []
    const isCounted = counted.length > 0 && counted.every(({ capacity }) => capacity !== undefined)
    return {
      at: showtime.at,
      status: showtime.status ?? "on-sale",
      isPast: showtime.at <= clock,
      doors: doorsOf(event, showtime.at),
      sold: counted.reduce((sum, { sold }) => sum + sold, 0),
      held: counted.reduce((sum, { held }) => sum + held, 0),
      isDifferent: (showtime.differences ?? []).length > 0,
      ...(isCounted && { capacity: counted.reduce((sum, { capacity = 0 }) => sum + capacity, 0) }),
    }
  })
}

/** "19:15", by the same wall clock: doors do not move when the clock does. */
function doorsOf({ doorsMinutes }: EventEntry, at: string): string {
  if (doorsMinutes === undefined) return ""
  const start = Date.parse(`${at}:00Z`)
  return new Date(start - doorsMinutes * 60_000).toISOString().slice(11, 16)
}

async function showEventHistory(c: Ask, deps: ConsoleDeps): Promise<Response> {
  const { visit } = c.var
  const asked = await askEvent(c, deps)
  if (asked instanceof Response) return asked
  const before = /^\d{1,15}$/.exec(c.req.query("before") ?? "")?.[0]
  const history = await showHistory(deps, visit.actor, {
    subject: `event:${asked.head.slug}`,
    ...(before !== undefined && { before: Number(before) }),
  })
  if (history.outcome === "forbidden") return forbiddenPage(c)
  return page(
    c,
    eventHistoryPage({
      head: asked.head,
      lines: history.lines.map((line) => ({
        ...line,
        when: dayAndTime(line.at, visit.now, visit.account.timeZone),
      })),
      ...(history.earlier !== undefined && { earlier: `?before=${history.earlier}` }),
    }),
  )
}
