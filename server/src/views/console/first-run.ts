import {
  doneSteps,
  eventToTry,
  firstRunSteps,
  type FirstRunFacts,
  type FirstRunStep,
  nextStep,
} from "#core/first-run.ts"
import type { Widget } from "#core/storefront.ts"
import { linkButton } from "#views/console/kit/button.ts"
import { card, type Step, steps } from "#views/console/kit/card.ts"
import { consolePage, type Surroundings } from "#views/console/kit/shell.ts"
import { brandFrame } from "#views/console/settings-brand.ts"
import { html, type Html, type Part, url } from "#views/html.ts"

export type FirstRunView = FirstRunFacts & {
  readonly visit: Surroundings
  readonly widget: Widget
  readonly isSandbox: boolean
}

const titles: Readonly<Record<FirstRunStep, string>> = {
  organization: "Your organization",
  event: "Your first event",
  look: "Your look",
  site: "Your site",
  snippet: "The snippet",
  order: "A test order",
}

/** All steps at a glance: what is done, what comes next, and the very widget. */
export function firstRunPage(page: FirstRunView): Html {
  const done = doneSteps(page)
  const next = nextStep(done)
  const [first = page.visit.person.name] = page.visit.person.name.split(" ")
  return consolePage({
    visit: page.visit,
    title: next === undefined ? "You are ready to sell" : `Welcome, ${first}`,
    active: "today",
    lead:
      next === undefined
        ? "Everything works. What comes in is on the page Today."
        : "A few short questions to your first sale. It takes about four minutes; leave and come back whenever you like.",
    ...(next === undefined && {
      actions: linkButton({
        label: "Go to Today",
        href: `/console/${page.visit.account.slug}/today`,
        kind: "primary",
      }),
    }),
    body: html`<div class="cols even">
      ${card({
        title: `Set up ${page.visit.account.name}`,
        actions: html`<span class="sub">${done.size} of ${firstRunSteps.length} done</span>`,
        body: html`${progress(done.size)}
        ${steps(firstRunSteps.map((step) => stepView(page, step, done, next)))}`,
      })}
      ${previewCard(page)}
    </div>`,
  })
}

function progress(done: number): Html {
  const all = firstRunSteps.length
  return html`<div class="pad">
    <svg class="meter" role="img" aria-label="${done} of ${all} steps done">
      <rect width="${((done / all) * 100).toFixed(1)}%" ${done === all && html` class="full"`} />
    </svg>
  </div>`
}

function stepView(
  page: FirstRunView,
  step: FirstRunStep,
  done: ReadonlySet<FirstRunStep>,
  next: FirstRunStep | undefined,
): Step {
  const state = done.has(step) ? "done" : step === next ? "current" : "to-come"
  const href = stepPath(page, step)
  const isNext = step === next
  return {
    title: titles[step],
    text: stepText(page, step, done.has(step)),
    state,
    action: isNext
      ? linkButton({ label: "Start", href, kind: "primary" })
      : html`<a class="link" href="${url(href)}"
          >${done.has(step) ? "Change" : "Open"}<span class="vh">: ${titles[step]}</span></a
        >`,
  }
}

function stepText(page: FirstRunView, step: FirstRunStep, isDone: boolean): Part {
  const { shop } = page
  switch (step) {
    case "organization":
      return `${shop.account.name}, ${shop.regions[0].currency.toUpperCase()}`
    case "event":
      return isDone ? eventToTry(page)?.title : "What, where, when, and what a ticket costs."
    case "look":
      return isDone ? "Saved" : "A colour and the corners, with the widget beside it."
    case "site":
      return isDone
        ? [...shop.allowedOrigins].slice(0, 2).join(", ")
        : "Only sites on the list can show your tickets."
    case "snippet":
      return isDone ? "Your page is ready" : "Two lines to paste, and a look at your page."
    case "order":
      return isDone ? "Done" : "Buy a ticket as your guests will."
  }
}

/** Where a step is asked. */
export function stepPath({ visit }: Pick<FirstRunView, "visit">, step: FirstRunStep): string {
  const base = `/console/${visit.account.slug}`
  return step === "organization" ? `${base}/settings/organization` : `${base}/first-run/${step}`
}

/** One question on a page of its own. */
export function stepPage(
  page: FirstRunView,
  step: FirstRunStep,
  item: {
    readonly title: string
    readonly lead: Part
    readonly body: Part
    readonly live?: boolean
  },
): Html {
  const base = `/console/${page.visit.account.slug}/first-run`
  return consolePage({
    visit: page.visit,
    title: item.title,
    active: "today",
    crumbs: [
      { label: "First steps", href: base },
      { label: `Step ${firstRunSteps.indexOf(step) + 1} of ${firstRunSteps.length}` },
    ],
    lead: item.lead,
    ...(item.live && { live: true }),
    body: item.body,
  })
}

export function previewCard({ visit }: Pick<FirstRunView, "visit">): Html {
  return card({
    title: "What your guests will see",
    id: "preview",
    body: brandFrame(`/console/${visit.account.slug}/settings/brand`, "Your widget"),
    foot: "The real widget, with real stock.",
  })
}
