import { fileOf, loadCatalogue } from "#flows/load-catalogue.ts"
import { findAccountId, lockCatalogue } from "#store/catalogue.ts"
import { type Pool, withTx } from "#store/db.ts"

/** An account's catalogue as the text of a file that imports to no change; undefined without such an account. */
export async function exportCatalogue(
  { pool }: { readonly pool: Pool },
  accountSlug: string,
): Promise<string | undefined> {
  return withTx(pool, async (tx) => {
    const id = await findAccountId(tx, accountSlug)
    if (id === undefined) return undefined
    await lockCatalogue(tx, id)
    const known = await loadCatalogue(tx, { id, slug: accountSlug })
    return `${JSON.stringify(fileOf(known), null, 2)}\n`
  })
}
