import { linkButton } from "#views/console/kit/button.ts"
import { card, emptyState } from "#views/console/kit/card.ts"
import { consolePage, type NavName, type Surroundings } from "#views/console/kit/shell.ts"
import { html, type Html } from "#views/html.ts"

export type LaterPlace = "waitlist" | "stock" | "payouts"

type Words = {
  readonly title: string
  readonly head: string
  /** What will be found there, and what to do until then. */
  readonly text: string
  readonly action: { readonly label: string; readonly path: string }
}

const words: Readonly<Record<LaterPlace, Words>> = {
  waitlist: {
    title: "Waitlist",
    head: "Who waits for a seat will be listed here",
    text: "Guests of a sold-out show cannot leave their address yet. Until they can, raise the capacity or add a date: every open page of your site shows it at once.",
    action: { label: "See events", path: "events" },
  },
  stock: {
    title: "Stock",
    head: "Why a show is sold out will be told here",
    text: "Every hold, sale and return is recorded as it happens; the page that shows them by the minute is not there yet. Until it is, each event shows what is sold, held and left.",
    action: { label: "See events", path: "events" },
  },
  payouts: {
    title: "Payouts",
    head: "What you are paid, and for what, will be listed here",
    text: "Payouts and their statements are not made here yet. The money of each order goes to your account at the payment provider, which pays it out; the orders as a file tell what it is made of.",
    action: { label: "See orders", path: "orders" },
  },
}

/** A place of the navigation whose page is still to come says what it will hold, and what helps meanwhile. */
export function laterPage(visit: Surroundings, place: LaterPlace): Html {
  const { title, head, text, action } = words[place]
  return consolePage({
    visit,
    title,
    active: place satisfies NavName,
    body: card({
      label: title,
      body: emptyState({
        title: head,
        text: html`${text}`,
        action: linkButton({
          label: action.label,
          href: `/console/${visit.account.slug}/${action.path}`,
          kind: "primary",
        }),
      }),
    }),
  })
}
