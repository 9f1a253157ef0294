import { eq, inArray, ne, sql } from "drizzle-orm"
import type { Db, Tx } from "#store/db.ts"
import { walletDomains } from "#store/schema.ts"

export type WalletDomain = {
  readonly domain: string
  readonly status: WalletStatus
}

/** "pending" until the provider has answered; "refused" for good. */
export type WalletStatus = "pending" | "enabled" | "disabled" | "refused"

/** Notes that a domain is to be registered; answers those that nobody has asked for yet. */
export async function wantWalletDomains(tx: Tx, domains: readonly string[]): Promise<string[]> {
  if (domains.length === 0) return []
  const wanted = await tx
    .insert(walletDomains)
    .values([...new Set(domains)].toSorted().map((domain) => ({ domain })))
    .onConflictDoNothing()
    .returning({ domain: walletDomains.domain })
  return wanted.map(({ domain }) => domain)
}

export async function findWalletDomain(db: Db, domain: string): Promise<WalletDomain | undefined> {
  const [row] = await db.select().from(walletDomains).where(eq(walletDomains.domain, domain))
  return row && { domain, status: row.status as WalletStatus }
}

/** Those of `domains` that were ever asked for, with what the provider said. */
export async function listWalletDomains(
  db: Db,
  domains: readonly string[],
): Promise<(WalletDomain & { readonly error: string | null })[]> {
  if (domains.length === 0) return []
  const rows = await db
    .select()
    .from(walletDomains)
    .where(inArray(walletDomains.domain, [...domains]))
  return rows.map(({ domain, status, error }) => ({
    domain,
    status: status as WalletStatus,
    error,
  }))
}

/** Makes a domain one to be registered, whatever became of it before; what is registered stays so. */
export async function retryWalletDomain(tx: Tx, domain: string): Promise<void> {
  await tx
    .insert(walletDomains)
    .values({ domain })
    .onConflictDoUpdate({
      target: walletDomains.domain,
      set: { status: "pending", error: null },
      setWhere: ne(walletDomains.status, "enabled"),
    })
}

export type WalletChange = {
  readonly status: WalletStatus
  readonly providerId?: string
  /** The provider's code. */
  readonly error?: string
}

export async function saveWalletDomain(tx: Tx, domain: string, change: WalletChange) {
  const { status, providerId = null, error = null } = change
  const checkedAt = sql`clock_timestamp()` as never
  await tx
    .update(walletDomains)
    .set({ status, providerId, error, checkedAt })
    .where(eq(walletDomains.domain, domain))
}
