import { html, type Html, none, type Part, url } from "#views/html.ts"
import { icon } from "#views/console/kit/icons.ts"

/** What is wrong with one field, as a whole sentence that says what to do. */
export type FieldFault = { readonly field: string; readonly message: string }

/** What the faults say of one field. */
export function errorOf(
  faults: readonly FieldFault[] | undefined,
  field: string,
): string | undefined {
  return faults?.find((fault) => fault.field === field)?.message
}

/** The id of the control of that name: what a fault's link leads to. */
export function fieldId(name: string): string {
  return `f-${name}`
}

type Named = {
  readonly name: string
  readonly label: string
  readonly error?: string | undefined
  readonly hint?: Part
  readonly required?: boolean | undefined
  /** The label is read out, not shown: in a table or beside a button. */
  readonly bare?: boolean | undefined
  /** Takes the whole width of a form of two columns. */
  readonly wide?: boolean | undefined
  readonly disabled?: boolean | undefined
  /** Where the name alone is not one of a kind on the page. */
  readonly id?: string | undefined
}

export type Field = Named & {
  readonly value?: string | undefined
  readonly type?:
    | "text"
    | "email"
    | "password"
    | "tel"
    | "url"
    | "number"
    | "date"
    | "time"
    | "datetime-local"
    | "color"
    | "search"
    | "file"
    | undefined
  readonly autocomplete?: string | undefined
  readonly inputmode?: "text" | "decimal" | "numeric" | "email" | "tel" | "url" | undefined
  readonly maxlength?: number | undefined
  readonly min?: string | number | undefined
  readonly max?: string | number | undefined
  readonly step?: string | number | undefined
  readonly placeholder?: string | undefined
  /** Stands before or after what is typed: "$", "minutes". */
  readonly prefix?: string | undefined
  readonly suffix?: string | undefined
  /** Numbers stand at the end. */
  readonly numeric?: boolean | undefined
  /** File types, as `accept` takes them. */
  readonly accept?: string | undefined
  readonly autofocus?: boolean | undefined
}

/** One line to fill in, with what is wrong with it below. */
export function field(item: Field): Html {
  const input = html`<input
    class="input${item.numeric ? " num" : ""}"
    ${named(item)}
    type="${item.type ?? "text"}"
    ${item.value !== undefined && item.type !== "file" && html` value="${item.value}"`}
    ${attribute("autocomplete", item.autocomplete)}
    ${attribute("inputmode", item.inputmode)}
    ${attribute("maxlength", item.maxlength)}
    ${attribute("min", item.min)}
    ${attribute("max", item.max)}
    ${attribute("step", item.step)}
    ${attribute("placeholder", item.placeholder)}
    ${attribute("accept", item.accept)}
    ${item.autofocus && " autofocus"}
  />`
  const affixed = item.prefix !== undefined || item.suffix !== undefined
  return wrapped(
    item,
    affixed
      ? html`<span class="affix"
          >${item.prefix !== undefined && html`<span aria-hidden="true">${item.prefix}</span>`}${input}${
            item.suffix !== undefined && html`<span aria-hidden="true">${item.suffix}</span>`
          }</span
        >`
      : input,
  )
}

/** An amount as a decimal text, with its currency in front: "USD". */
export function moneyField(
  item: Omit<Field, "type" | "inputmode" | "prefix"> & { readonly currency: string },
): Html {
  const { currency, ...rest } = item
  return field({ ...rest, inputmode: "decimal", numeric: true, prefix: currency.toUpperCase() })
}

export type TextArea = Named & {
  readonly value?: string | undefined
  readonly rows?: number | undefined
  readonly maxlength?: number | undefined
  readonly placeholder?: string | undefined
}

export function textArea(item: TextArea): Html {
  // A browser drops one line break after the opening tag, so one is given to it: a text may begin with its own.
  return wrapped(item, html`${textAreaTag(item)}${"\n"}${item.value}${textAreaEnd}`)
}

function textAreaTag(item: TextArea): Html {
  return html`<textarea
    class="input"
    ${named(item)}
    rows="${item.rows ?? 4}"
    ${attribute("maxlength", item.maxlength)}
    ${attribute("placeholder", item.placeholder)}
  >`
}

/** Apart from its beginning, so that no line break of a template comes between. */
const textAreaEnd = html`</textarea>`

export type Option = { readonly value: string; readonly label: string }

export type Select = Named & {
  readonly options:
    | readonly Option[]
    | readonly { readonly group: string; readonly options: readonly Option[] }[]
  readonly value?: string | undefined
  /** As narrow as its longest option: in a row of filters. */
  readonly narrow?: boolean | undefined
}

/** A value that is none of the options keeps its place, so saving unseen changes nothing. */
export function select(item: Select): Html {
  const all = item.options.flatMap((each): readonly Option[] =>
    "group" in each ? each.options : [each],
  )
  const unknown = item.value !== undefined && !all.some((option) => option.value === item.value)
  const control = html`<select class="input${item.narrow ? " auto" : ""}" ${named(item)}>
    ${unknown && optionView({ value: item.value, label: item.value }, item.value)}
    ${item.options.map((each) =>
      "group" in each
        ? html`<optgroup label="${each.group}">
            ${each.options.map((option) => optionView(option, item.value))}
          </optgroup>`
        : optionView(each, item.value),
    )}
  </select>`
  return item.bare && item.narrow
    ? html`<label class="vh" for="${idOf(item)}">${item.label}</label>${control}`
    : wrapped(item, control)
}

function optionView(option: Option, value: string | undefined): Html {
  return html`<option value="${option.value}" ${option.value === value && " selected"}>
    ${option.label}
  </option>`
}

export type Check = {
  readonly name: string
  readonly label: Part
  readonly checked: boolean
  readonly hint?: Part
  readonly value?: string | undefined
  readonly error?: string | undefined
  readonly disabled?: boolean | undefined
  /** The value sent when it is not ticked: a yes/no that must say its no. */
  readonly off?: string | undefined
  readonly id?: string | undefined
  readonly wide?: boolean | undefined
}

/** A box to tick. */
export function check(item: Check): Html {
  const id = item.id ?? fieldId(item.name)
  return html`<div class="${fieldClass(item)}">
    ${item.off !== undefined && hidden(item.name, item.off)}
    <label class="tick"
      ><input
        type="checkbox"
        id="${id}"
        name="${item.name}"
        value="${item.value ?? "yes"}"
        ${item.checked && " checked"}
        ${item.disabled && " disabled"}
        ${describedBy(item, id)}
      /><span
        >${item.label}${item.hint !== undefined && html`<br /><span class="sub" id="${id}-hint">${item.hint}</span>`}</span
      ></label
    >
    ${item.error !== undefined && errorLine(item.error, id)}
  </div>`
}

export type RadioGroup = {
  readonly name: string
  readonly label: string
  readonly value?: string | undefined
  readonly options: readonly (Option & { readonly hint?: Part })[]
  readonly error?: string | undefined
  readonly hint?: Part
  readonly wide?: boolean | undefined
  readonly bare?: boolean | undefined
}

/** One of a few, each with a word of its own. */
export function choice(item: RadioGroup): Html {
  const id = fieldId(item.name)
  return html`<fieldset
    class="${fieldClass(item)}"
    id="${id}"
    tabindex="-1"
    ${describedBy(item, id)}
  >
    <legend ${item.bare && html` class="vh"`}>${item.label}</legend>
    ${item.hint !== undefined && html`<p class="hint" id="${id}-hint">${item.hint}</p>`}
    ${item.options.map(
      (option) =>
        html`<label class="tick"
          ><input
            type="radio"
            name="${item.name}"
            value="${option.value}"
            ${option.value === item.value && " checked"}
          /><span
            >${option.label}${option.hint !== undefined && html`<br /><span class="sub">${option.hint}</span>`}</span
          ></label
        >`,
    )}
    ${item.error !== undefined && errorLine(item.error, id)}
  </fieldset>`
}

/** Some of many, or none. */
export function ticks(item: {
  readonly name: string
  readonly label: string
  readonly hint: string
  readonly options: readonly Option[]
  readonly chosen: readonly string[]
}): Html {
  return html`<fieldset class="field" id="${fieldId(item.name)}" tabindex="-1">
    <legend>${item.label}</legend>
    <p class="hint">${item.hint}</p>
    <div class="picks">
      ${item.options.map(
        ({ value, label }) =>
          html`<label class="tick"
            ><input
              type="checkbox"
              name="${item.name}"
              value="${value}"
              ${item.chosen.includes(value) && " checked"}
            /><span>${label}</span></label
          >`,
      )}
    </div>
  </fieldset>`
}

/** Above a form that was not saved: what to correct, each a link to its field. Takes the focus when the page opens. */
export function errorSummary(
  faults: readonly FieldFault[],
  title = summaryTitle(faults.length),
): Html {
  if (faults.length === 0) return none
  return html`<div class="note bad" role="alert" tabindex="-1" autofocus data-takes-focus>
    ${icon("alert")}
    <div class="grow">
      <b>${title}</b>
      <ul>
        ${faults.map(
          (fault) =>
            html`<li>
              <a class="link" href="#${encodeURI(fieldId(fault.field))}">${fault.message}</a>
            </li>`,
        )}
      </ul>
    </div>
  </div>`
}

function summaryTitle(count: number): string {
  return count === 1
    ? "One thing to correct before saving."
    : `${count} things to correct before saving.`
}

export type SaveBar = {
  readonly label?: string | undefined
  /** What a save will touch: "42 open pages will show it." */
  readonly note?: Part
  /** Where "Discard" leads; nothing when there is nothing to go back to. */
  readonly discard?: string | undefined
  readonly kind?: "primary" | "danger" | undefined
}

/** The end of a form. With the script it says how much is not saved yet and stays in sight. */
export function saveBar(item: SaveBar): Html {
  return html`<div class="savebar" data-savebar>
    <span><b data-unsaved></b><span class="sub">${item.note}</span></span>
    ${item.discard !== undefined && html`<a class="btn quiet" href="${url(item.discard)}" data-discard>Discard</a>`}
    <button class="btn ${item.kind ?? "primary"}" type="submit">
      ${item.label ?? "Save changes"}
    </button>
  </div>`
}

export function hidden(name: string, value: string): Html {
  return html`<input type="hidden" name="${name}" value="${value}" />`
}

/** The box of words to find something by, with its glass. */
export function searchField(item: {
  readonly name: string
  readonly label: string
  readonly value?: string | undefined
  readonly placeholder?: string | undefined
}): Html {
  return html`<div class="search">
    ${icon("search")}<label class="vh" for="${fieldId(item.name)}">${item.label}</label
    ><input
      class="input"
      id="${fieldId(item.name)}"
      name="${item.name}"
      type="search"
      maxlength="200"
      ${attribute("value", item.value)}
      ${attribute("placeholder", item.placeholder)}
    />
  </div>`
}

function wrapped(item: Named, control: Html): Html {
  const id = idOf(item)
  return html`<div class="${fieldClass(item)}">
    <label for="${id}" ${item.bare && html` class="vh"`}>${item.label}</label>${control}
    ${item.error !== undefined && errorLine(item.error, id)}
    ${item.hint !== undefined && html`<p class="hint" id="${id}-hint">${item.hint}</p>`}
  </div>`
}

function errorLine(error: string, id: string): Html {
  return html`<p class="hint wrong" id="${id}-error">${icon("alert")}<span>${error}</span></p>`
}

function fieldClass(item: {
  readonly error?: string | undefined
  readonly wide?: boolean | undefined
}): string {
  return `field${item.error === undefined ? "" : " error"}${item.wide ? " wide" : ""}`
}

function named(item: Named): Html {
  const id = idOf(item)
  return html` id="${id}" name="${item.name}" ${item.required && " required"}
  ${item.disabled && " disabled"} ${describedBy(item, id)}`
}

function idOf(item: Named): string {
  return item.id ?? fieldId(item.name)
}

function describedBy(
  item: { readonly error?: string | undefined; readonly hint?: Part },
  id: string,
): Html {
  const ids = [
    ...(item.error === undefined ? [] : [`${id}-error`]),
    ...(item.hint === undefined ? [] : [`${id}-hint`]),
  ]
  return html`${item.error !== undefined && html` aria-invalid="true"`}
  ${ids.length > 0 && html` aria-describedby="${ids.join(" ")}"`}`
}

function attribute(name: string, value: string | number | undefined): Html {
  return value === undefined ? none : html` ${name}="${value}"`
}
