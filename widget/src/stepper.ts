import { attributes } from "@foyer/shared/dom"

type Stepper = {
  readonly price: string
  readonly quantity: number
  readonly min: number
  readonly max: number
}

/** The quantities the shopper has clicked and the server has not answered yet, by price type. */
export type Pending = Map<string, number>

/** The next quantity: below the order's minimum there is only none. */
export function stepped({ min, max }: Stepper, from: number, by: number): number {
  const wanted = by > 0 ? Math.max(from + by, min) : from + by < min ? 0 : from + by
  return Math.max(0, Math.min(wanted, max))
}

/** Steps a group by one of its buttons and shows the result at once; `undefined` when it is at its end. */
export function step(
  button: Element,
  pending: Pending,
): { readonly price: string; readonly quantity: number } | undefined {
  const group = button.closest(`[${attributes.stepper}]`)
  const stepper = group && read(group)
  if (!stepper) return undefined
  const from = pending.get(stepper.price) ?? stepper.quantity
  const quantity = stepped(stepper, from, Number(button.getAttribute(attributes.step)))
  if (quantity === from) return undefined
  pending.set(stepper.price, quantity)
  return { price: stepper.price, quantity }
}

/** Shows each stepper's pending quantity, or the server's where none is pending. */
export function showQuantities(root: ParentNode, pending: Pending): void {
  for (const group of root.querySelectorAll(`[${attributes.stepper}]`)) {
    const stepper = read(group)
    const output = group.querySelector("output")
    if (!stepper || !output) continue
    const quantity = pending.get(stepper.price) ?? stepper.quantity
    const text = String(quantity)
    if (output.textContent !== text) output.textContent = text
    showEnds(group, stepper, quantity)
  }
}

/** A disabled button would drop the keyboard's place: its end is only said. */
function showEnds(group: Element, { max }: Stepper, quantity: number): void {
  for (const button of group.querySelectorAll(`[${attributes.step}]`)) {
    const isUp = Number(button.getAttribute(attributes.step)) > 0
    const isEnd = isUp ? quantity >= max : quantity === 0
    button.toggleAttribute("aria-disabled", isEnd)
    if (isEnd) button.setAttribute("aria-disabled", "true")
  }
}

export function read(group: Element): Stepper | undefined {
  try {
    return JSON.parse(group.getAttribute(attributes.stepper) ?? "") as Stepper
  } catch {
    return undefined
  }
}
