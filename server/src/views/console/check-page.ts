import { type Finding, verdictOf } from "#core/page-check.ts"
import { button } from "#views/console/kit/button.ts"
import { card, note } from "#views/console/kit/card.ts"
import { codeBlock } from "#views/console/kit/copy.ts"
import { errorOf, field, type FieldFault, hidden } from "#views/console/kit/form.ts"
import { icon } from "#views/console/kit/icons.ts"
import { consolePage, type Surroundings } from "#views/console/kit/shell.ts"
import { html, type Html, none, url } from "#views/html.ts"

export type CheckForm = {
  /** Where the form is sent, `…/check`; sites are allowed at `…/check/allow`. */
  readonly action: string
  readonly address: string
  readonly faults?: readonly FieldFault[]
  /** The last look, when there was one. */
  readonly last?: {
    readonly address: string
    readonly findings: readonly Finding[]
    /** "Today at 14:05". */
    readonly when: string
  }
}

export type CheckPage = CheckForm & {
  readonly visit: Surroundings
  readonly widget: { readonly slug: string; readonly title: string }
}

/** What stands between a page and its tickets, in words. */
export function checkPageView(page: CheckPage): Html {
  const base = `/console/${page.visit.account.slug}/widgets`
  return consolePage({
    visit: page.visit,
    title: "Check my page",
    active: "widgets",
    crumbs: [
      { label: "Widgets", href: base },
      { label: page.widget.title, href: `${base}/${page.widget.slug}` },
    ],
    lead: "We look at your page from here, as a visitor’s browser would, and say what keeps the tickets from working.",
    body: checkForm(page),
  })
}

/** The question and the last answer; the first run asks it, too. */
export function checkForm({ action, address, faults = [], last }: CheckForm): Html {
  return html`${card({
    padded: true,
    label: "Your page",
    body: html`<form class="stack" method="post" action="${url(action)}" novalidate>
      ${field({
        name: "address",
        label: "Address of the page with the tickets",
        value: address,
        type: "url",
        inputmode: "url",
        autocomplete: "url",
        placeholder: "https://www.example.com/shows",
        maxlength: 2000,
        required: true,
        error: errorOf(faults, "address"),
      })}
      <div class="row">
        ${button({ label: last ? "Check again" : "Check my page", kind: "primary", icon: "search" })}
      </div>
    </form>`,
  })}
  ${last ? answer(action, last) : none}`
}

function answer(action: string, last: NonNullable<CheckForm["last"]>): Html {
  const verdict = verdictOf(last.findings)
  const failed = last.findings.filter(({ level }) => level === "fail").length
  const said = {
    pass: ["ok", "Your page is ready to sell."],
    warn: ["warn", "Your page sells, but not as well as it could."],
    fail: ["bad", failed === 1 ? "One thing is in the way." : `${failed} things are in the way.`],
  } as const
  const [kind, words] = said[verdict]
  return html`${note(kind, html`<b>${words}</b> <span class="sub">${last.address}, ${last.when}</span>`)}
  ${card({
    title: "What we found",
    body: html`<ul class="list top">
      ${last.findings.map((finding) => findingView(action, finding))}
    </ul>`,
  })}`
}

const marks = {
  fail: { icon: "alert", tone: "bad", word: "In the way" },
  warn: { icon: "info", tone: "warn", word: "Better so" },
  pass: { icon: "check", tone: "ok", word: "Good" },
} as const

function findingView(action: string, finding: Finding): Html {
  const mark = marks[finding.level]
  return html`<li>
    <span class="dot ${mark.tone}">${icon(mark.icon)}<span class="vh">${mark.word}:</span></span>
    <div class="grow stack tight">
      <h3>${finding.title}</h3>
      ${finding.advice !== undefined && html`<p class="sub">${finding.advice}</p>`}
      ${finding.code !== undefined && codeBlock(finding.code, { label: "To add" })}
      ${finding.allow !== undefined && allowForm(action, finding.allow)}
    </div>
  </li>`
}

function allowForm(action: string, origin: string): Html {
  return html`<form method="post" action="${url(`${action}/allow`)}" class="row">
    ${hidden("origin", origin)} ${button({ label: `Allow ${origin}`, kind: "primary" })}
  </form>`
}
