import { eventFrame, type EventHead } from "#views/console/event-frame.ts"
import {
  addButton,
  at,
  dropButton,
  type EventForm,
  eventForm,
  places,
} from "#views/console/event-form.ts"
import { choicesView } from "#views/console/event-tickets.ts"
import { card, drill, emptyState, meter } from "#views/console/kit/card.ts"
import { field, hidden, moneyField, select, textArea } from "#views/console/kit/form.ts"
import { html, type Html } from "#views/html.ts"

export type AddOnsPage = {
  readonly head: EventHead
  readonly form: EventForm
  readonly currencies: readonly string[]
  readonly soldOf: ReadonlyMap<
    string,
    { readonly capacity?: number; readonly sold: number; readonly held: number }
  >
}

/** What is sold beside the tickets: drinks, shirts, downloads. */
export function addOnsPage(page: AddOnsPage): Html {
  const { head, form } = page
  const rows = places(form, "products")
  return eventFrame(
    head,
    "add-ons",
    eventForm(
      form,
      card({
        title: "Add-ons",
        actions: form.canEdit && addButton("products", "Add one"),
        body:
          rows.length === 0
            ? emptyState({
                title: "Nothing beside the tickets",
                text: "A drink, a shirt, a programme: guests add it to the same order.",
              })
            : html`${rows.map((i) => addOnView(page, `products[${i}]`))}`,
        foot: "Sizes and colours are choices: each combination may have a capacity and a price of its own.",
      }),
    ),
  )
}

function addOnView(page: AddOnsPage, row: string): Html {
  const { form, currencies, soldOf } = page
  const slug = form.values.text(`${row}.slug`) ?? ""
  const title = form.values.text(`${row}.title`) ?? ""
  const sold = soldOf.get(slug)
  const price = `${row}.priceTypes[0]`
  return html`<section
    class="pad stack rule-above"
    aria-label="${title === "" ? "New add-on" : title}"
  >
    ${hidden(`${row}.slug`, slug)}
    ${hidden(`${row}.picture`, form.values.text(`${row}.picture`) ?? "")}
    <div class="form three">
      ${field({ ...at(form, `${row}.title`), label: "Name", maxlength: 200, autofocus: form.fresh === row })}
      ${select({
        ...at(form, `${row}.kind`),
        value: form.values.text(`${row}.kind`) ?? "add-on",
        label: "Kind",
        options: [
          { value: "add-on", label: "Add-on, used at the show" },
          { value: "merchandise", label: "Merchandise, taken home" },
          { value: "digital", label: "Digital" },
        ],
      })}
      ${field({ ...at(form, `${row}.capacity`), label: "How many there are", inputmode: "numeric", numeric: true, placeholder: "no limit" })}
    </div>
    ${places(form, `${row}.priceTypes`).map((j) => {
      const each = `${row}.priceTypes[${j}]`
      return html`${keptFields(form, each)}
        <div class="form three">
          ${j > 0 && field({ ...at(form, `${each}.title`), label: "Who it is for", maxlength: 200 })}
          ${currencies.map((currency) =>
            moneyField({
              ...at(form, `${each}.prices.${currency}`),
              label: currencies.length > 1 ? `Price in ${currency.toUpperCase()}` : "Price",
              currency,
              placeholder: currencies.length > 1 ? "not sold" : "0.00",
            }),
          )}
        </div>`
    })}
    ${sold && html`<div class="form three">${meter({ value: sold.sold, held: sold.held, ...(sold.capacity !== undefined && { of: sold.capacity }) })}</div>`}
    ${drill({
      bare: true,
      title: "More: description, limits, choices",
      open:
        form.faults.some(
          ({ field: name }) =>
            name.startsWith(row) && !/\.(title|kind|capacity)$|\.prices\./.test(name),
        ) || form.fresh?.startsWith(`${row}.options`) === true,
      body: html`<div class="stack">
        ${textArea({ ...at(form, `${row}.description`), label: "Description", rows: 2, maxlength: 10_000 })}
        <div class="form three">
          ${select({
            ...at(form, `${row}.perShowtime`),
            label: "Counted",
            options: [
              { value: "", label: "Once for all dates" },
              { value: "false", label: "Once for all dates" },
              { value: "true", label: "For each date" },
            ].filter(
              ({ value }) =>
                value !== (form.values.text(`${row}.perShowtime`) === "false" ? "" : "false"),
            ),
          })}
          ${field({ ...at(form, `${row}.minPerOrder`), label: "Fewest in one order", inputmode: "numeric", numeric: true, placeholder: "1" })}
          ${field({ ...at(form, `${row}.maxPerOrder`), label: "Most in one order", inputmode: "numeric", numeric: true, placeholder: "no limit" })}
        </div>
        ${choicesView({ form, currencies }, row)}
      </div>`,
    })}
    ${form.canEdit && html`<div class="row"><span class="push">${dropButton(row, title === "" ? "this add-on" : title)}</span></div>`}
    ${form.values.rows(`${row}.priceTypes`) === 0 && hidden(`${price}.slug`, "")}
  </section>`
}

/** What a price of an add-on has that this page does not show: it stays as it is. */
function keptFields(form: EventForm, price: string): Html {
  const keys = ["slug", "kind", "description", "saleStarts", "saleEnds", "maxPerOrder"]
  const kept = price.endsWith("[0]") ? [...keys, "title"] : keys
  return html`${kept.map((key) => hidden(`${price}.${key}`, form.values.text(`${price}.${key}`) ?? ""))}`
}
