import { onTestFinished } from "vitest"
import type { Actor, Role } from "#core/role.ts"
import { importCatalogue } from "#flows/import-catalogue.ts"
import { openStorefronts } from "#flows/storefronts.ts"
import { newId } from "#store/ids.ts"
import { catalogueText, type LooseFile } from "#testing/catalogue-file.ts"
import { testDatabase } from "#testing/database.ts"

/** A database with one account and who owns it, until the test ends. Its clock stands still, before all dates of the plain catalogue. */
export async function anOrganizer(change?: (file: LooseFile) => void) {
  const database = await testDatabase()
  onTestFinished(() => database[Symbol.asyncDispose]())
  const imported = await importCatalogue(database, catalogueText(change))
  if (imported.outcome !== "imported") throw new Error(JSON.stringify(imported.faults))
  const { accountId } = imported
  const storefronts = openStorefronts({ pool: database.pool, checkEveryMs: 0 })
  onTestFinished(() => storefronts[Symbol.dispose]())
  const userId = newId()
  await database.owner.query(
    "insert into auth.person values ($1, 'Dana', 'dana@club.example', true, null, now(), now())",
    [userId],
  )
  const actor = (role: Role): Actor => ({ userId, accountId, role })
  const deps = { pool: database.pool, storefronts, now: () => new Date("2030-11-20T12:00:00Z") }
  return { database, storefronts, deps, actor, owner: actor("owner"), accountId }
}

/** Sales as if they had been made, without the orders that a test has no need of. */
export async function sellAll(
  { owner }: { readonly owner: { query(text: string, values: unknown[]): Promise<unknown> } },
  at: string,
  sold: number,
): Promise<void> {
  await owner.query("alter table inv.variant disable trigger user", [])
  await owner.query(
    `update inv.variant set sold = $2 where variant_id in (
       select v.id from catalogue.variant v join catalogue.showtime s on s.id = v.showtime_id where s.starts_local = $1::timestamp)`,
    [at, sold],
  )
}
