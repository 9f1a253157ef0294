import { type Actor, forbidden, type Forbidden, may } from "#core/role.ts"
import type { ReportDeps } from "#flows/read-report.ts"
import { type PixelHealth, readPixelHealth } from "#store/reports.ts"

/** What became of the conversions of the last days, by destination. */
export async function readPixels(
  { reports, now }: ReportDeps,
  actor: Actor,
  days: number,
): Promise<{ readonly outcome: "pixels"; readonly pixels: readonly PixelHealth[] } | Forbidden> {
  if (!may(actor, "see-reports")) return forbidden("see-reports")
  const since = new Date(now().getTime() - days * 86_400_000).toISOString()
  return {
    outcome: "pixels",
    pixels: await readPixelHealth(reports.db, actor.accountId, since),
  }
}
