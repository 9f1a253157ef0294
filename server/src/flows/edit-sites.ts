import type { CatalogueFile } from "#core/catalogue-file.ts"
import { type Actor, forbidden, type Forbidden, may } from "#core/role.ts"
import { walletDomainOf } from "#core/wallet-domain.ts"
import type { Deps } from "#flows/deps.ts"
import {
  type CatalogueEdit,
  type Edited,
  editCatalogue,
  type EditDeps,
} from "#flows/edit-catalogue.ts"
import { withTx } from "#store/db.ts"
import { enqueue } from "#store/queue.ts"
import { listWalletDomains, retryWalletDomain, type WalletStatus } from "#store/wallet-domains.ts"

/** A site that may show the account's widgets, and whether wallets (Apple Pay, Google Pay) can be shown there. */
export type SeenSite = {
  readonly origin: string
  /** Absent where wallets never are: on this machine's own names and plain http. */
  readonly domain?: string
  /** "unknown": nobody has asked the provider yet. */
  readonly wallets?: WalletStatus | "unknown"
  /** The provider's code, when it refused. */
  readonly error?: string
}

export async function seeSites(
  { pool, storefronts }: Pick<Deps, "pool" | "storefronts">,
  actor: Actor,
): Promise<{ readonly outcome: "seen"; readonly sites: readonly SeenSite[] } | Forbidden> {
  if (!may(actor, "edit-settings")) return forbidden("edit-settings")
  const shop = await storefronts.fresh(pool.db, actor.accountId)
  const origins = [...shop.allowedOrigins].toSorted()
  const domains = origins.flatMap((origin) => walletDomainOf(origin) ?? [])
  const known = new Map(
    (await listWalletDomains(pool.db, domains)).map((each) => [each.domain, each]),
  )
  const sites = origins.map((origin): SeenSite => {
    const domain = walletDomainOf(origin)
    if (domain === undefined) return { origin }
    const row = known.get(domain)
    return {
      origin,
      domain,
      wallets: row?.status ?? "unknown",
      ...(row?.error && { error: row.error }),
    }
  })
  return { outcome: "seen", sites }
}

/** Lets a site show the account's widgets; nothing changes when it already may. Asked for with the settings, or where a widget is placed. */
export function addSite(
  deps: EditDeps,
  actor: Actor,
  origin: string,
  permission: "edit-settings" | "edit-widgets",
): Promise<Edited> {
  const edit = { permission, action: "site.added", subject: `site:${origin}` }
  return editOrigins(deps, actor, edit, (origins) =>
    origins.includes(origin) ? origins : [...origins, origin],
  )
}

/** Open widgets there are told that they may not be shown; carts and orders stay. */
export function removeSite(deps: EditDeps, actor: Actor, origin: string): Promise<Edited> {
  const permission = "edit-settings"
  const edit = { permission, action: "site.removed", subject: `site:${origin}` } as const
  return editOrigins(deps, actor, edit, (origins) => origins.filter((each) => each !== origin))
}

function editOrigins(
  deps: EditDeps,
  actor: Actor,
  edit: Pick<CatalogueEdit, "permission" | "action" | "subject">,
  change: (origins: readonly string[]) => readonly string[],
): Promise<Edited> {
  return editCatalogue(deps, actor, {
    ...edit,
    events: [],
    edit: (file: CatalogueFile) => ({
      ...file,
      account: { ...file.account, allowedOrigins: change(file.account.allowedOrigins ?? []) },
    }),
  })
}

/** Asks the provider again for a site's wallets. Unknown: no such site, or none that could have wallets. */
export async function retryWallets(
  { pool, storefronts }: Pick<Deps, "pool" | "storefronts">,
  actor: Actor,
  origin: string,
): Promise<{ readonly outcome: "asked" | "unknown" } | Forbidden> {
  if (!may(actor, "edit-settings")) return forbidden("edit-settings")
  const shop = await storefronts.fresh(pool.db, actor.accountId)
  const domain = shop.allowedOrigins.has(origin) ? walletDomainOf(origin) : undefined
  if (domain === undefined) return { outcome: "unknown" }
  await withTx(pool, async (tx) => {
    await retryWalletDomain(tx, domain)
    await enqueue(tx, "register-domain", { domain })
  })
  return { outcome: "asked" }
}
