import type { PromotionState } from "#core/promotion-state.ts"
import type { Promotion, Storefront } from "#core/storefront.ts"
import { formatDateTime, formatPercent, hasSeveralCurrencies } from "#core/format.ts"
import { wholePpm } from "#core/money.ts"
import type { BadgeKind } from "#views/console/kit/card.ts"
import { counted, money } from "#views/console/kit/figures.ts"

/** "10% off tickets", "$5.00 off each ticket", "Buy 2, get 1 free". */
export function givesWords(promotion: Promotion, shop: Pick<Storefront, "regions">): string {
  const { kind, percentPpm, appliesTo, bogo, per } = promotion
  const percent = formatPercent(percentPpm, "en")
  const what = appliesTo === "tickets" ? "tickets" : "everything"
  if (bogo) {
    const price = percentPpm === wholePpm ? "free" : `at ${percent} off`
    return `Buy ${bogo.buy}, get ${bogo.get} ${price}`
  }
  if (kind === "percent") return `${percent} off ${what}`
  return `${amountWords(promotion, shop)} off ${per === "order" ? "the order" : "each ticket"}`
}

function amountWords({ amounts }: Promotion, { regions }: Pick<Storefront, "regions">): string {
  const ambiguous = hasSeveralCurrencies(regions)
  return Object.entries(amounts)
    .filter(([, { amountMinor }]) => amountMinor > 0)
    .map(([currency, { amountMinor }]) => money(amountMinor, currency, { ambiguous }))
    .join(" or ")
}

/** "Friday Night", "3 events", "All events". */
export function eventWords(
  { eventSlugs }: Promotion,
  { events }: Pick<Storefront, "events">,
): string {
  if (!eventSlugs) return "All events"
  const [first = "", ...more] = eventSlugs
  if (more.length > 0) return counted(eventSlugs.length, "event")
  return events.find(({ slug }) => slug === first)?.title ?? first
}

export function audienceWords({ audience }: Promotion): string {
  switch (audience?.who) {
    case undefined:
      return "Everybody"
    case "first-time":
      return "First orders"
    case "returning":
      return "Returning guests"
    case "listed":
      return counted(audience.emails.length, "listed address", "listed addresses")
  }
}

/** "Until 31 Dec, 20:00", "From 1 Dec, 09:00". */
export function whenWords(
  { startsAt, endsAt }: Promotion,
  timeZone: string,
  state: PromotionState,
): string {
  const say = (instant: string) => formatDateTime(instant, "en", timeZone)
  if (startsAt !== undefined && state === "scheduled") return `From ${say(startsAt)}`
  if (endsAt === undefined) return "No end"
  return `${state === "ended" ? "Ended" : "Until"} ${say(endsAt)}`
}

export const stateWords: Readonly<Record<PromotionState, readonly [BadgeKind, string]>> = {
  active: ["ok", "Active"],
  scheduled: ["info", "Scheduled"],
  "used-up": ["plain", "Used up"],
  ended: ["plain", "Ended"],
  stopped: ["warn", "Stopped"],
}
