import { type Actor, forbidden, type Forbidden, may } from "#core/role.ts"
import type { Deps } from "#flows/deps.ts"
import { type PixelHealth, readPixelHealth } from "#store/reports.ts"

const dayMs = 24 * 60 * 60 * 1000

/** What became of the last day's conversions, by destination: beside the form that says where they go. */
export async function seePixelHealth(
  { pool, now }: Pick<Deps, "pool" | "now">,
  actor: Actor,
): Promise<{ readonly outcome: "seen"; readonly health: readonly PixelHealth[] } | Forbidden> {
  if (!may(actor, "edit-settings")) return forbidden("edit-settings")
  const since = new Date(now().getTime() - dayMs).toISOString()
  return { outcome: "seen", health: await readPixelHealth(pool.db, actor.accountId, since) }
}
