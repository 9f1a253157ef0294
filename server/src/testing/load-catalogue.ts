import { importCatalogue } from "#flows/import-catalogue.ts"
import type { Pool } from "#store/db.ts"

/** Imports a catalogue file as an organizer would; throws with everything that is wrong with it. */
export async function loadCatalogue(pool: Pool, text: string): Promise<void> {
  const imported = await importCatalogue({ pool }, text)
  if (imported.outcome === "refused") throw new Error(JSON.stringify(imported.faults, null, 2))
}
