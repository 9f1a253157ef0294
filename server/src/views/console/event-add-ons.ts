import { eventFrame, type EventHead } from "#views/console/event-frame.ts"
import { addButton, at, type EventForm, eventForm, places } from "#views/console/event-form.ts"
import { choicesView } from "#views/console/event-choices.ts"
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
import { card, emptyState } from "#views/console/kit/card.ts"
import { field, hidden, select } from "#views/console/kit/form.ts"
import { pictureFields, smallShown } from "#views/console/picture-field.ts"
import { html, type Html } from "#views/html.ts"

export type AddOnsPage = {
  readonly head: EventHead
  readonly form: EventForm
  readonly currencies: readonly string[]
  readonly soldOf: ReadonlyMap<string, Sold>
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
      { files: true },
    ),
  )
}

function addOnView(page: AddOnsPage, row: string): Html {
  const { form } = page
  const sold = soldIn(page, row)
  const prices = Math.max(1, form.values.rows(`${row}.priceTypes`))
  return productRow(page, row, {
    what: "add-on",
    body: html`<div class="form three">
        ${nameField(form, row)}
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
        ${capacityField(form, row, "How many there are")}
      </div>
      ${Array.from({ length: prices }, (_, j) => {
        const price = `${row}.priceTypes[${j}]`
        return html`${keptFields(form, price)}
          <div class="form three">
            ${j > 0 && field({ ...at(form, `${price}.title`), label: "Who it is for", maxlength: 200 })}
            ${priceFields(page, price)}
          </div>`
      })}
      ${sold && html`<div class="form three">${soldMeter(sold)}</div>`}`,
    more: "picture, description, limits, choices",
    moreBody: html`${pictureFields(form, `${row}.`, addOnPicture)}
    ${limitFields(form, row, { perShowtime: false })} ${choicesView(page, row)}`,
  })
}

const addOnPicture = {
  hint: "Beside it in the cart. Without one, that of the event is there.",
  shown: smallShown,
}

/** What a price of an add-on has that this page does not show: it stays as it is. */
function keptFields(form: EventForm, price: string): Html {
  const keys = ["slug", "kind", "description", "saleStarts", "saleEnds", "maxPerOrder"]
  const kept = price.endsWith("[0]") ? [...keys, "title"] : keys
  return html`${kept.map((key) => hidden(`${price}.${key}`, form.values.text(`${price}.${key}`) ?? ""))}`
}
