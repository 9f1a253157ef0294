/** A control whose content the shopper can change, and what the server last said it was. */
export type Control = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement

export function isControl(node: Node): node is Control {
  return (
    node instanceof HTMLInputElement ||
    node instanceof HTMLTextAreaElement ||
    node instanceof HTMLSelectElement
  )
}

/** Whether it holds something else than the server put there. */
export function isDirty(control: Control): boolean {
  if (control.validity.badInput) return true
  if (control instanceof HTMLSelectElement) return selection(control) !== defaultSelection(control)
  if (control instanceof HTMLInputElement && isTick(control))
    return control.checked !== control.defaultChecked
  return control.value !== control.defaultValue
}

/** What the control holds, comparable with another rendering of the same control. */
export function contentOf(control: Control): string {
  if (control instanceof HTMLSelectElement) return selection(control)
  if (control instanceof HTMLInputElement && isTick(control)) return String(control.checked)
  return control.value
}

const isTick = ({ type }: HTMLInputElement) => type === "checkbox" || type === "radio"

function selection(select: HTMLSelectElement): string {
  return [...select.options]
    .filter((option) => option.selected)
    .map(keyOf)
    .join("\n")
}

function defaultSelection(select: HTMLSelectElement): string {
  const chosen = [...select.options].filter((option) => option.defaultSelected)
  if (select.multiple) return chosen.map(keyOf).join("\n")
  const shown = chosen.at(-1) ?? [...select.options].find((option) => !option.disabled)
  return shown ? keyOf(shown) : ""
}

const keyOf = (option: HTMLOptionElement) => option.value
