import { addButton, at, dropButton, type EventForm, places } from "#views/console/event-form.ts"
import { field, hidden, select } from "#views/console/kit/form.ts"
import { icon } from "#views/console/kit/icons.ts"
import { html, type Html, none } from "#views/html.ts"

/** What the fields of a thing that is sold are made from. */
export type ProductForms = { readonly form: EventForm; readonly currencies: readonly string[] }

/** What a guest chooses: size, colour, part of the room. Each combination may have a capacity and prices of its own. */
export function choicesView(page: ProductForms, row: string): Html {
  const { form } = page
  const options = places(form, `${row}.options`)
  return html`<fieldset class="stack rule">
    <legend class="vh">Choices</legend>
    <h3>Choices</h3>
    ${options.length === 0 && html`<p class="sub">Nothing to choose. Add a choice, such as size or part of the room.</p>`}
    ${options.map((j) => optionView(form, `${row}.options[${j}]`))}
    ${form.canEdit && html`<div class="row">${addButton(`${row}.options`, "Add a choice")}</div>`}
    ${combinations(page, row)}
  </fieldset>`
}

function optionView(form: EventForm, option: string): Html {
  const title = form.values.text(`${option}.title`) ?? ""
  return html`<div class="stack tight">
    ${hidden(`${option}.slug`, form.values.text(`${option}.slug`) ?? "")}
    ${field({ ...at(form, `${option}.title`), label: "What is chosen", placeholder: "Size", maxlength: 200, autofocus: form.fresh === option })}
    ${at(form, `${option}.values`).error !== undefined && html`<p class="hint wrong" id="f-${option}.values">${icon("alert")}<span>${at(form, `${option}.values`).error}</span></p>`}
    <div class="row">
      ${places(form, `${option}.values`).map((k) => {
        const value = `${option}.values[${k}]`
        return html`<span class="pair"
          >${hidden(`${value}.slug`, form.values.text(`${value}.slug`) ?? "")}
          ${field({ ...at(form, `${value}.title`), label: `${title} ${k + 1}`, bare: true, maxlength: 200, autofocus: form.fresh === value })}
          ${form.canEdit && dropButton(value, form.values.text(`${value}.title`) ?? "this value")}</span
        >`
      })}
    </div>
    ${
      form.canEdit &&
      html`<div class="row">
        ${addButton(`${option}.values`, "Add a value")}
        ${dropButton(option, title === "" ? "this choice" : title)}
      </div>`
    }
  </div>`
}

/** Every combination of the values that have a name, as the form has them. */
function combinations({ form, currencies }: ProductForms, row: string): Html {
  const named = places(form, `${row}.options`).map((j) => {
    const option = `${row}.options[${j}]`
    return {
      slug: form.values.text(`${option}.slug`) ?? "",
      values: places(form, `${option}.values`).flatMap((k) => {
        const slug = form.values.text(`${option}.values[${k}].slug`) ?? ""
        const title = form.values.text(`${option}.values[${k}].title`) ?? ""
        return slug === "" ? [] : [{ slug, title }]
      }),
    }
  })
  if (named.length === 0 || named.some(({ slug, values }) => slug === "" || values.length === 0))
    return none
  const all = named.reduce<
    readonly { readonly chosen: Readonly<Record<string, string>>; readonly title: string }[]
  >(
    (soFar, option) =>
      soFar.flatMap(({ chosen, title }) =>
        option.values.map((value) => ({
          chosen: { ...chosen, [option.slug]: value.slug },
          title: title === "" ? value.title : `${title}, ${value.title}`,
        })),
      ),
    [{ chosen: {}, title: "" }],
  )
  if (all.length > mostCombinations)
    return html`<p class="sub">
      ${all.length} combinations: too many to show here. Each has the prices and the capacity above.
    </p>`
  const known = new Map(
    places(form, `${row}.variants`).map((k) => {
      const variant = `${row}.variants[${k}]`
      return [
        named.map(({ slug }) => form.values.text(`${variant}.options.${slug}`)).join("/"),
        variant,
      ]
    }),
  )
  const prices = places(form, `${row}.priceTypes`).flatMap((j) => {
    const slug = form.values.text(`${row}.priceTypes[${j}].slug`) ?? ""
    const title = form.values.text(`${row}.priceTypes[${j}].title`) ?? ""
    return slug === "" ? [] : [{ slug, title }]
  })
  return differencesTable({
    form,
    caption: "Combinations that differ",
    rows: all.map(({ chosen, title }, k) => {
      const key = named.map(({ slug }) => chosen[slug]).join("/")
      return {
        title,
        name: known.get(key) ?? `${row}.variants[${known.size + k}]`,
        hiddens: Object.entries(chosen).map(
          ([option, value]) => [`options.${option}`, value] as const,
        ),
      }
    }),
    prices,
    currencies,
  })
}

const mostCombinations = 60

export type DifferenceRow = {
  /** Slugs of the prices that it has; absent: all. */
  readonly prices?: readonly string[]
  readonly title: string
  /** The row's name in this form. */
  readonly name: string
  readonly hiddens: readonly (readonly [string, string])[]
}

/** Rows whose empty fields mean "as usual". */
export function differencesTable({
  form,
  caption,
  rows,
  prices,
  currencies,
  isWhole = false,
}: {
  /** Stands by itself in a card, not among other fields. */
  readonly isWhole?: boolean
  readonly form: EventForm
  readonly caption: string
  readonly rows: readonly DifferenceRow[]
  readonly prices: readonly { readonly slug: string; readonly title: string }[]
  readonly currencies: readonly string[]
}): Html {
  const columns = prices.flatMap((price) =>
    currencies.map((currency) => ({
      slug: price.slug,
      key: `prices.${price.slug}.${currency}`,
      label: [price.title, currency.toUpperCase()].filter((part) => part !== "").join(", "),
    })),
  )
  const textOf = (row: DifferenceRow, key: string) => form.values.text(`${row.name}.${key}`) ?? ""
  return html`<div class="tbl ${isWhole ? "fields" : "inner fields"}">
    <table>
      <caption class="vh">
        ${caption}
      </caption>
      <thead>
        <tr>
          <th scope="col">Where it differs</th>
          <th scope="col" class="num">Capacity</th>
          ${columns.map(({ label }) => html`<th scope="col" class="num">${label}</th>`)}
          <th scope="col">Sold here</th>
        </tr>
      </thead>
      <tbody>
        ${rows.map((row) => {
          const control = (key: string, label: string, inputmode: "numeric" | "decimal") =>
            field({
              ...at(form, `${row.name}.${key}`),
              label: `${label}, ${row.title}`,
              bare: true,
              inputmode,
              numeric: true,
              placeholder: "as usual",
            })
          return html`<tr>
            <th scope="row">
              ${row.hiddens.map(([key, value]) => hidden(`${row.name}.${key}`, value))}${row.title}
            </th>
            <td class="num" data-l="Capacity">${control("capacity", "Capacity", "numeric")}</td>
            ${columns.map(({ slug, key, label }) =>
              row.prices === undefined || row.prices.includes(slug)
                ? html`<td class="num" data-l="${label}">${control(key, label, "decimal")}</td>`
                : html`<td></td>`,
            )}
            <td data-l="Sold here">
              ${select({
                name: `${row.name}.notSold`,
                value: textOf(row, "notSold"),
                label: `Sold here, ${row.title}`,
                bare: true,
                options: [
                  { value: "", label: "Yes" },
                  { value: "true", label: "No" },
                ],
              })}
            </td>
          </tr>`
        })}
      </tbody>
    </table>
  </div>`
}
