import type { Fault } from "#core/json-schema.ts"

/** What is wrong with one field of a form, as a sentence; a field "" stands for the form. */
export type PartFault = { readonly field: string; readonly message: string }

/**
 * The faults of a file as the fields of the form that edits its part at `at`, each with the name that the form gives it. What is wrong
 * elsewhere in the file stands for the whole form, with its place.
 */
export function partFaults(
  faults: readonly Fault[],
  at: string,
  labelOf: (field: string) => string | undefined,
): PartFault[] {
  return faults.map(({ path, message }) => {
    const field = fieldAt(path, at)
    if (field === undefined) return { field: "", message: sentence(`${path}:`, message) }
    const label = labelOf(field) ?? (field === "" ? "This" : lastName(field))
    return { field, message: sentence(label, message) }
  })
}

function fieldAt(path: string, at: string): string | undefined {
  if (at === "") return path
  if (path === at) return ""
  if (path.startsWith(`${at}.`)) return path.slice(at.length + 1)
  return path.startsWith(`${at}[`) ? path.slice(at.length) : undefined
}

/** "account.brand.radiusPx" is "Radius px". */
function lastName(field: string): string {
  const [, name = field] = /([A-Za-z]+)(?:\[\d+\])*$/.exec(field) ?? []
  const spaced = name.replaceAll(/([A-Z])/g, (letter) => ` ${letter.toLowerCase()}`)
  return spaced.charAt(0).toUpperCase() + spaced.slice(1)
}

/** The file's own words are for who writes it by hand: "must be an amount as text, like". */
function sentence(label: string, message: string): string {
  const plain = message
    .replace(" as text, like", ", like")
    .replaceAll('"', "")
    .replace("is missing", "is needed")
    .replace("must not be empty", "is needed")
  return `${label} ${plain}.`
}
