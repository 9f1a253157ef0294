import { desc, eq } from "drizzle-orm"
import type { Db } from "#store/db.ts"
import { outboxMails } from "#store/schema.ts"

/** A mail that was kept instead of sent. */
export type KeptMail = {
  readonly id: string
  readonly toAddress: string
  readonly subject: string
  readonly html: string
  readonly text: string
  readonly attachments: readonly KeptAttachment[]
}

export type KeptAttachment = {
  readonly filename: string
  readonly contentType: string
  readonly content: string
}

/** The same id twice is one mail. */
export async function keepMail(db: Db, mail: KeptMail): Promise<void> {
  await db.insert(outboxMails).values(mail).onConflictDoNothing()
}

/** The newest first. */
export async function listKeptMails(
  db: Db,
  limit: number,
): Promise<(KeptMail & { readonly at: string })[]> {
  const rows = await db.select().from(outboxMails).orderBy(desc(outboxMails.at)).limit(limit)
  return rows.map(read)
}

export async function findKeptMail(db: Db, id: string) {
  const [row] = await db.select().from(outboxMails).where(eq(outboxMails.id, id))
  return row && read(row)
}

function read(row: typeof outboxMails.$inferSelect) {
  return { ...row, attachments: row.attachments as readonly KeptAttachment[] }
}
