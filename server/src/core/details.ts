import type { Details } from "#core/cart.ts"
import { isEmail, longestEmail } from "#core/email.ts"
import type { PricedCart } from "#core/priced-cart.ts"
import type { FieldProblem } from "#core/screen.ts"
import type { Question, Storefront } from "#core/storefront.ts"

/** A control of the details form, by the name it has there. Lengths in UTF-16 units. */
export type Field = {
  readonly control: string
  readonly kind: "email" | "name" | "phone" | "text" | "long-text" | "choice" | "checkbox"
  readonly required: boolean
  readonly maxLength: number
  readonly question?: Question
}

/** What a checked box sends; an unchecked one sends nothing. */
export const checkedValue = "on"

const lengths = {
  email: longestEmail,
  name: 100,
  phone: 40,
  text: 200,
  "long-text": 2000,
  choice: 80,
  checkbox: checkedValue.length,
} as const satisfies Record<Field["kind"], number>

/** Ours, never an organizer's words. */
export function questionControl(question: Question): string {
  return `q-${question.id}`
}

/** The organizer's questions for what is in the cart, in the organizer's order. */
export function questionsFor(shop: Storefront, priced: Pick<PricedCart, "lines">): Question[] {
  const eventIds = new Set(priced.lines.map((line) => line.event.id))
  return shop.questions.filter(
    (question) => question.eventId === undefined || eventIds.has(question.eventId),
  )
}

/** Every control of the form: who buys, then the questions. Nothing is shipped, so no address is asked for. */
export function fieldsFor(shop: Storefront, priced: Pick<PricedCart, "lines">): Field[] {
  return [
    field("email", "email", true),
    field("firstName", "name", true),
    field("lastName", "name", true),
    field("phone", "phone", false),
    ...questionsFor(shop, priced).map((question) => ({
      ...field(questionControl(question), question.kind, question.required),
      question,
    })),
  ]
}

/** What is wrong with the form, in the order of its controls; empty when it may be submitted. */
export function checkDetails(
  details: Details,
  shop: Storefront,
  priced: Pick<PricedCart, "lines">,
): FieldProblem[] {
  return fieldsFor(shop, priced).flatMap((each) => {
    const reason = problemWith(each, valueOf(details, each.control))
    return reason ? [{ control: each.control, reason }] : []
  })
}

/** What was typed into a control, without the space around it; "" when nothing was. */
export function valueOf(details: Details, control: string): string {
  return Object.hasOwn(details, control) ? (details[control] ?? "").trim() : ""
}

function problemWith(each: Field, value: string): FieldProblem["reason"] | undefined {
  if (value === "") return each.required ? "missing" : undefined
  if (value.length > each.maxLength) return each.kind === "checkbox" ? "not-a-choice" : "too-long"
  switch (each.kind) {
    case "email":
      return isEmail(value) ? undefined : "not-an-email"
    case "phone":
      return isPhone(value) ? undefined : "not-a-phone"
    case "choice":
      return each.question?.choices.some((choice) => choice.slug === value)
        ? undefined
        : "not-a-choice"
    case "checkbox":
      return value === checkedValue ? undefined : "not-a-choice"
    case "name":
    case "text":
    case "long-text":
      return undefined
  }
}

/** As people write numbers: an optional +, then 6 to 15 digits (E.164 has at most 15) with the usual marks, and an extension. */
function isPhone(text: string): boolean {
  const [number = "", extension = ""] = text.split(/\s*(?:x|ext\.?)\s*/i)
  const digits = number.replaceAll(/\D/g, "").length
  return (
    /^\+?[\d\s()./-]+$/.test(number) && digits >= 6 && digits <= 15 && /^\d{0,8}$/.test(extension)
  )
}

function field(control: string, kind: Field["kind"], required: boolean): Field {
  return { control, kind, required, maxLength: lengths[kind] }
}
