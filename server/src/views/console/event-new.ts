import { at, type EventForm } from "#views/console/event-form.ts"
import { inSummary } from "#views/console/event-words.ts"
import { venueFields } from "#views/console/event-details.ts"
import { card } from "#views/console/kit/card.ts"
import { choice, errorSummary, field, moneyField, saveBar } from "#views/console/kit/form.ts"
import { pictureFields, smallShown } from "#views/console/picture-field.ts"
import { consolePage, type Surroundings } from "#views/console/kit/shell.ts"
import { html, type Html, url } from "#views/html.ts"

export type NewEventPage = {
  readonly visit: Surroundings
  readonly form: EventForm
  readonly currencies: readonly string[]
  readonly countries: readonly { readonly value: string; readonly label: string }[]
  /** What is said of the clock: "Times are Toronto's." */
  readonly clock: string
}

/** A title, a date, a place and a ticket: the rest has its pages. */
export function newEventPage({ visit, form, currencies, countries, clock }: NewEventPage): Html {
  const base = `/console/${visit.account.slug}/events`
  return consolePage({
    visit,
    title: "New event",
    active: "events",
    crumbs: [{ label: "Events", href: base }],
    lead: "A title, a date, a place and a ticket are enough. Everything else has its page.",
    body: html`<form
      class="stack narrow"
      method="post"
      action="${url(`${base}/new`)}"
      enctype="multipart/form-data"
      novalidate
    >
      ${errorSummary(inSummary(form.faults))}
      ${card({
        title: "What and when",
        padded: true,
        body: html`<div class="form">
          ${field({ ...at(form, "title"), label: "Title", maxlength: 200, wide: true, autofocus: form.faults.length === 0 })}
          ${field({ ...at(form, "showtimes[0].at"), label: "First date", type: "datetime-local", hint: `${clock} More dates, weekly ones too, come next.` })}
          ${field({ ...at(form, "durationMinutes"), label: "Length", inputmode: "numeric", numeric: true, suffix: "minutes" })}
          <div class="wide stack tight">${pictureFields(form, "", { shown: smallShown })}</div>
        </div>`,
      })}
      ${card({
        title: "Where",
        padded: true,
        body: venueFields(form, countries),
        foot: "The place decides the tax on tickets.",
      })}
      ${card({
        title: "Tickets",
        padded: true,
        body: html`<div class="form">
          ${field({ ...at(form, "products[0].title"), label: "Name", maxlength: 200 })}
          ${field({ ...at(form, "products[0].capacity"), label: "Capacity of each date", inputmode: "numeric", numeric: true, placeholder: "no limit" })}
          ${currencies.map((currency) =>
            moneyField({
              ...at(form, `products[0].priceTypes[0].prices.${currency}`),
              label: currencies.length > 1 ? `Price in ${currency.toUpperCase()}` : "Price",
              currency,
              placeholder: currencies.length > 1 ? "not sold" : "0.00",
            }),
          )}
        </div>`,
      })}
      ${card({
        title: "When it is seen",
        padded: true,
        body: choice({
          name: "status",
          label: "When it is seen",
          bare: true,
          value: form.values.text("status") ?? "draft",
          options: [
            {
              value: "draft",
              label: "Not yet",
              hint: "A draft: nobody sees it until you publish it.",
            },
            {
              value: "on-sale",
              label: "At once",
              hint: "Your widgets show it as soon as it is saved.",
            },
          ],
        }),
      })}
      ${saveBar({ label: "Create event", discard: base, note: "You can change everything later." })}
    </form>`,
  })
}
