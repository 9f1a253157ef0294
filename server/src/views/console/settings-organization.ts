import { card } from "#views/console/kit/card.ts"
import { check, field, select, ticks } from "#views/console/kit/form.ts"
import { type SettingsView, texts } from "#views/console/part-view.ts"
import type { FormValues } from "#views/console/form-values.ts"
import { settingsForm, settingsPage } from "#views/console/settings-page.ts"
import { html, type Html } from "#views/html.ts"
import { spokenLanguages } from "#views/words/index.ts"

const labels: Readonly<Record<string, string>> = {
  "account.name": "The name",
  "account.website": "The website",
  "account.replyTo": "The reply address",
  "account.locale": "The main language",
  "account.locales": "The languages",
  "account.timeZone": "The time zone",
  "account.country": "The country",
  "account.orderPrefix": "The beginning of order numbers",
  "account.holdMinutes": "How long tickets are held",
  "account.recoveryMails": "Mail about carts left behind",
}

export function organizationLabel(name: string): string | undefined {
  return labels[name.replace(/\[\d+\]$/, "")]
}

export function organizationPage(page: SettingsView): Html {
  const { visit, faults, base } = page
  return settingsPage({
    visit,
    name: "organization",
    title: "Organization",
    lead: "Who sells, as guests see it on tickets, mails and pages.",
    faults,
    body: settingsForm({
      visit,
      name: "organization",
      base,
      conflict: page.conflict,
      body: html`${identity(page)} ${place(page)} ${selling(page)}`,
    }),
  })
}

function identity(page: SettingsView): Html {
  const text = texts(page)
  return card({
    title: "Name and addresses",
    padded: true,
    body: html`<div class="form">
      ${field({ ...text("account.name"), label: "Name", required: true, maxlength: 200, wide: true })}
      ${field({
        ...text("account.website"),
        label: "Website",
        inputmode: "url",
        placeholder: "https://www.example.com",
        maxlength: 2000,
        hint: "Where the name on our pages leads.",
      })}
      ${field({
        ...text("account.replyTo"),
        label: "Reply address",
        type: "email",
        autocomplete: "email",
        hint: "Where guests’ answers to our mails go.",
      })}
    </div>`,
  })
}

function place(page: SettingsView): Html {
  const { values } = page
  const text = texts(page)
  const tags = languageTags(values)
  const options = tags.map((tag) => ({ value: tag, label: nameOfLanguage(tag) }))
  return card({
    title: "Place and languages",
    padded: true,
    body: html`<div class="form">
      ${select({
        ...text("account.country"),
        label: "Country",
        options: countryOptions(),
        hint: "Decides nothing about tax: that is the place of each event.",
      })}
      ${select({
        ...text("account.timeZone"),
        label: "Time zone",
        options: Intl.supportedValuesOf("timeZone").map((zone) => ({
          value: zone,
          label: zone.replaceAll("_", " "),
        })),
        hint: "Of days in reports, and of sales and promotions that begin or end.",
      })}
      ${select({ ...text("account.locale"), label: "Main language", options })}
      ${ticks({
        name: "account.locales",
        label: "Languages of the widget",
        chosen: values.all("account.locales"),
        options,
        hint: "Our words come in these; your own stay as you wrote them.",
      })}
    </div>`,
  })
}

function selling(page: SettingsView): Html {
  const { values } = page
  const text = texts(page)
  return card({
    title: "Carts and orders",
    padded: true,
    body: html`<div class="form">
      ${field({
        ...text("account.holdMinutes"),
        value: values.text("account.holdMinutes") ?? "15",
        label: "Tickets are held for",
        type: "number",
        min: 1,
        max: 120,
        suffix: "minutes",
        hint: "From the first ticket in a cart, and once more from checkout on.",
      })}
      ${field({
        ...text("account.orderPrefix"),
        label: "Order numbers begin with",
        maxlength: 5,
        hint: "1 to 5 capital letters or digits: LS gives LS-7KQ2MX.",
      })}
      ${check({
        name: "account.recoveryMails",
        label: "Write to guests who left a cart behind",
        hint: "Once, half an hour later, to who has typed an e-mail address. The form says so where it is on.",
        checked: values.text("account.recoveryMails") === "true",
        value: "true",
        off: "false",
        wide: true,
      })}
    </div>`,
  })
}

/** Those in use, and our languages with the country's own spelling of them. */
function languageTags(values: FormValues): string[] {
  const country = values.text("account.country") ?? ""
  const own = /^[A-Z]{2}$/.test(country) ? spokenLanguages.map((each) => `${each}-${country}`) : []
  return [...new Set([...values.all("account.locales"), ...own, ...spokenLanguages])].toSorted()
}

function nameOfLanguage(tag: string): string {
  try {
    return new Intl.DisplayNames("en", { type: "language" }).of(tag) ?? tag
  } catch {
    return tag
  }
}

/** Every country, by its English name. */
export function countryOptions() {
  const names = new Intl.DisplayNames("en", { type: "region", fallback: "none" })
  const letters = Array.from({ length: 26 }, (_, i) => String.fromCharCode(65 + i))
  return letters
    .flatMap((a) => letters.map((b) => a + b))
    .flatMap((code) => {
      const name = notCountries.has(code) ? undefined : names.of(code)
      return name === undefined ? [] : [{ value: code, label: name }]
    })
    .toSorted((a, b) => a.label.localeCompare(b.label, "en"))
}

/** Regions with a name that are no countries (ISO 3166-1, reserved and withdrawn), or have another code now. */
const notCountries = new Set(
  "AC AN BU CP CQ CS CT DD DG DY EA EU EZ FQ FX HV IC JT MI NH NQ NT PC PU PZ QO RH SU TA TP UK UN VD WK XA XB YD YU ZR ZZ".split(
    " ",
  ),
)
