import type { FormValues } from "#views/console/form-values.ts"
import { inSummary } from "#views/console/event-words.ts"
import { errorOf, errorSummary, type FieldFault, hidden, saveBar } from "#views/console/kit/form.ts"
import { note } from "#views/console/kit/card.ts"
import { html, type Html, type Part, url } from "#views/html.ts"

/** What the form of one page of an event shows: what is, or what somebody has just typed. */
export type EventForm = {
  readonly values: FormValues
  readonly faults: readonly FieldFault[]
  /** `canonicalJson` of the part as it is shown. */
  readonly base: string
  /** Rows were added or taken away, and are not saved yet. */
  readonly isUnsaved?: boolean | undefined
  /** See `conflictView`. */
  readonly conflict?: Html | undefined
  /** "42 open pages will show them when you save." */
  readonly touched: string
  readonly canEdit: boolean
  readonly action: string
  /** What was added last takes the focus: `products[2]`. */
  readonly fresh?: string | undefined
}

export const formName = "event-form"

/** The whole form of a page: its cards, and the bar that saves them. */
export function eventForm(
  form: EventForm,
  body: Part,
  more: {
    readonly files?: boolean
    /** What is wrong with it stands above, by `faultsOf`. */
    readonly isHeaded?: boolean
  } = {},
): Html {
  return html`<form
    class="stack"
    id="${formName}"
    method="post"
    action="${url(form.action)}"
    ${more.files && html` enctype="multipart/form-data"`}
    novalidate
  >
    ${hidden("base", form.base)}
    <button class="vh" type="submit" tabindex="-1" aria-hidden="true">Save changes</button>
    ${!more.isHeaded && faultsOf(form)} ${form.conflict}
    ${form.isUnsaved && note("info", html`Not saved yet. Fill in what is new, then save.`)}
    <fieldset class="stack" ${!form.canEdit && " disabled"}>${body}</fieldset>
    ${form.canEdit && saveBar({ note: form.touched, discard: form.action })}
  </form>`
}

/** What is wrong with a form, above all of its page. */
export function faultsOf(form: EventForm): Html {
  return errorSummary(inSummary(form.faults))
}

/** The parts of a control that its place in the form decides. */
export function at(form: EventForm, name: string) {
  const error = errorOf(form.faults, name)
  const text = form.values.text(name) ?? ""
  return {
    name,
    value: text === "null" && name.endsWith("capacity") ? "no limit" : text,
    ...(error !== undefined && { error }),
  }
}

/** Numbers from 0: the places of a list's rows. */
export function places(form: EventForm, list: string): number[] {
  return Array.from({ length: form.values.rows(list) }, (_, i) => i)
}

/** Asks for one more row; nothing is saved by it. */
export function addButton(list: string, label: string): Html {
  return html`<button class="btn" type="submit" name="$add" value="${list}">${label}</button>`
}

/** Takes a row out of the form; nothing is saved by it. `what` is read out. */
export function dropButton(row: string, what: string): Html {
  return html`<button
    class="btn quiet"
    type="submit"
    name="$drop"
    value="${row}"
    aria-label="Remove ${what}"
  >
    Remove
  </button>`
}
