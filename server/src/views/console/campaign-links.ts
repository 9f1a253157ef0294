import type { CampaignLink, LinkFault, LinkWish } from "#core/campaign-link.ts"
import { button, linkButton } from "#views/console/kit/button.ts"
import { card, note } from "#views/console/kit/card.ts"
import { copyField } from "#views/console/kit/copy.ts"
import { field, select } from "#views/console/kit/form.ts"
import { consolePage, type Surroundings } from "#views/console/kit/shell.ts"
import { reportTabs } from "#views/console/report-tabs.ts"
import { html, type Html, none, url } from "#views/html.ts"
import { qrCode } from "#views/qr.ts"

export type LinksPage = {
  readonly visit: Surroundings
  readonly wish: LinkWish
  /** Absent before anything was asked for. */
  readonly made?: CampaignLink
  /** Codes that can be brought along. */
  readonly codes: readonly string[]
  /** Whether the page is on a site that may show the widget. */
  readonly isAllowedSite: boolean
  /** The same question as an address: where its QR codes are. */
  readonly query: string
}

const faults: Readonly<Record<LinkFault, string>> = {
  "not-an-address": "Type the page’s web address, like https://club.example/tickets.",
  "too-long": "This link is too long for a QR code. Take a page with a shorter address.",
  "no-source":
    "Say where the link will stand, like newsletter or instagram: the report sorts by it.",
}

/** A link that says where it stands, spelled as the reports read it, with its QR code. */
export function linksPage(page: LinksPage): Html {
  const { visit } = page
  return consolePage({
    visit,
    title: "Build a link",
    active: "links",
    lead: "A link that says where it stands, so the report can say what it sold.",
    body: html`${reportTabs(visit, "links")}
    ${card({
      label: "Build a link",
      padded: true,
      body: html`<div class="builder">
        <div class="stack">${form(page)} ${page.made?.ok && madeLink(page, page.made)}</div>
        ${page.made?.ok && code(page, page.made.link)}
      </div>`,
    })}`,
  })
}

function form(page: LinksPage): Html {
  const { wish, visit, codes } = page
  const error = (name: keyof LinkWish) =>
    page.made && !page.made.ok && page.made.field === name ? faults[page.made.reason] : undefined
  const text = (name: keyof LinkWish, label: string, hint: string) =>
    field({ name, label, hint, value: wish[name], maxlength: 200, error: error(name) })
  return html`<form
    class="form"
    method="get"
    action="${url(`/console/${visit.account.slug}/reports/links`)}"
  >
    ${field({ name: "page", label: "Page", value: wish.page, maxlength: 800, inputmode: "url", wide: true, error: error("page"), hint: "A page with your widget on it." })}
    ${text("source", "Source", "Where it stands: newsletter, instagram")}
    ${text("medium", "Medium", "What kind of place: email, paid_social, cpc")}
    ${text("campaign", "Campaign", "What it is part of: december-lineup")}
    ${select({
      name: "promo",
      label: "Promo code, applied on arrival",
      value: wish.promo,
      options: [
        { value: "", label: "No code" },
        ...codes.map((each) => ({ value: each, label: each })),
      ],
    })}
    ${text("content", "Content", "Which of several: header, second-button")}
    ${text("term", "Term", "The word that was searched for")}
    ${text("ref", "Affiliate", "Who shares it: priya-n")}
    <div class="row end wide">
      ${button({ label: "Make the link", icon: "link", kind: "primary" })}
    </div>
  </form>`
}

function madeLink(page: LinksPage, made: Extract<CampaignLink, { ok: true }>): Html {
  const { value, source, medium } = made.reads
  return html`<div class="stack tight rule" id="link">
      <h2>Your link</h2>
      ${copyField(made.link, "link")}
      <p class="sub">
        The report will say
        <b>${source} / ${medium}</b>${value !== "" && html`, campaign <b>${value}</b>`}.
      </p>
    </div>
    ${page.isAllowedSite ? none : otherSite}`
}

function code(page: LinksPage, link: string): Html {
  const file = (kind: string) =>
    `/console/${page.visit.account.slug}/reports/links/code.${kind}?${page.query}`
  return html`<div class="stack tight">
    ${qrCode(link, "QR code of this link")}
    <div class="row">
      ${linkButton({ label: "SVG", icon: "download", download: true, href: file("svg") })}
      ${linkButton({ label: "PNG", icon: "download", download: true, href: file("png") })}
    </div>
  </div>`
}

const otherSite = note(
  "warn",
  "This site is not one of your allowed sites, so no widget works there. The link is made all the same.",
)
