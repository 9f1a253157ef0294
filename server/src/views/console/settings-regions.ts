import { currencyName } from "#core/format.ts"
import { unchargeable } from "#core/payment-currency.ts"
import { card } from "#views/console/kit/card.ts"
import { check, errorOf, field, hidden, select } from "#views/console/kit/form.ts"
import { type SettingsView, texts } from "#views/console/part-view.ts"
import { another, settingsForm, settingsPage } from "#views/console/settings-page.ts"
import { html, type Html } from "#views/html.ts"

const labels: Readonly<Record<string, string>> = {
  name: "The name",
  currency: "The currency",
  countries: "The countries",
  slug: "The name in addresses",
}

export function regionLabel(name: string): string | undefined {
  if (name === "regions") return "The list"
  const [, place, key = ""] = /^regions(?:\[(\d+)\]|\.[\w-]+)\.(\w+)/.exec(name) ?? []
  const label = labels[key]
  return label && place !== undefined
    ? `Region ${Number(place) + 1}: ${label.toLowerCase()}`
    : label
}

/** Selling areas, each with one currency. */
export function regionsPage(page: SettingsView): Html {
  const { visit, values, faults, base } = page
  const rows = Array.from({ length: values.rows("regions") + 1 }, (_, i) => i)
  return settingsPage({
    visit,
    name: "regions",
    title: "Regions",
    lead: "Where you sell, each with its currency. Visitors begin in the one of their country, and can choose another; prices are never converted.",
    faults,
    body: settingsForm({
      visit,
      name: "regions",
      base,
      conflict: page.conflict,
      body: rows.map((i) => regionCard(page, i)),
      note: "The first is the default. A new currency needs prices before anything is sold in it.",
    }),
  })
}

function regionCard({ values, faults }: SettingsView, i: number): Html {
  const at = `regions[${i}]`
  const slug = values.text(`${at}.slug`) ?? ""
  const isNew = slug === ""
  const text = texts({ values, faults })
  const listFault =
    errorOf(faults, `${at}.countries`) ??
    faults.find(({ field: name }) => name.startsWith(`${at}.countries[`))?.message
  const body = html`${!isNew && hidden(`${at}.slug`, slug)}
    <div class="form">
      ${field({ ...text(`${at}.name`), label: "Name", maxlength: 200, hint: "As in the switcher: Canada, Rest of Europe." })}
      ${select({
        ...text(`${at}.currency`),
        value: values.text(`${at}.currency`) ?? "",
        label: "Currency",
        options: [...(isNew ? [{ value: "", label: "Choose one" }] : []), ...currencyOptions()],
      })}
      ${field({
        name: `${at}.countries`,
        label: "Countries",
        value: values.all(`${at}.countries`).join(" "),
        error: listFault,
        wide: true,
        maxlength: 1000,
        hint: "Two letters each, like CA US. Their visitors begin here; everybody else in the first region.",
      })}
      ${!isNew && i > 0 && check({ name: `${at}.$remove`, label: "Remove this region", hint: "Carts in it move to the default.", checked: false, value: "true" })}
    </div>`
  const isOpen = isNew && (values.text(`${at}.name`) ?? "") !== ""
  return isNew
    ? another({ title: "Another region", isOpen, body: html`<div class="pad-all">${body}</div>` })
    : card({ title: values.text(`${at}.name`) ?? slug, padded: true, body })
}

/** Every currency that can be charged, by its code. */
function currencyOptions() {
  return Intl.supportedValuesOf("currency")
    .map((code) => code.toLowerCase())
    .filter((code) => unchargeable(code) === undefined)
    .map((code) => ({
      value: code,
      label: `${code.toUpperCase()} · ${currencyName(code, "en")}`,
    }))
}
