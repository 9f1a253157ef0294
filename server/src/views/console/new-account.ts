import type { Choice, NewAccount } from "#core/new-account.ts"
import { button } from "#views/console/kit/button.ts"
import { card } from "#views/console/kit/card.ts"
import { errorOf, errorSummary, field, type FieldFault, select } from "#views/console/kit/form.ts"
import { plainPage } from "#views/console/kit/shell.ts"
import { html, type Html } from "#views/html.ts"

export type NewAccountPage = {
  readonly typed: NewAccount
  readonly faults?: readonly FieldFault[]
  readonly countries: readonly Choice[]
  readonly currencies: readonly Choice[]
  readonly timeZones: readonly string[]
  readonly emailVerified: boolean
  readonly email: string
  readonly notice?: string | undefined
}

/** The first question anybody is asked: who sells, where, in which money. */
export function newAccountPage(page: NewAccountPage): Html {
  const { typed, faults = [] } = page
  return plainPage({
    title: "Your organization",
    notice: page.notice,
    body: html`${errorSummary(faults, "Your organization is not there yet.")}
      ${card({
        padded: true,
        label: "Your organization",
        body: html`<h1>Your organization</h1>
          <p class="sub">All of it can be changed later.</p>
          <form method="post" action="/console/new" class="stack" novalidate>
            ${field({
              name: "name",
              label: "Name",
              value: typed.name,
              hint: "As shoppers know it.",
              autocomplete: "organization",
              maxlength: 100,
              required: true,
              error: errorOf(faults, "name"),
            })}
            ${select({
              name: "country",
              label: "Country",
              value: typed.country,
              options: blank(page.countries, ({ code, name }) => ({ value: code, label: name })),
              error: errorOf(faults, "country"),
            })}
            ${select({
              name: "currency",
              label: "Currency",
              value: typed.currency,
              options: blank(page.currencies, ({ code, name }) => ({
                value: code,
                label: `${code.toUpperCase()}, ${name}`,
              })),
              error: errorOf(faults, "currency"),
            })}
            ${select({
              name: "timeZone",
              label: "Time zone",
              value: typed.timeZone,
              options: blank(page.timeZones, (zone) => ({
                value: zone,
                label: zone.replaceAll("_", " "),
              })),
              error: errorOf(faults, "timeZone"),
            })}
            ${button({ label: "Continue", kind: "primary" })}
          </form>`,
      })}
      ${!page.emailVerified && html`<p class="sub">We sent a mail to ${page.email}. Please confirm the address when you have a minute. <a class="link" href="/console/verify/again">Send it again</a></p>`}
      <form method="post" action="/console/sign-out">
        ${button({ label: "Sign out", kind: "quiet" })}
      </form>`,
  })
}

function blank<T>(items: readonly T[], option: (item: T) => { value: string; label: string }) {
  return [{ value: "", label: "Choose" }, ...items.map(option)]
}
