import type { ProductForms } from "#views/console/event-choices.ts"
import { at, dropButton, type EventForm } from "#views/console/event-form.ts"
import { drill, meter } from "#views/console/kit/card.ts"
import { field, hidden, moneyField, select, textArea } from "#views/console/kit/form.ts"
import { icon } from "#views/console/kit/icons.ts"
import { html, type Html, none, type Part } from "#views/html.ts"

/** What is sold of a thing, all its dates together. */
export type Sold = { readonly capacity?: number; readonly sold: number; readonly held: number }

type ProductPage = ProductForms & { readonly soldOf: ReadonlyMap<string, Sold> }

/** One thing that is sold, a ticket type or an add-on, among the others of its page. `row`: "products[2]". */
export function productRow(
  { form }: ProductPage,
  row: string,
  view: {
    /** "add-on": as it is called where it has no name yet. */
    readonly what: string
    readonly body: Part
    /** What is folded away. */
    readonly more: string
    readonly moreBody: Part
    readonly foot?: Part
  },
): Html {
  const title = form.values.text(`${row}.title`) ?? ""
  return html`<section
    class="pad stack rule-above"
    aria-label="${title === "" ? `New ${view.what}` : title}"
  >
    ${hidden(`${row}.slug`, form.values.text(`${row}.slug`) ?? "")} ${view.body}
    ${pricesError(form, row)}
    ${drill({
      bare: true,
      title: `More: ${view.more}`,
      open: isMoreOpen(form, row),
      body: html`<div class="stack">${view.moreBody}</div>`,
    })}
    ${
      form.canEdit &&
      html`<div class="row">
        ${view.foot}
        <span class="push">${dropButton(row, title === "" ? `this ${view.what}` : title)}</span>
      </div>`
    }
  </section>`
}

function pricesError(form: EventForm, row: string): Html {
  const { error } = at(form, `${row}.priceTypes`)
  return error === undefined
    ? none
    : html`<p class="hint wrong" id="f-${row}.priceTypes" tabindex="-1">
        ${icon("alert")}<span>${error}</span>
      </p>`
}

/** Something in it is wrong, or new. */
function isMoreOpen({ faults, fresh }: EventForm, row: string): boolean {
  const inMore = (name: string) => name.startsWith(`${row}.`) && !inSight.test(name)
  return faults.some(({ field: name }) => inMore(name)) || (fresh !== undefined && inMore(fresh))
}

/** Shown without opening anything. */
const inSight =
  /^products\[\d+\]\.(?:title|kind|capacity|slug|priceTypes(?:\[\d+\](?:\.title|\.slug|\.prices\.[a-z]{3})?)?)$/

export function soldIn({ form, soldOf }: ProductPage, row: string): Sold | undefined {
  return soldOf.get(form.values.text(`${row}.slug`) ?? "")
}

export function soldMeter({ sold, held, capacity }: Sold): Html {
  return meter({ value: sold, held, ...(capacity !== undefined && { of: capacity }) })
}

export function nameField(form: EventForm, row: string): Html {
  return field({
    ...at(form, `${row}.title`),
    label: "Name",
    maxlength: 200,
    autofocus: form.fresh === row,
  })
}

export function capacityField(form: EventForm, row: string, label: string): Html {
  return numberField(form, `${row}.capacity`, label, "no limit")
}

/** A price in each currency. */
export function priceFields({ form, currencies }: ProductForms, price: string): Html {
  const several = currencies.length > 1
  return html`${currencies.map((currency) =>
    moneyField({
      ...at(form, `${price}.prices.${currency}`),
      label: several ? `Price in ${currency.toUpperCase()}` : "Price",
      currency,
      placeholder: several ? "not sold" : "0.00",
    }),
  )}`
}

/** What is said of it, how it is counted and how many an order may have. `usual`: how it is counted when nothing is said of it. */
export function limitFields(
  form: EventForm,
  row: string,
  usual: { readonly perShowtime: boolean },
): Html {
  const name = `${row}.perShowtime`
  const [asUsual, other] = [String(usual.perShowtime), String(!usual.perShowtime)]
  const words = (value: string) => (value === "true" ? "For each date" : "Once for all dates")
  return html`${textArea({ ...at(form, `${row}.description`), label: "Description", rows: 2, maxlength: 10_000 })}
    <div class="form three">
      ${select({
        ...at(form, name),
        label: "Counted",
        options: [
          { value: form.values.text(name) === asUsual ? asUsual : "", label: words(asUsual) },
          { value: other, label: words(other) },
        ],
      })}
      ${numberField(form, `${row}.minPerOrder`, "Fewest in one order", "1")}
      ${numberField(form, `${row}.maxPerOrder`, "Most in one order", "no limit")}
    </div>`
}

function numberField(form: EventForm, name: string, label: string, placeholder: string): Html {
  return field({ ...at(form, name), label, inputmode: "numeric", numeric: true, placeholder })
}
