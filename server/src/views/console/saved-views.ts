import { type ReportQuery, queryText } from "#core/report.ts"
import { button } from "#views/console/kit/button.ts"
import { card } from "#views/console/kit/card.ts"
import { field, hidden } from "#views/console/kit/form.ts"
import { icon } from "#views/console/kit/icons.ts"
import { segmented } from "#views/console/kit/nav.ts"
import { html, type Html, none, url } from "#views/html.ts"

export type ViewName = { readonly id: string; readonly name: string; readonly query: string }

type ViewsPage = {
  readonly visit: { readonly account: { readonly slug: string } }
  readonly query: ReportQuery
  readonly views: readonly ViewName[]
}

/** Enough for a row; the others are in the list below the report. */
const mostLinks = 6

/** Reports that somebody has named, to open. */
export function viewLinks({ views, visit, query }: ViewsPage): Html {
  if (views.length === 0) return none
  const current = queryText(query)
  return segmented({
    label: "Saved views",
    items: views.slice(0, mostLinks).map((view) => ({
      label: view.name,
      href: addressOf(visit.account.slug, view),
      current: view.query === current,
    })),
  })
}

function addressOf(slug: string, { query }: ViewName): string {
  return `/console/${slug}/reports${query === "" ? "" : `?${query}`}`
}

/** All that have a name, to open or forget, and a name for this one. */
export function savedViews({ views, visit, query }: ViewsPage): Html {
  const { slug } = visit.account
  const current = queryText(query)
  const open = views.find((view) => view.query === current)
  return card({
    title: "Saved views",
    id: "views",
    padded: true,
    body: html`${
        views.length > 0 &&
        html`<ul class="plain-list stack tight">
          ${views.map((view) => viewLine(slug, view))}
        </ul>`
      }
      <form class="row" method="post" action="${url(`/console/${slug}/reports/views`)}">
        ${hidden("query", current)}
        ${field({ name: "name", label: "Name of this view", bare: true, required: true, maxlength: 80, placeholder: "Name of this view", value: open?.name })}
        ${button({ label: "Save this view" })}
      </form>`,
    foot: "A view keeps its days, event, model and table. Everybody here who sees reports can open it.",
  })
}

function viewLine(slug: string, view: ViewName): Html {
  return html`<li class="row">
    <a class="link" href="${url(addressOf(slug, view))}">${view.name}</a>
    <form
      method="post"
      action="${url(`/console/${slug}/reports/views/${view.id}/delete`)}"
      class="push"
    >
      <button class="btn quiet square" type="submit" aria-label="Delete the view ${view.name}">
        ${icon("trash")}
      </button>
    </form>
  </li>`
}
