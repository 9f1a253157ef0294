import { card, drill } from "#views/console/kit/card.ts"
import { errorSummary, type FieldFault, hidden, saveBar } from "#views/console/kit/form.ts"
import { consolePage, type Surroundings } from "#views/console/kit/shell.ts"
import { type SettingsName, settingsTabs } from "#views/console/settings-tabs.ts"
import { html, type Html, type Part, url } from "#views/html.ts"

/** A page of the settings below its tabs. */
export function settingsPage(page: {
  readonly visit: Surroundings
  readonly name: SettingsName
  readonly title: string
  readonly lead?: Part
  readonly faults?: readonly FieldFault[]
  readonly body: Part
}): Html {
  return consolePage({
    visit: page.visit,
    title: page.title,
    active: "settings",
    crumbs: [{ label: "Settings" }],
    ...(page.lead !== undefined && { lead: page.lead }),
    body: html`${settingsTabs(page.visit, page.name)} ${errorSummary(page.faults ?? [])}
    ${page.body}`,
  })
}

/** What is not there yet, folded away until somebody wants it or has begun it. */
export function another(item: {
  readonly title: string
  readonly isOpen: boolean
  readonly body: Part
}): Html {
  return card({
    label: item.title,
    body: drill({ title: item.title, open: item.isOpen, body: item.body }),
  })
}

/** One form of a settings page, with what it was made from and its end. */
export function settingsForm(form: {
  readonly visit: Surroundings
  readonly name: SettingsName
  readonly base: string
  readonly conflict: Html | undefined
  readonly body: Part
  readonly note?: Part
  /** For a script that shows what is not saved yet. */
  readonly mark?: string
}): Html {
  const here = `/console/${form.visit.account.slug}/settings/${form.name}`
  return html`<form
    class="stack"
    method="post"
    action="${url(here)}"
    ${form.mark !== undefined && html`id="${form.mark}"`}
  >
    ${hidden("base", form.base)} ${form.conflict} ${form.body}
    ${saveBar({ note: form.note ?? "Every open widget shows it at once.", discard: here })}
  </form>`
}
