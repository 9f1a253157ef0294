import { Hono } from "hono"
import type { EventEntry } from "#core/catalogue-file.ts"
import { combinationsOf } from "#core/catalogue-rows.ts"
import { isPerShowtime } from "#core/catalogue-checks.ts"
import type { DatesWish, ShowtimeChange } from "#core/event-edit.ts"
import { showtimePart } from "#core/event-part.ts"
import { may } from "#core/role.ts"
import { addDates, changeShowtime } from "#flows/change-event.ts"
import { addDatesPage, confirmPage, datePage } from "#views/console/event-dates.ts"
import type { EventForm } from "#views/console/event-form.ts"
import { localWords } from "#views/console/event-words.ts"
import { formValues } from "#views/console/form-values.ts"
import { counted } from "#views/console/kit/figures.ts"
import { forbiddenPage, notFound, page, saved } from "#web/console/answer.ts"
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
import { currenciesOf, onEvent } from "#web/console/event-pages.ts"
import { type FormEntries, readForm, typedIn } from "#web/console/form.ts"

const onDate = `${onEvent}/dates/:at{[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}(?::|%3A)[0-9]{2}}`

/** More dates, and one date: its time, its state, where it differs. */
export function eventDatesRoutes(deps: ConsoleDeps) {
  return new Hono<ConsoleEnv>()
    .get(`${onEvent}/dates`, (c) => showAddDates(c, deps))
    .post(`${onEvent}/dates`, (c) => saveDates(c, deps))
    .get(onDate, (c) => showEventPage(c, deps, oneDate(c)))
    .post(onDate, (c) => saveEventPage(c, deps, oneDate(c)))
    .get(`${onDate}/cancel`, (c) => confirm(c, deps, "cancel"))
    .get(`${onDate}/remove`, (c) => confirm(c, deps, "remove"))
    .post(`${onDate}/do`, (c) => change(c, deps))
}

async function showAddDates(
  c: Ask,
  deps: ConsoleDeps,
  again: Pick<EventForm, "values" | "faults"> = { values: formValues([]), faults: [] },
): Promise<Response> {
  if (!may(c.var.visit.actor, "edit-events")) return forbiddenPage(c)
  const asked = await askEvent(c, deps)
  if (asked instanceof Response) return asked
  const form: EventForm = {
    ...again,
    base: "",
    touched: asked.touched,
    canEdit: true,
    action: c.req.path,
  }
  const clock = `By the clock of ${asked.timeZone.replaceAll("_", " ")}.`
  return page(c, addDatesPage(asked.head, form, clock), again.faults.length > 0 ? 422 : 200)
}

async function saveDates(c: Ask, deps: ConsoleDeps): Promise<Response> {
  const { visit } = c.var
  const slug = c.req.param("event") ?? ""
  const entries = await readForm(c)
  const added = await addDates(deps, visit.actor, slug, wishOf(entries))
  switch (added.outcome) {
    case "forbidden":
      return forbiddenPage(c)
    case "gone":
      return notFound(c)
    case "refused":
      return showAddDates(c, deps, { values: formValues(typedIn(entries)), faults: added.faults })
    case "added": {
      const [twice] = added.doubled
      const doubled =
        twice === undefined
          ? ""
          : ` ${localWords(twice)} comes twice that night: the show begins the first time.`
      const notice = `${counted(added.count, "date")} added.${doubled}`
      return saved(c, `/console/${visit.account.slug}/events/${slug}`, notice)
    }
  }
}

function wishOf(entries: FormEntries): DatesWish {
  const every = entries.one("every")
  const numberOf = (name: string) => {
    const text = entries.one(name)
    return text === "" ? undefined : Number(/^\d{1,6}$/.exec(text)?.[0] ?? Number.NaN)
  }
  const [interval, times, until] = [numberOf("interval"), numberOf("times"), entries.one("until")]
  return {
    at: entries.one("at"),
    every: every === "day" || every === "week" ? every : "once",
    ...(interval !== undefined && { interval }),
    ...(times !== undefined && { times }),
    ...(until !== "" && { until }),
    except: entries
      .one("except")
      .split(/[\s,;]+/)
      .filter((day) => day !== ""),
  }
}

function oneDate(c: Ask): EventPage {
  const at = c.req.param("at") ?? ""
  return {
    part: (slug) => showtimePart(slug, at),
    path: `/dates/${at}`,
    view: (asked, form) => dateView(asked, form, at),
  }
}

function dateView(asked: AskedEvent, form: EventForm, at: string, moveError?: string, to = at) {
  const { event, figures } = asked
  const taken = figures.reduce((sum, each) => sum + (each.at === at ? each.sold + each.held : 0), 0)
  const rows = rowsOf(event, form)
  const products = event.products.filter((product) => isPerShowtime(product))
  const prices = products.flatMap((product) =>
    product.priceTypes.map(({ slug, title }) => ({
      slug,
      title: products.length > 1 || product.priceTypes.length > 1 ? (title ?? product.title) : "",
    })),
  )
  return datePage({
    head: asked.head,
    form,
    at,
    taken,
    to,
    rows,
    prices: [...new Map(prices.map((price) => [price.slug, price])).values()],
    currencies: currenciesOf(asked.file),
    ...(moveError !== undefined && { moveError }),
  })
}

/** A row for each thing that is counted by date, and for each of its combinations. */
function rowsOf(event: EventEntry, { values }: EventForm) {
  const places = Array.from({ length: values.rows("differences") }, (_, i) => `differences[${i}]`)
  const keyOf = (product: string, chosen: readonly (string | undefined)[]) =>
    [product, ...chosen].join("/")
  const known = new Map(
    places.map((place) => {
      const slug = values.text(`${place}.product`) ?? ""
      const options = event.products.find((product) => product.slug === slug)?.options ?? []
      return [
        keyOf(
          slug,
          options.map((option) => values.text(`${place}.options.${option.slug}`)),
        ),
        place,
      ]
    }),
  )
  return event.products
    .filter((product) => isPerShowtime(product))
    .flatMap((product) => {
      const options = product.options ?? []
      return combinationsOf(product).map((chosen) => ({
        product,
        chosen,
        words: options.map(
          (option) =>
            option.values.find((value) => value.slug === chosen[option.slug])?.title ?? "",
        ),
        key: keyOf(
          product.slug,
          options.map((option) => chosen[option.slug]),
        ),
      }))
    })
    .map(({ product, chosen, words, key }, i) => ({
      title: [product.title, ...words].join(", "),
      prices: product.priceTypes.map(({ slug }) => slug),
      name: known.get(key) ?? `differences[${places.length + i}]`,
      hiddens: [
        ["product", product.slug] as const,
        ...Object.entries(chosen).map(([option, value]) => [`options.${option}`, value] as const),
      ],
    }))
}

async function confirm(c: Ask, deps: ConsoleDeps, what: "cancel" | "remove"): Promise<Response> {
  if (!may(c.var.visit.actor, "edit-events")) return forbiddenPage(c)
  const asked = await askEvent(c, deps)
  if (asked instanceof Response) return asked
  const at = c.req.param("at") ?? ""
  if (!asked.event.showtimes.some((each) => each.at === at)) return notFound(c)
  const sold = asked.figures.reduce((sum, each) => sum + (each.at === at ? each.sold : 0), 0)
  const when = localWords(at)
  const kept =
    sold === 0
      ? "Nobody has bought a ticket for it."
      : `${counted(sold, "ticket is", "tickets are")} sold for it: their orders keep them. Refund them from their orders.`
  return page(
    c,
    confirmPage({
      head: asked.head,
      title: what === "cancel" ? `Cancel ${when}?` : `Remove ${when}?`,
      text:
        what === "cancel"
          ? `It is taken off sale, and widgets say that it is canceled. ${kept}`
          : `It is archived and leaves every widget. ${kept}`,
      action: `${c.req.path.slice(0, c.req.path.lastIndexOf("/"))}/do`,
      value: what,
      label: what === "cancel" ? "Cancel the show" : "Remove the date",
    }),
  )
}

const changes = ["pause", "resume", "cancel", "remove"] as const

async function change(c: Ask, deps: ConsoleDeps): Promise<Response> {
  const { visit } = c.var
  const entries = await readForm(c)
  const [slug, at, wanted] = [
    c.req.param("event") ?? "",
    c.req.param("at") ?? "",
    entries.one("do"),
  ]
  const plain = changes.find((each) => each === wanted)
  const wish: ShowtimeChange = plain ? { do: plain } : { do: "move", to: entries.one("to") }
  const changed = await changeShowtime(deps, visit.actor, slug, at, wish)
  const home = `/console/${visit.account.slug}/events/${slug}`
  switch (changed.outcome) {
    case "forbidden":
      return forbiddenPage(c)
    case "gone":
      return notFound(c)
    case "refused": {
      if (wish.do !== "move") return saved(c, home, changed.message)
      const asked = await askEvent(c, deps)
      if (asked instanceof Response) return asked
      const form: EventForm = {
        values: formValues([]),
        faults: [],
        base: "",
        touched: asked.touched,
        canEdit: true,
        action: `${home}/dates/${at}`,
      }
      return page(c, dateView(asked, form, at, changed.message, wish.to), 422)
    }
    case "changed":
      return saved(c, home, saidOf(wish, at, changed.sold))
  }
}

function saidOf(wish: ShowtimeChange, at: string, sold: number): string {
  const when = localWords(at)
  const kept =
    sold === 0 ? "" : ` ${counted(sold, "ticket stays", "tickets stay")} with their orders.`
  switch (wish.do) {
    case "pause":
      return `Sales for ${when} are paused.`
    case "resume":
      return `${when} is on sale.`
    case "cancel":
      return `${when} is canceled.${kept}`
    case "remove":
      return `${when} is archived.${kept}`
    case "move":
      return `Moved to ${localWords(wish.to)}.`
  }
}
