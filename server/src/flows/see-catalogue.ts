import type { CatalogueFile } from "#core/catalogue-file.ts"
import { type Actor, forbidden, type Forbidden, may, type Permission } from "#core/role.ts"
import { fileOf, loadCatalogue } from "#flows/load-catalogue.ts"
import { findAccountSlug, shareCatalogue } from "#store/catalogue.ts"
import { type Pool, withTx } from "#store/db.ts"

export type SeenCatalogue = { readonly outcome: "seen"; readonly file: CatalogueFile } | Forbidden

/**
 * The account's catalogue, to be shown to who edits it. `events`: the slugs of those whose showtimes and products are needed; the others
 * come without theirs. Absent: all.
 */
export async function seeCatalogue(
  { pool }: { readonly pool: Pool },
  actor: Actor,
  { permission, events }: { readonly permission: Permission; readonly events?: readonly string[] },
): Promise<SeenCatalogue> {
  if (!may(actor, permission)) return forbidden(permission)
  return withTx(pool, async (tx) => {
    await shareCatalogue(tx, actor.accountId)
    const slug = await findAccountSlug(tx, actor.accountId)
    if (slug === undefined) throw new Error(`there is no account ${actor.accountId}`)
    const known = await loadCatalogue(tx, { id: actor.accountId, slug }, events)
    return { outcome: "seen", file: fileOf(known) }
  })
}
