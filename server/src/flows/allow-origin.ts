import { wantWallets } from "#flows/register-domain.ts"
import { raiseCatalogueRev, saveAllowedOrigin } from "#store/catalogue.ts"
import { type Pool, withTx } from "#store/db.ts"
import type { Storefronts } from "./storefronts.ts"

export type AllowOriginDeps = {
  readonly pool: Pool
  readonly storefronts: Pick<Storefronts, "refresh">
}

/** Lets a site (`https://www.example.com`) embed an account's widgets, with wallets. Nothing happens when it already may. */
export async function allowOrigin(
  deps: AllowOriginDeps,
  accountId: string,
  origin: string,
): Promise<void> {
  const isNew = await withTx(deps.pool, async (tx) => {
    const added = await saveAllowedOrigin(tx, accountId, origin)
    if (!added) return false
    await raiseCatalogueRev(tx, accountId)
    await wantWallets(tx, [origin])
    return true
  })
  if (isNew) await deps.storefronts.refresh()
}
