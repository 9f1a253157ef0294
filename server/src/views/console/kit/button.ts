import { html, type Html, type Part, url } from "#views/html.ts"
import { icon, type IconName } from "#views/console/kit/icons.ts"

/** Only one primary in a head: it is the answer to "what now?". */
export type ButtonKind = "primary" | "quiet" | "danger" | "plain"

type Look = {
  readonly label: string
  readonly kind?: ButtonKind | undefined
  readonly icon?: IconName | undefined
  /** Shows the icon alone; the label is read out. */
  readonly square?: boolean | undefined
}

export type Button = Look & {
  readonly type?: "submit" | "button" | undefined
  readonly name?: string | undefined
  readonly value?: string | undefined
  /** Id of the form it sends, where it stands outside of it. */
  readonly form?: string | undefined
  /** Address to send to, where it differs from the form's own. */
  readonly formAction?: string | undefined
  readonly disabled?: boolean | undefined
  /** Id of the dialog it opens; see `dialog`. */
  readonly opens?: string | undefined
}

/** A button; it sends its form unless `type` says otherwise. */
export function button(item: Button): Html {
  const opens = item.opens !== undefined
  return html`<button
    class="${classes(item)}"
    type="${item.type ?? (opens ? "button" : "submit")}"
    ${item.name !== undefined && html` name="${item.name}" value="${item.value ?? ""}"`}
    ${item.form !== undefined && html` form="${item.form}"`}
    ${item.formAction !== undefined && html` formaction="${url(item.formAction)}"`}
    ${opens && html` command="show-modal" commandfor="${item.opens}"`}
    ${item.square && html` aria-label="${item.label}" title="${item.label}"`}
    ${item.disabled && " disabled"}
  >
    ${inside(item)}
  </button>`
}

export type LinkButton = Look & {
  readonly href: string
  readonly download?: boolean | undefined
  /** Opens beside this page. */
  readonly external?: boolean | undefined
}

/** A link that looks like a button: it goes somewhere and changes nothing. */
export function linkButton(item: LinkButton): Html {
  return html`<a
    class="${classes(item)}"
    href="${url(item.href)}"
    ${item.download && " download"}
    ${item.external && html` target="_blank" rel="noopener"`}
    ${item.square && html` aria-label="${item.label}" title="${item.label}"`}
    >${inside(item)}</a
  >`
}

function classes({ kind = "plain", square }: Look): string {
  return `btn${kind === "plain" ? "" : ` ${kind}`}${square ? " square" : ""}`
}

function inside(item: Look): Part {
  return [item.icon !== undefined && icon(item.icon), !item.square && item.label]
}
