import { type ReportQuery, queryText } from "#core/report.ts"
import { button } from "#views/console/kit/button.ts"
import { drill } from "#views/console/kit/card.ts"
import { field, hidden } from "#views/console/kit/form.ts"
import { icon } from "#views/console/kit/icons.ts"
import { html, type Html, url } from "#views/html.ts"

export type ViewName = { readonly id: string; readonly name: string; readonly query: string }

/** Reports that somebody has named, and a name for this one. */
export function savedViews(page: {
  readonly visit: { readonly account: { readonly slug: string } }
  readonly query: ReportQuery
  readonly views: readonly ViewName[]
}): Html {
  const { views, visit, query } = page
  const path = `/console/${visit.account.slug}/reports`
  const current = queryText(query)
  const open = views.find((view) => view.query === current)
  const title = open ? `View: ${open.name}` : views.length > 0 ? "Saved views" : "Save this view"
  return html`<div class="card">
    ${drill({
      title,
      id: "views",
      body: html`<div class="pad-all stack">
        ${
          views.length > 0 &&
          html`<ul class="stack tight">
            ${views.map((view) => viewLine(path, view))}
          </ul>`
        }
        <form class="row" method="post" action="${path}/views">
          ${hidden("query", current)}
          ${field({ name: "name", label: "Name of this view", bare: true, required: true, maxlength: 80, placeholder: "December campaigns", value: open?.name })}
          ${button({ label: "Save this view" })}
        </form>
      </div>`,
    })}
  </div>`
}

function viewLine(path: string, { id, name, query }: ViewName): Html {
  return html`<li class="row">
    <a class="link" href="${url(query === "" ? path : `${path}?${query}`)}">${name}</a>
    <form method="post" action="${path}/views/${id}/delete" class="push">
      <button class="btn quiet square" type="submit" aria-label="Delete the view ${name}">
        ${icon("trash")}
      </button>
    </form>
  </li>`
}
