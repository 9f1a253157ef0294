import { linkButton } from "#views/console/kit/button.ts"
import { badge, card } from "#views/console/kit/card.ts"
import { counted, number } from "#views/console/kit/figures.ts"
import { check, errorSummary, field, hidden, saveBar } from "#views/console/kit/form.ts"
import { consolePage, type Surroundings } from "#views/console/kit/shell.ts"
import { table } from "#views/console/kit/table.ts"
import { eventTicks, type PartView, texts } from "#views/console/part-view.ts"
import { html, type Html, url } from "#views/html.ts"

export type ListedWidget = {
  readonly slug: string
  readonly title: string
  /** Absent: all. */
  readonly eventSlugs?: readonly string[]
  readonly allowNullOrigin: boolean
}

export type WidgetsPage = {
  readonly visit: Surroundings
  readonly widgets: readonly ListedWidget[]
  /** Pages open now, by `account/widget`. */
  readonly openPages: ReadonlyMap<string, number>
}

/** What can be put on a page, and how many pages show it now. */
export function widgetsPage({ visit, widgets, openPages }: WidgetsPage): Html {
  const { slug } = visit.account
  const base = `/console/${slug}/widgets`
  return consolePage({
    visit,
    title: "Widgets",
    active: "widgets",
    live: true,
    lead: "Each is one pair of lines for a page of yours. Most need one; more show some of the events each.",
    actions: linkButton({
      label: "New widget",
      href: `${base}/new`,
      kind: "primary",
      icon: "plus",
    }),
    body: html`<div id="widgets" data-live>
      ${card({
        label: "Widgets",
        body: table({
          caption: "Widgets",
          columns: [
            { label: "Widget" },
            { label: "Shows", kind: "two" },
            { label: "Open now", kind: "lead" },
          ],
          rows: widgets.map((widget) => ({
            id: `widget-${widget.slug}`,
            cells: [
              html`<a class="link" href="${url(`${base}/${widget.slug}`)}">${widget.title}</a
                ><br /><span class="sub mono">${slug}/${widget.slug}</span>`,
              html`${widget.eventSlugs ? counted(widget.eventSlugs.length, "event") : "All events"}
              ${widget.allowNullOrigin && badge("info", "Sandboxed frames")}`,
              number(openPages.get(`${slug}/${widget.slug}`) ?? 0),
            ],
          })),
        }),
        foot: "Open now: pages with the widget on them.",
      })}
    </div>`,
  })
}

const labels: Readonly<Record<string, string>> = {
  slug: "The name in the snippet",
  title: "The title",
  events: "The events",
  allowNullOrigin: "Sandboxed frames",
}

export function widgetLabel(name: string): string | undefined {
  return labels[name.replace(/\[\d+\]$/, "")]
}

/** A widget that is not there yet. */
export function newWidgetPage(page: {
  readonly visit: Surroundings
  readonly form: PartView
}): Html {
  const list = `/console/${page.visit.account.slug}/widgets`
  return consolePage({
    visit: page.visit,
    title: "New widget",
    active: "widgets",
    crumbs: [{ label: "Widgets", href: list }, { label: "New widget" }],
    body: html`${errorSummary(page.form.faults)}
      <div class="narrow">
        ${widgetForm({ ...page.form, action: `${list}/new`, discard: list, isNew: true })}
      </div>`,
  })
}

/** What a widget shows; its name in the snippet is on pages already and stays. */
export function widgetForm(
  form: PartView & {
    readonly action: string
    readonly discard: string
    readonly isNew: boolean
  },
): Html {
  const { values, isNew } = form
  const text = texts(form)
  return html`<form class="stack" method="post" action="${url(form.action)}">
    ${hidden("base", form.base)} ${form.conflict}
    ${card({
      title: isNew ? "What it shows" : "Settings",
      padded: true,
      body: html`${field({
          ...text("title"),
          label: "Title",
          required: true,
          maxlength: 200,
          hint: "Above the list of events.",
        })}
        ${
          isNew &&
          field({
            ...text("slug"),
            label: "Name in the snippet",
            maxlength: 80,
            hint: "Lower-case letters, digits and hyphens; made of the title when empty. It cannot be changed later.",
          })
        }
        ${eventTicks(form)}
        <div id="frames">
          ${check({
            name: "allowNullOrigin",
            label: "Also in sandboxed frames",
            hint: "For site builders and previews whose frames do not tell their site. Any page can then show this widget.",
            checked: values.text("allowNullOrigin") === "true",
            value: "true",
            off: "false",
          })}
        </div>`,
    })}
    ${saveBar({
      label: isNew ? "Create widget" : "Save changes",
      note: isNew ? undefined : "Every open page shows it at once.",
      discard: form.discard,
    })}
  </form>`
}
