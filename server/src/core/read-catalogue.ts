import { catalogueFaults } from "./catalogue-checks.ts"
import { type CatalogueFile, catalogueSchema } from "./catalogue-file.ts"
import { type Fault, shapeFaults } from "./json-schema.ts"
import { parseJson } from "./json-text.ts"

export type ReadCatalogue =
  | { readonly ok: true; readonly file: CatalogueFile }
  | { readonly ok: false; readonly faults: readonly Fault[] }

/** Reads the text of a catalogue file; all its faults at once, but what the text's own shape hides. */
export function readCatalogue(text: string): ReadCatalogue {
  const json = parseJson(text)
  if (!json.ok) {
    const { line, column, message } = json
    return { ok: false, faults: [{ path: `line ${line}, column ${column}`, message }] }
  }
  const wrongShape = shapeFaults(catalogueSchema, json.value)
  if (wrongShape.length > 0) return { ok: false, faults: wrongShape }
  const file = json.value as CatalogueFile
  const faults = catalogueFaults(file)
  return faults.length > 0 ? { ok: false, faults } : { ok: true, file }
}
