import { unitFee } from "#core/fee.ts"
import { minorFrom } from "#core/decimal.ts"
import type { ServiceFee } from "#core/storefront.ts"
import { card } from "#views/console/kit/card.ts"
import { money } from "#views/console/kit/figures.ts"
import {
  check,
  choice,
  errorOf,
  field,
  hidden,
  moneyField,
  select,
} from "#views/console/kit/form.ts"
import { factList } from "#views/console/kit/table.ts"
import { type SettingsView, texts } from "#views/console/part-view.ts"
import { another, settingsForm, settingsPage } from "#views/console/settings-page.ts"
import { html, type Html, none } from "#views/html.ts"

const labels: Readonly<Record<string, string>> = {
  slug: "The name",
  percent: "The percentage",
  bearer: "Who pays",
  taxClass: "The tax class",
}

export function feeLabel(name: string): string | undefined {
  if (name === "fees") return "The list"
  const [, currency, kind] = /\.amounts\.([a-z]{3})\.(fixed|cap)$/.exec(name) ?? []
  if (currency) return `The ${kind === "cap" ? "cap" : "fixed part"} in ${currency.toUpperCase()}`
  const [, key = ""] = /\.(\w+)$/.exec(name) ?? []
  return labels[key]
}

/** Service fees: a share of the price, a fixed part, at most a cap. */
export function feesPage(page: SettingsView): Html {
  const { visit, values, base } = page
  const fees = Array.from({ length: values.rows("fees") + 1 }, (_, i) => i)
  return settingsPage({
    visit,
    name: "fees",
    title: "Fees",
    lead: "Derived from the price of each ticket, before any discount. Free tickets have none.",
    faults: page.faults,
    body: settingsForm({
      visit,
      name: "fees",
      base,
      conflict: page.conflict,
      body: fees.map((i) => feeCard(page, i)),
      note: "Which product has which fee is said at the product.",
    }),
  })
}

function feeCard(page: SettingsView, i: number): Html {
  const { values, faults, file } = page
  const at = `fees[${i}]`
  const isKnown = i < values.rows("fees")
  const slug = values.text(`${at}.slug`) ?? ""
  const text = texts({ values, faults })
  const body = html`${isKnown && hidden(`${at}.slug`, slug)}
    <div class="form">
      ${!isKnown && field({ ...text(`${at}.slug`), label: "Name", maxlength: 80, hint: "In lower case: standard, gala." })}
      ${field({ ...text(`${at}.percent`), label: "Percentage", suffix: "%", inputmode: "decimal", maxlength: 9 })}
      ${select({
        ...text(`${at}.taxClass`),
        value: values.text(`${at}.taxClass`) ?? "",
        label: "Taxed as",
        options: [
          { value: "", label: "Not taxed" },
          ...file.taxClasses.map((each) => ({ value: each.slug, label: each.slug })),
        ],
      })}
      ${file.priceLists.map(({ currency }) => [
        moneyField({
          ...text(`${at}.amounts.${currency}.fixed`),
          currency,
          label: `Fixed part in ${currency.toUpperCase()}`,
        }),
        moneyField({
          ...text(`${at}.amounts.${currency}.cap`),
          currency,
          label: `At most in ${currency.toUpperCase()}`,
          hint: "Empty: no limit.",
        }),
      ])}
      ${choice({
        name: `${at}.bearer`,
        label: "Who pays it",
        value: values.text(`${at}.bearer`) ?? (isKnown ? "" : "shopper"),
        error: errorOf(faults, `${at}.bearer`),
        wide: true,
        options: [
          {
            value: "shopper",
            label: "Guests",
            hint: "Shown beside the price from the beginning.",
          },
          {
            value: "organizer",
            label: "You",
            hint: "Guests see one round price; it comes off what you get.",
          },
        ],
      })}
      ${isKnown && check({ name: `${at}.$remove`, label: "Remove this fee", checked: false, value: "true" })}
    </div>
    ${isKnown && example(page, at)}`
  return isKnown
    ? card({ title: slug, padded: true, body })
    : another({
        title: "Another fee",
        isOpen: i === 0,
        body: html`<div class="pad-all">${body}</div>`,
      })
}

/** A ticket of 25, worked out; nothing while what is typed is no fee. */
function example({ values, file }: SettingsView, at: string): Html {
  const [list] = file.priceLists
  if (!list) return none
  const { currency } = list
  const fee = feeFrom(values, at, currency)
  const unitMinor = minorFrom("25", currency)
  if (!fee || unitMinor === undefined) return none
  const feeMinor = unitFee(fee, unitMinor, currency)
  const isPassed = fee.bearer === "shopper"
  const said = (minor: number) => money(minor, currency, { ambiguous: true })
  return html`<div class="stack tight rule">
    <h3>A ticket of ${said(unitMinor)}</h3>
    ${factList([
      { label: "Fee", value: said(feeMinor) },
      { label: "Guests pay", value: said(isPassed ? unitMinor + feeMinor : unitMinor) },
      {
        label: "You get, before tax and payment",
        value: said(isPassed ? unitMinor : unitMinor - feeMinor),
        sum: true,
      },
    ])}
  </div>`
}

function feeFrom(
  values: SettingsView["values"],
  at: string,
  currency: string,
): ServiceFee | undefined {
  const percent = Number(values.text(`${at}.percent`))
  const fixedMinor = minorFrom(values.text(`${at}.amounts.${currency}.fixed`) ?? "0", currency)
  const cap = values.text(`${at}.amounts.${currency}.cap`)
  const capMinor = cap === undefined ? undefined : minorFrom(cap, currency)
  const isKnown = percent >= 0 && percent <= 100 && fixedMinor !== undefined
  if (!isKnown || (cap !== undefined && capMinor === undefined)) return undefined
  return {
    id: at,
    percentPpm: Math.round(percent * 10_000),
    bearer: values.text(`${at}.bearer`) === "organizer" ? "organizer" : "shopper",
    amounts: { [currency]: { fixedMinor, ...(capMinor !== undefined && { capMinor }) } },
  }
}
