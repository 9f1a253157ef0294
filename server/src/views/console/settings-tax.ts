import { card } from "#views/console/kit/card.ts"
import { check, field, hidden } from "#views/console/kit/form.ts"
import { table } from "#views/console/kit/table.ts"
import { type SettingsView, texts } from "#views/console/part-view.ts"
import { another, settingsForm, settingsPage } from "#views/console/settings-page.ts"
import { html, type Html } from "#views/html.ts"

const labels: Readonly<Record<string, string>> = {
  slug: "The name",
  country: "The country",
  subdivision: "The state or province",
  name: "What it is called",
  percent: "The percentage",
  taxIncluded: "Tax within the prices",
}

export function taxLabel(name: string): string | undefined {
  const [, key = ""] = /\.(\w+)$/.exec(name) ?? []
  return labels[key] ?? (name === "taxClasses" ? "The list of classes" : undefined)
}

/** What is taxed alike, and at which rates. */
export function taxPage(page: SettingsView): Html {
  const { visit, values, base } = page
  const classes = Array.from({ length: values.rows("taxClasses") + 1 }, (_, i) => i)
  return settingsPage({
    visit,
    name: "tax",
    title: "Tax",
    lead: "Rates belong to the place of the event. A place without a rate is not taxed.",
    faults: page.faults,
    body: settingsForm({
      visit,
      name: "tax",
      base,
      conflict: page.conflict,
      body: html`${includedCard(page)} ${classes.map((i) => classCard(page, i))}`,
      note: "Orders that are paid keep the tax they were paid with.",
    }),
  })
}

function includedCard({ values }: SettingsView): Html {
  const lists = Array.from({ length: values.rows("priceLists") }, (_, i) => i)
  return card({
    title: "Prices",
    padded: true,
    body: html`${lists.map((i) => {
        const at = `priceLists[${i}]`
        const currency = values.text(`${at}.currency`) ?? ""
        return html`${hidden(`${at}.currency`, currency)}
        ${check({
          name: `${at}.taxIncluded`,
          label: `Prices in ${currency.toUpperCase()} contain the tax`,
          checked: values.text(`${at}.taxIncluded`) === "true",
          value: "true",
          off: "false",
        })}`
      })}
      <p class="hint">Ticked: the price is what guests pay. Not ticked: tax is added to it.</p>`,
  })
}

function classCard({ values, faults }: SettingsView, i: number): Html {
  const at = `taxClasses[${i}]`
  const slug = values.text(`${at}.slug`) ?? ""
  const isKnown = i < values.rows("taxClasses")
  const rates = Array.from({ length: values.rows(`${at}.rates`) + (isKnown ? 2 : 1) }, (_, j) => j)
  const text = texts({ values, faults })
  const cell = (name: string, label: string, maxlength: number, placeholder: string) =>
    field({ ...text(name), label, bare: true, maxlength, placeholder })
  const body = html`${
    isKnown
      ? hidden(`${at}.slug`, slug)
      : html`<div class="pad stack">
          ${field({ ...text(`${at}.slug`), label: "Name", maxlength: 80, hint: "What is taxed alike, in lower case: admission, food, books." })}
        </div>`
  }
  ${table({
    caption: `Rates of ${isKnown ? slug : "another class"}`,
    columns: [
      { label: "Called" },
      { label: "Country" },
      { label: "State" },
      { label: "Percent", kind: "num" },
    ],
    rows: rates.map((j) => [
      cell(`${at}.rates[${j}].name`, `Name of rate ${j + 1}`, 40, "HST"),
      cell(`${at}.rates[${j}].country`, `Country of rate ${j + 1}`, 2, "CA"),
      cell(`${at}.rates[${j}].subdivision`, `State or province of rate ${j + 1}`, 3, "ON"),
      field({
        ...text(`${at}.rates[${j}].percent`),
        label: `Percentage of rate ${j + 1}`,
        bare: true,
        inputmode: "decimal",
        numeric: true,
        maxlength: 9,
        placeholder: "13",
      }),
    ]),
  })}`
  const foot = html`Countries as two letters (CA), states and provinces without their country (ON).
  An emptied row is taken away.
  ${isKnown && check({ name: `${at}.$remove`, label: "Remove this class", checked: false, value: "true" })}`
  return isKnown
    ? card({ title: slug, body, foot })
    : another({
        title: "Another class",
        isOpen: false,
        body: html`${body}
          <div class="foot">${foot}</div>`,
      })
}
