import type { SeenPromotion } from "#core/promotion-seen.ts"
import { hasSeveralCurrencies } from "#core/format.ts"
import { may } from "#core/role.ts"
import type { Storefront } from "#core/storefront.ts"
import { linkButton } from "#views/console/kit/button.ts"
import { badge, card, emptyState, meter } from "#views/console/kit/card.ts"
import { money, number } from "#views/console/kit/figures.ts"
import { segmented } from "#views/console/kit/nav.ts"
import { consolePage, type Surroundings } from "#views/console/kit/shell.ts"
import { table } from "#views/console/kit/table.ts"
import {
  audienceWords,
  eventWords,
  givesWords,
  stateWords,
  whenWords,
} from "#views/console/promotion-words.ts"
import { html, type Html, none } from "#views/html.ts"

export type PromotionsPage = {
  readonly visit: Surroundings
  readonly shop: Storefront
  readonly promotions: readonly SeenPromotion[]
  readonly shown: "running" | "over"
}

/** The codes with what each has done. */
export function promotionsPage(page: PromotionsPage): Html {
  const { visit, promotions } = page
  const base = `/console/${visit.account.slug}/promotions`
  const create = may(visit.actor, "edit-promotions")
    ? linkButton({ label: "New code", href: `${base}/new`, kind: "primary", icon: "plus" })
    : none
  return consolePage({
    visit,
    title: "Promotions",
    active: "promotions",
    actions: create,
    body:
      promotions.length === 0
        ? card({
            label: "Promotions",
            body: emptyState({
              title: "No codes yet",
              text: "A code takes something off: a percentage, an amount, or one ticket free with others. Share it as a link or a QR code that applies it by itself.",
              action: create,
            }),
          })
        : codes(page, base),
  })
}

function codes({ shop, promotions, shown, visit }: PromotionsPage, base: string): Html {
  const isRunning = ({ state }: SeenPromotion) => state === "active" || state === "scheduled"
  const rows = promotions.filter((each) => isRunning(each) === (shown === "running"))
  return card({
    title: "Codes",
    actions: segmented({
      label: "Which codes",
      items: [
        { label: "Running", href: base, current: shown === "running" },
        { label: "Over", href: `${base}?show=over`, current: shown === "over" },
      ],
    }),
    body: table({
      caption: shown === "running" ? "Codes that run or will" : "Codes that are over",
      columns: [
        { label: "Code" },
        { label: "Gives", kind: "wide" },
        { label: "Used", kind: "two" },
        { label: "State" },
        { label: "Cost", kind: "num" },
        { label: "Sales", kind: "lead" },
      ],
      rows: rows.map((each) => codeRow(each, shop, visit.account.slug)),
      empty:
        shown === "running"
          ? "No code can be used just now."
          : "No code is over: none has ended, is used up or was stopped.",
    }),
    foot: "Sales and cost are of orders that stand, in each currency of its own. A code’s cost is what it took off.",
  })
}

function codeRow(seen: SeenPromotion, shop: Storefront, account: string) {
  const { promotion, state } = seen
  const [kind, word] = stateWords[state]
  return {
    id: `code-${promotion.code}`,
    cells: [
      html`<a class="link mono" href="/console/${account}/promotions/${promotion.code}"
          >${promotion.code}</a
        >${promotion.audience && html`<br /><span class="sub">${audienceWords(promotion)}</span>`}`,
      html`${givesWords(promotion, shop)}<br /><span class="sub"
          >${eventWords(promotion, shop)} ·
          ${whenWords(promotion, shop.account.timeZone, state)}</span
        >`,
      usedMeter(seen),
      badge(kind, word),
      moneyLines(seen, shop, "discountMinor"),
      moneyLines(seen, shop, "totalMinor"),
    ],
  }
}

export function usedMeter({ promotion: { usageLimit }, used }: SeenPromotion): Html {
  return usageLimit === undefined
    ? html`${number(used)} <span class="sub">no limit</span>`
    : meter({ value: used, of: usageLimit, verb: "used" })
}

/** One amount a currency, each a line of its own: they are never added up. */
export function moneyLines(
  { sales }: SeenPromotion,
  { regions }: Pick<Storefront, "regions">,
  which: "totalMinor" | "discountMinor",
): Html {
  const ambiguous = hasSeveralCurrencies(regions)
  const sign = which === "discountMinor" ? -1 : 1
  if (sales.length === 0) return html`—`
  return html`${sales.map((each, i) => [
    i > 0 && html`<br />`,
    html`<span class="nw">${money(sign * each[which], each.currency, { ambiguous })}</span>`,
  ])}`
}
