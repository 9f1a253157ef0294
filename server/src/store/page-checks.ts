import { and, eq, sql } from "drizzle-orm"
import type { Finding } from "#core/page-check.ts"
import type { Db } from "#store/db.ts"
import { pageChecks } from "#store/schema.ts"

/** The last look at an organizer's page. */
export type PageCheck = {
  readonly address: string
  readonly findings: readonly Finding[]
  readonly checkedAt: string
}

export async function savePageCheck(
  db: Db,
  accountId: string,
  widgetSlug: string,
  check: PageCheck,
): Promise<void> {
  const { address, findings, checkedAt } = check
  await db
    .insert(pageChecks)
    .values({ accountId, widgetSlug, address, findings, checkedAt })
    .onConflictDoUpdate({
      target: [pageChecks.accountId, pageChecks.widgetSlug],
      set: {
        address: sql`excluded.address`,
        findings: sql`excluded.findings`,
        checkedAt: sql`excluded.checked_at`,
      },
    })
}

export async function findPageCheck(
  db: Db,
  accountId: string,
  widgetSlug: string,
): Promise<PageCheck | undefined> {
  const rows = await db
    .select()
    .from(pageChecks)
    .where(and(eq(pageChecks.accountId, accountId), eq(pageChecks.widgetSlug, widgetSlug)))
  const [row] = rows
  return (
    row && {
      address: row.address,
      findings: row.findings as Finding[],
      checkedAt: row.checkedAt,
    }
  )
}
