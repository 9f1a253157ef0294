import { formatDateTime, hasSeveralCurrencies } from "#core/format.ts"
import type { OrderWithCode, SeenPromotion } from "#core/promotion-seen.ts"
import { may } from "#core/role.ts"
import type { Storefront } from "#core/storefront.ts"
import { button, linkButton } from "#views/console/kit/button.ts"
import { badge, card } from "#views/console/kit/card.ts"
import { copyField } from "#views/console/kit/copy.ts"
import { money } from "#views/console/kit/figures.ts"
import { errorSummary, field } from "#views/console/kit/form.ts"
import { consolePage, type Surroundings } from "#views/console/kit/shell.ts"
import { factList, table } from "#views/console/kit/table.ts"
import type { PartView } from "#views/console/part-view.ts"
import { promotionForm } from "#views/console/promotion-form.ts"
import {
  audienceWords,
  eventWords,
  givesWords,
  stateWords,
  whenWords,
} from "#views/console/promotion-words.ts"
import { moneyLines, usedMeter } from "#views/console/promotions.ts"
import { html, type Html, url } from "#views/html.ts"
import { qrCode } from "#views/qr.ts"

export type Share = {
  /** What was asked for; "" for the widget's own page. */
  readonly page: string
  readonly link?: string | undefined
  readonly fault?: string | undefined
  /** Each widget's own page with the code. */
  readonly widgets: readonly { readonly title: string; readonly link: string }[]
}

export type PromotionPage = {
  readonly visit: Surroundings
  readonly shop: Storefront
  readonly seen: SeenPromotion
  readonly latest: readonly OrderWithCode[]
  readonly share: Share
  /** Absent for who may only look. */
  readonly form?: PartView | undefined
}

/** One code: what it has done, how to share it, and its form. */
export function promotionPage(page: PromotionPage): Html {
  const { visit, seen, form } = page
  const { code } = seen.promotion
  const here = `/console/${visit.account.slug}/promotions/${code}`
  return consolePage({
    visit,
    title: code,
    active: "promotions",
    crumbs: [
      { label: "Promotions", href: `/console/${visit.account.slug}/promotions` },
      { label: code },
    ],
    lead: givesWords(seen.promotion, page.shop),
    actions: actions(page, here),
    body: html`${form && errorSummary(form.faults)}
      <div class="cols aside-first">
        <div class="stack">
          ${form && promotionForm({ ...form, action: here, isNew: false, discard: here })}
          ${latestCard(page)}
        </div>
        <div class="stack">${stateCard(page)} ${shareCard(page, here)}</div>
      </div>`,
  })
}

/** A code that is not there yet, empty or after another one. */
export function newPromotionPage(page: {
  readonly visit: Surroundings
  readonly form: PartView
}): Html {
  const list = `/console/${page.visit.account.slug}/promotions`
  return consolePage({
    visit: page.visit,
    title: "New code",
    active: "promotions",
    crumbs: [{ label: "Promotions", href: list }, { label: "New code" }],
    body: html`${errorSummary(page.form.faults)}
      <div class="narrow">
        ${promotionForm({ ...page.form, action: `${list}/new`, isNew: true, discard: list })}
      </div>`,
  })
}

function actions({ visit, seen }: PromotionPage, here: string): Html | undefined {
  if (!may(visit.actor, "edit-promotions")) return undefined
  const { code } = seen.promotion
  const isStopped = seen.state === "stopped"
  const isOver = seen.state === "ended" || seen.state === "used-up"
  const copy = `/console/${visit.account.slug}/promotions/new?from=${code}`
  return html`${linkButton({ label: "Duplicate", href: copy, icon: "copy" })}
  ${
    !isOver &&
    html`<form method="post" action="${url(`${here}/${isStopped ? "start" : "stop"}`)}">
      ${
        isStopped
          ? button({ label: "Let it run again", icon: "play" })
          : button({ label: "Stop", kind: "danger", icon: "pause" })
      }
    </form>`
  }`
}

function stateCard({ seen, shop }: PromotionPage): Html {
  const { promotion, state } = seen
  const [kind, word] = stateWords[state]
  const orders = seen.sales.reduce((sum, each) => sum + each.orders, 0)
  return card({
    title: "So far",
    actions: badge(kind, word),
    padded: true,
    body: html`<div>${usedMeter(seen)}</div>
      ${factList([
        { label: "On", value: eventWords(promotion, shop) },
        { label: "For", value: audienceWords(promotion) },
        { label: "When", value: whenWords(promotion, shop.account.timeZone, state) },
        { label: "Orders", value: String(orders) },
        { label: "Taken off", value: moneyLines(seen, shop, "discountMinor") },
        { label: "Sales with it", value: moneyLines(seen, shop, "totalMinor"), sum: true },
      ])}`,
  })
}

function shareCard({ seen, share }: PromotionPage, here: string): Html {
  const { code } = seen.promotion
  const others = share.widgets.filter(({ link }) => link !== share.link)
  const asked = new URLSearchParams(share.page === "" ? {} : { page: share.page }).toString()
  const file = (kind: string) => `${here}/qr.${kind}${asked === "" ? "" : `?${asked}`}`
  return card({
    title: "One-click link",
    id: "share",
    padded: true,
    body: html`<form class="stack tight" method="get" action="${url(`${here}#share`)}">
        ${field({
          name: "page",
          label: "Page on your site",
          value: share.page,
          error: share.fault,
          placeholder: "https://your-site.example/tickets",
          inputmode: "url",
          maxlength: 500,
          hint: "Empty: the page that we host.",
        })}
        <div class="row">${button({ label: "Make the link", icon: "link" })}</div>
      </form>
      ${
        share.link !== undefined &&
        html`${copyField(share.link, "link")}
          <p class="sub">Opens the tickets with ${code} already applied.</p>
          <div class="row">
            ${qrCode(share.link, `QR code of the link with ${code}`)}
            <div class="stack tight">
              ${linkButton({ label: "SVG", href: file("svg"), icon: "download", download: true })}
              ${linkButton({ label: "PNG", href: file("png"), icon: "download", download: true })}
            </div>
          </div>`
      }
      ${
        others.length > 0 &&
        html`<div class="stack tight rule">
          <h3>Pages that we host</h3>
          ${others.map(
            ({ title, link }) =>
              html`<p class="sub">${title}</p>
                ${copyField(link, `link of ${title}`)}`,
          )}
        </div>`
      }`,
  })
}

function latestCard({ latest, shop, visit, seen }: PromotionPage): Html {
  const ambiguous = hasSeveralCurrencies(shop.regions)
  const { slug } = visit.account
  const mayOpen = may(visit.actor, "see-orders")
  const said = (minor: number, currency: string) => money(minor, currency, { ambiguous })
  return card({
    title: `Latest orders with ${seen.promotion.code}`,
    body: table({
      caption: `Latest orders with ${seen.promotion.code}`,
      columns: [
        { label: "Order" },
        { label: "When" },
        { label: "Discount", kind: "num" },
        { label: "Total", kind: "lead" },
      ],
      rows: latest.map((order) => [
        mayOpen
          ? html`<a class="link" href="/console/${slug}/orders/${order.number}">${order.number}</a>`
          : order.number,
        formatDateTime(order.placedAt, "en", shop.account.timeZone),
        said(-order.discountMinor, order.currency),
        said(order.totalMinor, order.currency),
      ]),
      empty: "No order has used it yet.",
    }),
  })
}
