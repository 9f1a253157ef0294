import { eventFrame, type EventHead } from "#views/console/event-frame.ts"
import { at, type EventForm, eventForm } from "#views/console/event-form.ts"
import { card } from "#views/console/kit/card.ts"
import { field, select, textArea } from "#views/console/kit/form.ts"
import { pictureFields, smallPicture } from "#views/console/picture-field.ts"
import { html, type Html, url } from "#views/html.ts"

export type DetailsPage = {
  readonly head: EventHead
  readonly form: EventForm
  readonly countries: readonly { readonly value: string; readonly label: string }[]
  readonly timeZones: readonly string[]
}

/** What the page of an event says, and its picture. */
export function detailsPage({ head, form, countries, timeZones }: DetailsPage): Html {
  return eventFrame(
    head,
    "page",
    eventForm(
      form,
      html`<div class="cols">
        <div class="stack">
          ${card({
            title: "Words",
            padded: true,
            body: html`<div class="form">
              ${field({ ...at(form, "title"), label: "Title", maxlength: 200, wide: true })}
              ${field({ ...at(form, "summary"), label: "One line", maxlength: 300, wide: true, hint: "Stands under the title where events are listed." })}
              ${textArea({ ...at(form, "description"), label: "Description", rows: 8, maxlength: 10_000, wide: true, hint: "An empty line begins a paragraph." })}
              ${field({ ...at(form, "category"), label: "Category", maxlength: 40, hint: "Guests filter by it once there are many events." })}
            </div>`,
          })}
          ${card({ title: "Where", padded: true, body: venueFields(form, countries), foot: "The place decides the tax on tickets." })}
          ${card({
            title: "Times",
            padded: true,
            body: html`<div class="form three">
              ${field({ ...at(form, "doorsMinutes"), label: "Doors open before", inputmode: "numeric", numeric: true, suffix: "minutes" })}
              ${field({ ...at(form, "durationMinutes"), label: "Length", inputmode: "numeric", numeric: true, suffix: "minutes" })}
              ${select({
                ...at(form, "timeZone"),
                label: "Time zone",
                options: [
                  { value: "", label: "As the organization's" },
                  ...timeZones.map((zone) => ({ value: zone, label: zone.replaceAll("_", " ") })),
                ],
                hint: "Dates keep their local time.",
              })}
            </div>`,
          })}
        </div>
        <div class="stack">${pictureCard(form)}</div>
      </div>`,
      { files: true },
    ),
  )
}

function pictureCard(form: EventForm): Html {
  return card({
    title: "Picture",
    padded: true,
    body: html`${pictureFields(form, "", {
      none: html`<p class="sub">No picture yet: widgets draw a poster of the title.</p>`,
      shown: (path) =>
        html`<img
          class="picture"
          src="${url(smallPicture(path))}"
          alt="${form.values.text("pictureAlt") ?? ""}"
          width="480"
          height="270"
        />`,
    })}
    ${field({ ...at(form, "pictureAlt"), label: "Picture in words", maxlength: 300, hint: "For those who cannot see it." })}`,
  })
}

export function venueFields(
  form: EventForm,
  countries: readonly { readonly value: string; readonly label: string }[],
): Html {
  return html`<div class="form">
    ${field({ ...at(form, "venue.name"), label: "Venue", maxlength: 200 })}
    ${field({ ...at(form, "venue.street"), label: "Street and number", maxlength: 200 })}
    ${field({ ...at(form, "venue.city"), label: "City", maxlength: 200 })}
    ${field({ ...at(form, "venue.subdivision"), label: "State or province", maxlength: 3, hint: "Its letters: NY, ON. Empty where there is none." })}
    ${select({ ...at(form, "venue.country"), label: "Country", options: [{ value: "", label: "Choose" }, ...countries] })}
  </div>`
}
