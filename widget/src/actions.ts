import { attributes as on } from "@foyer/shared/dom"
import type { CommandType, Place } from "@foyer/shared/protocol"
import { type Pending, read, showQuantities, step } from "./stepper.ts"

/** What the shopper can do; `trigger` is what was pressed. */
export type Act = {
  readonly send: (type: CommandType, data: unknown, trigger?: Element) => void
  readonly pay: (agreed: { amountMinor: number; currency: string }, trigger: Element) => void
  readonly pending: Pending
}

const has = (name: string) => `[${name}]`
const pressable = [on.step, on.command, on.go, on.fill, on.focus, on.copy, on.pay].map(has).join()
const copiedMs = 2000

/** One listener per kind of event turns what happens in the fragments into commands, by their data attributes. */
export function listen(root: ShadowRoot, act: Act): void {
  root.addEventListener("click", (event) => press(root, event as MouseEvent, act))
  root.addEventListener("submit", (event) => submit(event as SubmitEvent, act))
  root.addEventListener("change", (event) => changed(event.target as Element, act))
  // A host's shortcut would otherwise eat what is typed.
  for (const name of ["keydown", "keypress", "keyup"])
    root.addEventListener(name, (event) => {
      if ((event.target as Element).matches("input, textarea, select")) event.stopPropagation()
    })
}

function press(root: ShadowRoot, event: MouseEvent, act: Act): void {
  const trigger = (event.target as Element).closest(pressable)
  // A form answers its submit, a choice its change; neither a click.
  if (!trigger || trigger.matches("form, input, select")) return
  const isOtherTab = event.ctrlKey || event.metaKey || event.shiftKey
  if (trigger.matches("a[href]") && isOtherTab) return
  event.preventDefault()
  const isOff = trigger.getAttribute("aria-disabled") === "true"
  if (isOff || trigger.getAttribute("aria-busy") === "true") return
  const value = (name: string) => trigger.getAttribute(name)
  if (value(on.step) !== null) setQuantity(root, trigger, act)
  else if (value(on.go) !== null) navigate(trigger, act)
  else if (value(on.pay) !== null) act.pay(json(trigger, on.pay), trigger)
  else if (value(on.fill) !== null) fill(root, trigger, act)
  else if (value(on.focus) !== null) focusOn(root, value(on.focus) ?? "")
  else if (value(on.copy) !== null) copy(trigger, value(on.copy) ?? "")
  else act.send(value(on.command) as CommandType, json(trigger, on.input), trigger)
}

function setQuantity(root: ShadowRoot, button: Element, act: Act): void {
  const next = step(button, act.pending)
  if (!next) return
  showQuantities(root, act.pending)
  act.send("set-quantity", { ...next, ...amountBeside(button) })
}

/** What was typed for pay-what-you-like, in the same line. */
function amountBeside(element: Element): { readonly amount?: string } {
  const line = element.closest(has(on.line))
  const input = line?.querySelector<HTMLInputElement>(`input${has(on.amount)}`)
  return input ? { amount: input.value.slice(0, 20) } : {}
}

function navigate(link: Element, act: Act): void {
  act.send("navigate", { at: json<Place>(link, on.go) }, link)
}

function submit(event: SubmitEvent, act: Act): void {
  event.preventDefault()
  const form = event.target as HTMLFormElement
  const type = form.getAttribute(on.command)
  const trigger = event.submitter ?? form
  if (type === null || trigger.getAttribute("aria-busy") === "true") return
  act.send(type as CommandType, formData(form), trigger)
}

function changed(control: Element, act: Act): void {
  if (control.matches(`input${has(on.go)}`)) return navigate(control, act)
  if (control.matches(`input${has(on.amount)}`)) return changeAmount(control, act)
  const form = control.closest("form")
  if (!form || form.getAttribute(on.on) !== "change") return
  const type = form.getAttribute(on.command) as CommandType
  act.send(type === "submit-details" ? "save-details" : type, formData(form))
}

/** Another amount re-prices what is already chosen. */
function changeAmount(input: Element, act: Act): void {
  const group = input.closest(has(on.line))?.querySelector(has(on.stepper))
  const stepper = group && read(group)
  if (!stepper) return
  const quantity = act.pending.get(stepper.price) ?? stepper.quantity
  if (quantity > 0)
    act.send("set-quantity", { price: stepper.price, quantity, ...amountBeside(input) })
}

/** Read when it is sent, so that what a browser filled in counts. Several answers to one question are lines. */
function formData(form: HTMLFormElement): unknown {
  const values: Record<string, string> = {}
  for (const [name, value] of new FormData(form))
    if (typeof value === "string")
      values[name] = name in values ? `${values[name]}\n${value}` : value
  const each = form.getAttribute(on.each)
  return each === null ? { values } : { [each]: values[each] ?? "" }
}

function fill(root: ShadowRoot, button: Element, act: Act): void {
  const { control, value } = json<{ control: string; value: string }>(button, on.fill)
  const name = CSS.escape(control)
  const input = root.querySelector<HTMLInputElement>(`#${name}, [name="${name}"]`)
  if (!input) return
  input.value = value
  input.focus()
  changed(input, act)
}

/** A link to `#id` would change the host's address, and finds nothing in a shadow root. */
function focusOn(root: ShadowRoot, id: string): void {
  const target = root.getElementById(id)
  const control = target?.matches("fieldset") ? target.querySelector("input") : target
  control?.focus()
}

function copy(button: Element, text: string): void {
  const label = button.querySelector("span") ?? button
  const before = label.textContent
  const after = button.getAttribute(on.copied)
  void navigator.clipboard?.writeText(text).then(
    () => {
      if (after === null) return
      label.textContent = after
      setTimeout(() => (label.textContent = before), copiedMs)
    },
    () => undefined, // The host's page may forbid it; the text is there to be selected.
  )
}

function json<T>(element: Element, name: string): T {
  return JSON.parse(element.getAttribute(name) || "{}") as T
}
