import { and, desc, eq, isNull, lt, notInArray, or, sql } from "drizzle-orm"
import type { FoundEvent } from "#core/found-event.ts"
import type { Db } from "#store/db.ts"
import { foundEvents } from "#store/schema.ts"

/** What was found on a page or in a file, kept until its organizer has looked through it. */
export type KeptFind = {
  readonly id: string
  /** The page's address, or the file's name. */
  readonly source: string
  readonly found: readonly FoundEvent[]
  /** What of its source was not read, as sentences. */
  readonly notes: readonly string[]
  readonly createdAt: string
  /** When it became events. */
  readonly takenAt?: string
}

const keptDays = 30
const mostKept = 20

/** Keeps it, and forgets what the account has left lying for a month, and all but the newest few. */
export async function keepFind(
  db: Db,
  accountId: string,
  foundBy: string,
  find: Pick<KeptFind, "id" | "source" | "found" | "notes" | "createdAt">,
): Promise<void> {
  const { found: events, notes, ...about } = find
  await db.insert(foundEvents).values({ ...about, found: { events, notes }, accountId, foundBy })
  const newest = db
    .select({ id: foundEvents.id })
    .from(foundEvents)
    .where(eq(foundEvents.accountId, accountId))
    .orderBy(desc(foundEvents.createdAt), desc(foundEvents.id))
    .limit(mostKept)
  await db
    .delete(foundEvents)
    .where(
      and(
        eq(foundEvents.accountId, accountId),
        or(
          lt(foundEvents.createdAt, sql`clock_timestamp() - make_interval(days => ${keptDays})`),
          notInArray(foundEvents.id, newest),
        ),
      ),
    )
}

export async function findKept(
  db: Db,
  accountId: string,
  id: string,
): Promise<KeptFind | undefined> {
  const rows = await db
    .select()
    .from(foundEvents)
    .where(and(eq(foundEvents.accountId, accountId), eq(foundEvents.id, id)))
  const [row] = rows
  return (
    row && {
      id: row.id,
      source: row.source,
      ...partsOf(row.found as Stored),
      createdAt: row.createdAt,
      ...(row.takenAt !== null && { takenAt: row.takenAt }),
    }
  )
}

type Stored =
  | readonly FoundEvent[]
  | { readonly events: readonly FoundEvent[]; readonly notes: readonly string[] }

/** What was kept before there were notes is its events alone. */
function partsOf(stored: Stored): Pick<KeptFind, "found" | "notes"> {
  return "events" in stored
    ? { found: stored.events, notes: stored.notes }
    : { found: stored, notes: [] }
}

/** Whether it is still there to be taken, and from now on is not: of two presses one counts. */
export async function takeFind(db: Db, accountId: string, id: string): Promise<boolean> {
  const rows = await db
    .update(foundEvents)
    .set({ takenAt: sql`clock_timestamp()` })
    .where(
      and(
        eq(foundEvents.accountId, accountId),
        eq(foundEvents.id, id),
        isNull(foundEvents.takenAt),
      ),
    )
    .returning({ id: foundEvents.id })
  return rows.length > 0
}

/** Nothing came of it after all. */
export async function giveBackFind(db: Db, accountId: string, id: string): Promise<void> {
  await db
    .update(foundEvents)
    .set({ takenAt: null })
    .where(and(eq(foundEvents.accountId, accountId), eq(foundEvents.id, id)))
}
