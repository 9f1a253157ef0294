import { type Need, policyText } from "#core/content-policy.ts"
import type { Snippet } from "#core/snippets.ts"
import { button, linkButton } from "#views/console/kit/button.ts"
import { card, drill } from "#views/console/kit/card.ts"
import { codeBlock } from "#views/console/kit/copy.ts"
import { counted } from "#views/console/kit/figures.ts"
import { errorSummary, field } from "#views/console/kit/form.ts"
import { segmented, tabs } from "#views/console/kit/nav.ts"
import { consolePage, type Surroundings } from "#views/console/kit/shell.ts"
import type { PartView } from "#views/console/part-view.ts"
import { widgetForm } from "#views/console/widgets.ts"
import { html, type Html, none, url } from "#views/html.ts"

export type WidgetPage = {
  readonly visit: Surroundings
  readonly slug: string
  readonly title: string
  readonly openPages: number
  readonly snippets: readonly Snippet[]
  /** The kind of site chosen. */
  readonly kind: string
  readonly width: "phone" | "wide"
  readonly needs: readonly Need[]
  /** The address that was checked last, or the organizer's own. */
  readonly address: string
  readonly hostedUrl: string
  readonly form: PartView
}

/** One widget: the lines to copy, the page check, what it looks like, what it shows. */
export function widgetPage(page: WidgetPage): Html {
  const { visit, slug, form } = page
  const list = `/console/${visit.account.slug}/widgets`
  const here = `${list}/${slug}`
  return consolePage({
    visit,
    title: page.title,
    active: "widgets",
    live: true,
    crumbs: [{ label: "Widgets", href: list }, { label: slug }],
    lead: openWords(page.openPages),
    actions: linkButton({
      label: "Hosted page",
      href: page.hostedUrl,
      icon: "external",
      external: true,
    }),
    body: html`${errorSummary(form.faults)}
      <div class="cols brand">
        <div class="stack">
          ${snippetCard(page, here)} ${checkCard(page, here)}
          ${widgetForm({ ...form, action: here, discard: here, isNew: false })}
        </div>
        ${previewCard(page, here)}
      </div>`,
  })
}

function openWords(open: number): string {
  return open === 0 ? "On no open page just now" : `On ${counted(open, "open page")} now`
}

function snippetCard({ snippets, kind, width, needs }: WidgetPage, here: string): Html {
  const chosen = snippets.find((each) => each.kind === kind) ?? snippets[0]
  if (!chosen) return none
  return card({
    title: "Put it on your page",
    id: "snippet",
    body: html`${tabs({
        label: "Kind of site",
        items: snippets.map((each) => ({
          label: each.title,
          href: `${here}?for=${each.kind}&width=${width}#snippet`,
          current: each.kind === chosen.kind,
        })),
      })}
      <div class="pad-all stack">
        ${
          chosen.steps.length > 0 &&
          html`<ol class="stack tight numbered">
            ${chosen.steps.map((step) => html`<li>${step}</li>`)}
          </ol>`
        }
        ${codeBlock(chosen.code, { label: `Snippet for ${chosen.title}` })}
        ${
          chosen.more &&
          html`<div class="stack tight">
            <h3>${chosen.more.title}</h3>
            ${codeBlock(chosen.more.code, { label: chosen.more.title })}
          </div>`
        }
      </div>
      ${drill({
        title: "My site sends a Content-Security-Policy",
        body: html`<div class="pad-all stack tight">
          <p>
            Add these sources to what it says already. Nothing unsafe is among them, and styles need
            none.
          </p>
          ${codeBlock(policyText(needs), { label: "Content-Security-Policy" })}
        </div>`,
      })}`,
  })
}

/** Asks for the address here; what was found is on a page of its own. */
function checkCard({ address }: WidgetPage, here: string): Html {
  return card({
    title: "Check my page",
    padded: true,
    body: html`<form class="stack" method="post" action="${url(`${here}/check`)}">
      ${field({
        name: "address",
        label: "Address of the page with the tickets",
        value: address,
        type: "url",
        inputmode: "url",
        placeholder: "https://www.example.com/shows",
        maxlength: 2000,
        hint: "We look at it from here and say what keeps the tickets from working.",
      })}
      <div class="row">
        ${button({ label: "Check my page", icon: "search" })}
        ${linkButton({ label: "The last result", href: `${here}/check`, kind: "quiet" })}
      </div>
    </form>`,
  })
}

function previewCard({ width, kind, title }: WidgetPage, here: string): Html {
  const link = (to: string) => `${here}?for=${kind}&width=${to}`
  return card({
    title: "Live preview",
    actions: segmented({
      label: "Width",
      items: [
        { label: "Phone", href: link("phone"), current: width === "phone" },
        { label: "Wide", href: link("wide"), current: width === "wide" },
      ],
    }),
    body: html`<iframe
      class="preview tall ${width === "phone" ? "phone" : ""}"
      src="${url(`${here}/preview`)}"
      title="${title}, as guests see it"
    ></iframe>`,
    foot: "The very widget, with live stock. It sells: what is bought here is bought.",
  })
}
