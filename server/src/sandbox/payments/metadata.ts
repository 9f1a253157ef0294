import { type Answer, invalid } from "./answer.ts"
import { type Fields, groupOf } from "./form.ts"

/** The metadata of a request laid over what is stored; an empty value removes its key. */
export function mergedMetadata(
  fields: Fields,
  present: Readonly<Record<string, string>> = {},
): Record<string, string> {
  const given = Object.entries(groupOf(fields, "metadata")).map(([key, value]) => [
    key,
    typeof value === "string" ? value : "",
  ])
  const merged: Record<string, string> = { ...present, ...Object.fromEntries(given) }
  return Object.fromEntries(Object.entries(merged).filter(([, value]) => value !== ""))
}

/** The provider's limits: 50 keys, 40 characters a key, 500 a value, no nesting. */
export function refusalOfMetadata(fields: Fields): Answer | undefined {
  const entries = Object.entries(groupOf(fields, "metadata"))
  if (entries.length > 50) return invalid("Metadata can have up to 50 keys.", "metadata")
  for (const [key, value] of entries) {
    const param = `metadata[${key}]`
    if (key.length > 40) return invalid("Metadata keys can be up to 40 characters long.", param)
    if (typeof value !== "string")
      return invalid("Invalid string: metadata values are text.", param)
    if (value.length > 500)
      return invalid("Metadata values can be up to 500 characters long.", param)
  }
  return undefined
}
