import { eventFrame, type EventHead } from "#views/console/event-frame.ts"
import { at, type EventForm, eventForm, places } from "#views/console/event-form.ts"
import { card } from "#views/console/kit/card.ts"
import { hidden, select } from "#views/console/kit/form.ts"
import { table } from "#views/console/kit/table.ts"
import { html, type Html, url } from "#views/html.ts"

export type ChargesPage = {
  readonly head: EventHead
  readonly form: EventForm
  /** Names of the event's things by slug. */
  readonly titles: ReadonlyMap<string, string>
  readonly fees: readonly {
    readonly slug: string
    readonly words: string
    readonly bearer: "shopper" | "organizer"
  }[]
  readonly taxClasses: readonly { readonly slug: string; readonly words: string }[]
}

/** Which fee and which tax each thing has. What they are is for all events, in the settings. */
export function chargesPage({ head, form, titles, fees, taxClasses }: ChargesPage): Html {
  const settings = `/console/${head.visit.account.slug}/settings`
  return eventFrame(
    head,
    "fees",
    eventForm(
      form,
      html`${card({
        title: "What each thing is charged",
        body: table({
          caption: "Fee and tax of each thing that is sold",
          columns: [
            { label: "What" },
            { label: "Service fee", kind: "two" },
            { label: "Tax", kind: "two" },
          ],
          rows: places(form, "products").map((i) => {
            const row = `products[${i}]`
            const slug = form.values.text(`${row}.slug`) ?? ""
            const title = titles.get(slug) ?? slug
            return [
              html`${hidden(`${row}.slug`, slug)}${title}`,
              select({
                ...at(form, `${row}.fee`),
                label: `Service fee of ${title}`,
                bare: true,
                options: [
                  { value: "", label: "No fee" },
                  ...fees.map((fee) => ({ value: fee.slug, label: `${fee.slug}: ${fee.words}` })),
                ],
              }),
              select({
                ...at(form, `${row}.taxClass`),
                label: `Tax of ${title}`,
                bare: true,
                options: taxClasses.map((each) => ({
                  value: each.slug,
                  label: `${each.slug}: ${each.words}`,
                })),
              }),
            ]
          }),
          empty: "Nothing is sold yet: add a ticket type first.",
        }),
        foot: html`What a fee is and who pays it:
          <a class="link" href="${url(`${settings}/fees`)}">Fees</a>. Rates by place:
          <a class="link" href="${url(`${settings}/tax`)}">Tax</a>. They are the same for all
          events.`,
      })}`,
    ),
  )
}
