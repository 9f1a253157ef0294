import type { Pool } from "pg"
import type { SandboxKeys } from "./call.ts"
import { randomText } from "./identifiers.ts"

/** The keys of this installation: made once, then kept, so that a restarted server finds the sandbox it knew. */
export async function keepKeys(pool: Pool, given: Partial<SandboxKeys>): Promise<SandboxKeys> {
  const keys: SandboxKeys = {
    secretKey: await keepSetting(pool, "secret_key", `sk_test_${randomText(32)}`),
    publishableKey: await keepSetting(pool, "publishable_key", `pk_test_${randomText(32)}`),
    webhookSecret: await keepSetting(pool, "webhook_secret", `whsec_${randomText(32)}`),
  }
  return { ...keys, ...given }
}

async function keepSetting(pool: Pool, name: string, fresh: string): Promise<string> {
  await pool.query("insert into setting (name, value) values ($1, $2) on conflict do nothing", [
    name,
    fresh,
  ])
  const { rows } = await pool.query<{ value: string }>(
    "select value from setting where name = $1",
    [name],
  )
  return rows[0]?.value ?? fresh
}
