import { type DefaultTreeAdapterTypes as Tree, parse } from "parse5"

/** What a browser would send of a form, by name; several values in order. Without the submit button's own. */
export type FormFields = Record<string, string | string[]>

/** The fields of the page's form that is sent to a path, as they stand there. Throws where there is no such form. */
export function formOn(html: string, action: string): FormFields {
  const form = all(parse(html)).find(
    (each) => each.tagName === "form" && pathOf(attribute(each, "action") ?? "") === action,
  )
  if (!form) throw new Error(`no form is sent to ${action}`)
  const fields: FormFields = {}
  for (const [name, value] of all(form).flatMap(valuesOf)) {
    const before = fields[name]
    fields[name] = before === undefined ? value : [before, value].flat()
  }
  return fields
}

function valuesOf(each: Tree.Element): [string, string][] {
  const name = attribute(each, "name")
  if (name === undefined || attribute(each, "disabled") !== undefined) return []
  if (each.tagName === "textarea") return [[name, textOf(each)]]
  if (each.tagName === "select") return [[name, chosenIn(each)]]
  if (each.tagName !== "input") return []
  const type = attribute(each, "type") ?? "text"
  const isTick = type === "checkbox" || type === "radio"
  if (isTick && attribute(each, "checked") === undefined) return []
  return [[name, attribute(each, "value") ?? (isTick ? "on" : "")]]
}

function chosenIn(select: Tree.Element): string {
  const options = all(select).filter(({ tagName }) => tagName === "option")
  const chosen = options.find((option) => attribute(option, "selected") !== undefined) ?? options[0]
  return (chosen && (attribute(chosen, "value") ?? textOf(chosen))) ?? ""
}

function all(node: Tree.ParentNode): Tree.Element[] {
  return node.childNodes.flatMap((child) => ("tagName" in child ? [child, ...all(child)] : []))
}

function textOf(node: Tree.ParentNode): string {
  return node.childNodes
    .map((child) => ("value" in child ? child.value : "childNodes" in child ? textOf(child) : ""))
    .join("")
}

function attribute({ attrs }: Tree.Element, name: string): string | undefined {
  return attrs.find((each) => each.name === name)?.value
}

function pathOf(address: string): string {
  return address.split(/[?#]/)[0] ?? ""
}
