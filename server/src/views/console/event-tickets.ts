import { choicesView } from "#views/console/event-choices.ts"
import { eventFrame, type EventHead, eventPath } from "#views/console/event-frame.ts"
import {
  addButton,
  at,
  dropButton,
  type EventForm,
  eventForm,
  faultsOf,
  places,
} from "#views/console/event-form.ts"
import {
  capacityField,
  limitFields,
  nameField,
  priceFields,
  productRow,
  type Sold,
  soldIn,
  soldMeter,
} from "#views/console/event-product.ts"
import { localWords } from "#views/console/event-words.ts"
import { linkButton } from "#views/console/kit/button.ts"
import { badge, card, drill, meter } from "#views/console/kit/card.ts"
import { counted, money } from "#views/console/kit/figures.ts"
import { field, hidden, moneyField, select } from "#views/console/kit/form.ts"
import { icon } from "#views/console/kit/icons.ts"
import { menu, type MenuItem } from "#views/console/kit/nav.ts"
import { factList, table } from "#views/console/kit/table.ts"
import { html, type Html, type Part, url } from "#views/html.ts"

export type DateRow = {
  /** `2026-11-28T20:00`. */
  readonly at: string
  readonly status: "on-sale" | "paused" | "canceled"
  readonly isPast: boolean
  /** "19:15"; empty when doors are not said. */
  readonly doors: string
  readonly capacity?: number
  readonly sold: number
  readonly held: number
  readonly isDifferent: boolean
}

export type GuestPriceView = {
  readonly currency: string
  readonly name: string
  readonly unitMinor: number
  readonly isLeast: boolean
  readonly feeMinor: number
  readonly taxes: readonly {
    readonly label: string
    readonly addedMinor: number
    readonly includedMinor: number
  }[]
  readonly totalMinor: number
  readonly receivedMinor: number
}

export type TicketsPage = {
  readonly head: EventHead
  readonly form: EventForm
  readonly dates: readonly DateRow[]
  readonly allDates: boolean
  /** IANA; said where it is not the account's. */
  readonly timeZone: string
  readonly currencies: readonly string[]
  /** By product slug: what is sold of it, all dates together. */
  readonly soldOf: ReadonlyMap<string, Sold>
  readonly prices: readonly GuestPriceView[]
  readonly widgets: readonly { readonly name: string; readonly open: number }[]
  readonly isDraft: boolean
}

/** Tickets and dates: what most people come for. */
export function ticketsPage(page: TicketsPage): Html {
  const { head, form } = page
  return eventFrame(
    head,
    "tickets",
    html`${faultsOf(form)}
      <div class="cols">
        <div class="stack">
          ${datesCard(page)}
          ${eventForm(form, html`${ticketCards(page)} ${salesWindow(form)}`, { isHeaded: true })}
        </div>
        <div class="stack">${guestPays(page)} ${shownIn(page)}</div>
      </div>`,
  )
}

const mostDatesShown = 8

function datesCard(page: TicketsPage): Html {
  const { head, dates, allDates, form } = page
  const ahead = dates.filter(({ isPast }) => !isPast)
  const usual = ahead.length > 0 ? ahead : dates
  const shown = allDates ? dates : usual.slice(0, mostDatesShown)
  const path = eventPath(head)
  const hasDoors = shown.some(({ doors }) => doors !== "")
  return card({
    title: "Dates",
    id: "dates",
    actions:
      form.canEdit && linkButton({ label: "Add dates", href: `${path}/dates`, icon: "plus" }),
    body: table({
      caption: "Dates, with what is sold of each",
      columns: [
        { label: "Date" },
        ...(hasDoors ? [{ label: "Doors" }] : []),
        { label: "Status" },
        { label: "Sold", kind: "two" },
        { label: "Actions", kind: "actions", hidden: true },
      ],
      rows: shown.map((date) => ({
        id: `date-${date.at}`,
        cells: dateCells(date, page, hasDoors),
      })),
      empty: "No date yet. Add the first one: tickets are counted by date.",
    }),
    foot: html`${shown.length} of ${counted(dates.length, "date")}, ${zoneWords(page.timeZone)}.
    ${
      shown.length < dates.length &&
      html`<a class="link" href="${url(`${path}?dates=all#dates`)}">Show all</a>`
    }`,
  })
}

function zoneWords(timeZone: string): string {
  return `by the clock of ${(timeZone.split("/").at(-1) ?? timeZone).replaceAll("_", " ")}`
}

function dateCells(date: DateRow, { head, form }: TicketsPage, hasDoors: boolean): Part[] {
  const { capacity } = date
  return [
    html`${localWords(date.at)}${
      date.isDifferent && html`<br /><span class="sub">Has its own prices or capacity</span>`
    }`,
    ...(hasDoors ? [date.doors] : []),
    dateBadge(date),
    meter({
      value: date.sold,
      held: date.held,
      ...(capacity !== undefined && { of: capacity }),
    }),
    form.canEdit
      ? menu({ label: `More for ${localWords(date.at)}`, items: dateActions(date, head) })
      : "",
  ]
}

function dateBadge({ status, isPast, capacity, sold }: DateRow): Html {
  if (status === "canceled") return badge("bad", "Canceled")
  if (isPast) return badge("plain", "Past")
  if (status === "paused") return badge("warn", "Paused")
  return capacity !== undefined && sold >= capacity
    ? badge("info", "Sold out")
    : badge("ok", "On sale")
}

function dateActions(date: DateRow, head: EventHead): MenuItem[] {
  const path = `${eventPath(head)}/dates/${date.at}`
  const act = (value: string, label: string, name: "pause" | "play") => ({
    label,
    icon: name,
    action: `${path}/do`,
    name: "do",
    value,
  })
  return [
    { label: "Change this date", icon: "pencil", href: path },
    ...(date.status === "on-sale" ? [act("pause", "Pause sales", "pause")] : []),
    ...(date.status !== "on-sale" ? [act("resume", "Put on sale", "play")] : []),
    "line",
    ...(date.status === "canceled"
      ? []
      : [{ label: "Cancel the show", icon: "close" as const, href: `${path}/cancel` }]),
    { label: "Remove", icon: "trash", href: `${path}/remove` },
  ]
}

function ticketCards(page: TicketsPage): Html {
  const { form } = page
  const rows = places(form, "products")
  return card({
    title: "Ticket types",
    id: "tickets",
    actions: form.canEdit && addButton("products", "Add a type"),
    body: html`${
      rows.length === 0 &&
      html`<p class="pad sub">
        No tickets yet. Add a type: its name, its price, and how many there are.
      </p>`
    }
    ${rows.map((i) => ticketView(page, i))}`,
    foot: "A new price reaches every open widget and cart at once; nobody pays a price that they have not seen. Orders keep theirs.",
  })
}

function ticketView(page: TicketsPage, i: number): Html {
  const { form } = page
  const row = `products[${i}]`
  const sold = soldIn(page, row)
  const isOnly = form.values.rows(`${row}.priceTypes`) < 2
  return productRow(page, row, {
    what: "ticket type",
    body: html`<div class="form three">
        ${nameField(form, row)} ${capacityField(form, row, "Capacity of each date")}
        <div class="field">
          <span class="label">Sold</span>
          ${sold ? soldMeter(sold) : html`<span class="sub">not yet</span>`}
        </div>
      </div>
      ${isOnly ? onlyPrice(page, row) : priceTable(page, row)}`,
    more: "several prices, choices, limits, a line of text",
    moreBody: moreView(page, row, isOnly),
    foot:
      sold !== undefined &&
      sold.sold > 0 &&
      html`<span class="hint"
        >${counted(sold.sold, "ticket")} sold stay sold when you remove it: their orders keep
        them.</span
      >`,
  })
}

function onlyPrice(page: TicketsPage, row: string): Html {
  const { values } = page.form
  const price = `${row}.priceTypes[0]`
  return html`${hidden(`${price}.slug`, values.text(`${price}.slug`) ?? "")}
    ${hidden(`${price}.title`, values.text(`${price}.title`) ?? "")}
    <div class="form three">${priceFields(page, price)}</div>`
}

function priceTable({ form, currencies }: TicketsPage, row: string): Html {
  return html`<div class="tbl inner fields">
    <table>
      <caption class="vh">
        Prices
      </caption>
      <thead>
        <tr>
          <th scope="col">For</th>
          ${currencies.map((currency) => html`<th scope="col" class="num">${currency.toUpperCase()}</th>`)}
          <th scope="col"><span class="vh">Actions</span></th>
        </tr>
      </thead>
      <tbody>
        ${places(form, `${row}.priceTypes`).map((j) => {
          const price = `${row}.priceTypes[${j}]`
          const name = form.values.text(`${price}.title`) ?? ""
          return html`<tr>
            <th scope="row">
              ${hidden(`${price}.slug`, form.values.text(`${price}.slug`) ?? "")}
              ${field({ ...at(form, `${price}.title`), label: "Who it is for", bare: true, placeholder: "Adult, student ...", maxlength: 200, autofocus: form.fresh === price })}
            </th>
            ${currencies.map(
              (currency) =>
                html`<td class="num" data-l="${currency.toUpperCase()}">
                  ${field({ ...at(form, `${price}.prices.${currency}`), label: `Price in ${currency.toUpperCase()}`, bare: true, inputmode: "decimal", numeric: true, placeholder: "not sold" })}
                </td>`,
            )}
            <td class="num acts">
              ${form.canEdit && dropButton(price, name === "" ? "this price" : name)}
            </td>
          </tr>`
        })}
      </tbody>
    </table>
  </div>`
}

function moreView(page: TicketsPage, row: string, isOnly: boolean): Html {
  const { form } = page
  return html`${limitFields(form, row, { perShowtime: true })}
  ${places(form, `${row}.priceTypes`).map((j) => priceDetails(page, `${row}.priceTypes[${j}]`, isOnly))}
  ${form.canEdit && html`<div class="row">${addButton(`${row}.priceTypes`, isOnly ? "Add another price" : "Add a price")}</div>`}
  ${choicesView(page, row)}`
}

function priceDetails({ form, currencies }: TicketsPage, price: string, isOnly: boolean): Html {
  const title = form.values.text(`${price}.title`) ?? ""
  const isOpen = form.values.text(`${price}.kind`) === "pay-what-you-like"
  return html`<fieldset class="stack rule">
    <legend class="vh">${isOnly || title === "" ? "Price" : title}</legend>
    ${!isOnly && html`<h3>${title === "" ? "New price" : title}</h3>`}
    <div class="form">
      ${select({
        ...at(form, `${price}.kind`),
        label: "Kind",
        options: [
          { value: "fixed", label: "Fixed price" },
          { value: "pay-what-you-like", label: "Pay what you like" },
        ],
        ...(!isOpen && { value: form.values.text(`${price}.kind`) ?? "fixed" }),
      })}
      ${field({ ...at(form, `${price}.saleStarts`), label: "Sale begins", type: "datetime-local" })}
      ${field({ ...at(form, `${price}.saleEnds`), label: "Sale ends", type: "datetime-local" })}
      ${field({ ...at(form, `${price}.maxPerOrder`), label: "Most in one order", inputmode: "numeric", numeric: true, placeholder: "no limit" })}
      ${
        isOpen &&
        currencies.map((currency) =>
          moneyField({
            ...at(form, `${price}.suggested.${currency}`),
            label: `Suggested in ${currency.toUpperCase()}`,
            currency,
          }),
        )
      }
    </div>
    ${field({ ...at(form, `${price}.description`), label: "A line under it", maxlength: 10_000 })}
  </fieldset>`
}

function salesWindow(form: EventForm): Html {
  return card({
    title: "Sales window",
    padded: true,
    body: html`<div class="form">
      ${field({
        ...at(form, "salesOpen"),
        label: "Sales begin",
        type: "datetime-local",
        hint: "Empty: as soon as the event is published. They end when a show begins.",
      })}
      ${field({ ...at(form, "maxPerOrder"), label: "Most tickets in one order", inputmode: "numeric", placeholder: "no limit" })}
      ${field({ ...at(form, "minPerOrder"), label: "Fewest tickets in one order", inputmode: "numeric", placeholder: "1" })}
    </div>`,
  })
}

function guestPays({ prices, currencies, head }: TicketsPage): Html {
  const [first, ...more] = prices
  if (!first)
    return card({
      title: "What a guest pays",
      padded: true,
      body: html`<p class="hint">
        Give a ticket type a price, and what a guest pays for it is worked out here: with the fee
        and the tax.
      </p>`,
    })
  const several = currencies.length > 1
  return card({
    title: "What a guest pays",
    padded: true,
    body: html`${priceFacts(first, several)}
      <p class="hint">
        ${receives(first, several)}
        <a class="link" href="${url(eventPath(head, "fees"))}">Fees and tax</a>
      </p>
      ${
        more.length > 0 &&
        drill({
          bare: true,
          title: `${counted(more.length, "more price")}`,
          body: html`<div class="stack">
            ${more.map((price) => html`<div class="stack rule">${priceFacts(price, several)}</div>`)}
          </div>`,
        })
      }`,
  })
}

function priceFacts(price: GuestPriceView, ambiguous: boolean): Html {
  const amount = (minor: number) => money(minor, price.currency, { ambiguous })
  return factList([
    {
      label: price.isLeast ? `${price.name}, pay what you like` : price.name,
      value: amount(price.unitMinor),
    },
    ...(price.feeMinor > 0 ? [{ label: "Service fee", value: amount(price.feeMinor) }] : []),
    ...price.taxes.map(({ label, addedMinor, includedMinor }) =>
      addedMinor > 0
        ? { label, value: amount(addedMinor) }
        : { label: `${label}, within the price`, value: amount(includedMinor) },
    ),
    { label: "Total", value: amount(price.totalMinor), sum: true },
  ])
}

function receives(price: GuestPriceView, ambiguous: boolean): string {
  const received = money(price.receivedMinor, price.currency, { ambiguous })
  const included = price.taxes.reduce((sum, { includedMinor }) => sum + includedMinor, 0)
  const paidBy =
    price.receivedMinor < price.unitMinor
      ? "You pay the fee."
      : price.feeMinor > 0
        ? "The fee is passed on."
        : ""
  const ofWhich =
    included > 0 ? `, tax of ${money(included, price.currency, { ambiguous })} within it` : ""
  return `You receive ${received}${ofWhich}. ${paidBy}`.trim()
}

function shownIn({ widgets, head, isDraft }: TicketsPage): Html {
  return card({
    title: "Shown in",
    padded: true,
    body: isDraft
      ? html`<p class="hint">Nowhere yet: this is a draft.</p>`
      : widgets.length === 0
        ? html`<p class="hint">
            In no widget.
            <a class="link" href="/console/${head.visit.account.slug}/widgets"
              >Choose its widgets</a
            >
          </p>`
        : html`<ul class="stack" id="shown-in" data-live>
            ${widgets.map(
              ({ name, open }) =>
                html`<li class="row">
                  ${icon("widgets")}<span>${name}</span
                  ><span class="push"
                    >${open > 0 ? badge("ok", `${open} open now`) : badge("plain", "none open")}</span
                  >
                </li>`,
            )}
          </ul>`,
  })
}
