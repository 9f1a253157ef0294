import { upcoming } from "./availability.ts"
import { type Finding, verdictOf } from "./page-check.ts"
import type { Brand, Event, Storefront, Widget } from "./storefront.ts"

/** What an organization has and what it has not: all that a first run needs to know to be left and gone on with. */
export type FirstRunFacts = {
  readonly shop: Storefront
  /** What the last look at the page found. */
  readonly findings?: readonly Finding[]
  /** Somebody has bought, if only to try. */
  readonly hasOrder: boolean
  /** ISO 8601. */
  readonly now: string
}

export type FirstRunStep = "organization" | "event" | "look" | "site" | "snippet" | "order"

export const firstRunSteps: readonly FirstRunStep[] = [
  "organization",
  "event",
  "look",
  "site",
  "snippet",
  "order",
]

/** The steps that are done. Nothing is remembered of the way: what exists is done, in whatever order and by whomever it was made. */
export function doneSteps(facts: FirstRunFacts): ReadonlySet<FirstRunStep> {
  const { shop, findings, hasOrder } = facts
  const isDone: Readonly<Record<FirstRunStep, boolean>> = {
    organization: true,
    event: shop.events.length > 0,
    look: hasBrand(shop.brand),
    site: shop.allowedOrigins.size > 0,
    snippet: findings !== undefined && verdictOf(findings) !== "fail",
    order: hasOrder,
  }
  return new Set(firstRunSteps.filter((step) => isDone[step]))
}

/** The first step that is not done, in order; undefined when all are. */
export function nextStep(done: ReadonlySet<FirstRunStep>): FirstRunStep | undefined {
  return firstRunSteps.find((step) => !done.has(step))
}

/** The event to try things with: the next one to come, else the first. */
export function eventToTry({ shop, now }: FirstRunFacts): Event | undefined {
  const [soonest] = shop.events
    .flatMap((event) => upcoming(event, now).map(({ startsAt }) => ({ event, startsAt })))
    .toSorted((a, b) => (a.startsAt < b.startsAt ? -1 : 1))
  return soonest?.event ?? shop.events[0]
}

/** The widget that shows everything, else the first. */
export function widgetToPlace({ widgets }: Storefront): Widget | undefined {
  return widgets.find(({ eventSlugs }) => eventSlugs === undefined) ?? widgets[0]
}

function hasBrand({ colors, ...others }: Brand): boolean {
  return Object.keys(colors).length > 0 || Object.values(others).some((each) => each !== undefined)
}
