import { and, asc, desc, eq, gte, sql } from "drizzle-orm"
import type { Db, Tx } from "#store/db.ts"
import { accounts, pictures } from "#store/schema.ts"

/** One width of a picture, as WebP. */
export type Rendition = {
  readonly width: number
  readonly height: number
  readonly bytes: Uint8Array
}

/** Keeps a picture under its content's name. Kept already: nothing changes. */
export async function savePicture(
  tx: Tx,
  accountId: string,
  hash: string,
  renditions: readonly Rendition[],
): Promise<void> {
  await tx
    .insert(pictures)
    .values(renditions.map((each) => ({ accountId, hash, ...each })))
    .onConflictDoNothing()
}

export async function countPictures(db: Db, accountId: string): Promise<number> {
  const rows = await db
    .select({ count: sql<number>`count(distinct ${pictures.hash})::int` })
    .from(pictures)
    .where(eq(pictures.accountId, accountId))
  return rows[0]?.count ?? 0
}

/** The narrowest rendition of at least that width, or the widest there is. */
export async function findPicture(
  db: Db,
  accountSlug: string,
  hash: string,
  leastWidth: number,
): Promise<Uint8Array | undefined> {
  const wide = gte(pictures.width, leastWidth)
  const rows = await db
    .select({ bytes: pictures.bytes })
    .from(pictures)
    .innerJoin(accounts, eq(accounts.id, pictures.accountId))
    .where(and(eq(accounts.slug, accountSlug), eq(pictures.hash, hash)))
    .orderBy(
      desc(wide),
      asc(sql`case when ${wide} then ${pictures.width} else -${pictures.width} end`),
    )
    .limit(1)
  return rows[0]?.bytes
}
