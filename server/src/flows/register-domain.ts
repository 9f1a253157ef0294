import { walletDomainOf } from "#core/wallet-domain.ts"
import type { Deps } from "#flows/deps.ts"
import { type Tx, withTx } from "#store/db.ts"
import { enqueue } from "#store/queue.ts"
import { findWalletDomain, saveWalletDomain, wantWalletDomains } from "#store/wallet-domains.ts"

/** Sites that may embed from now on: their domains are registered by jobs, each once. */
export async function wantWallets(tx: Tx, origins: readonly string[]): Promise<void> {
  const domains = origins.flatMap((origin) => walletDomainOf(origin) ?? [])
  for (const domain of await wantWalletDomains(tx, domains))
    await enqueue(tx, "register-domain", { domain })
}

/** Makes wallets appear on the pages of a domain. Safe to repeat; throws while the provider does not answer, and the job comes back. */
export async function registerDomain(
  deps: Pick<Deps, "pool" | "payments" | "log">,
  { domain }: { readonly domain: string },
): Promise<void> {
  const known = await findWalletDomain(deps.pool.db, domain)
  if (!known || known.status === "enabled") return
  const answer = await deps.payments.registerDomain(domain)
  switch (answer.result) {
    case "ok": {
      const { id: providerId, enabled } = answer.value
      const status = enabled ? "enabled" : "disabled"
      return withTx(deps.pool, (tx) => saveWalletDomain(tx, domain, { status, providerId }))
    }
    case "declined":
    case "rejected": {
      const { code: error } = answer
      deps.log.warn({ domain, code: error }, "the provider refused a domain: no wallets there")
      return withTx(deps.pool, (tx) => saveWalletDomain(tx, domain, { status: "refused", error }))
    }
    case "retry":
    case "unknown":
    case "unauthorised":
    case "idempotency-mismatch":
      throw new Error(`domain ${domain} is not registered yet: ${answer.code}`)
  }
}
