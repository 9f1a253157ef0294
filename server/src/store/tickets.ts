import { asc, eq, inArray } from "drizzle-orm"
import type { Ticket } from "#core/order.ts"
import type { Db, Tx } from "#store/db.ts"
import { tickets } from "#store/schema.ts"

/** A ticket's code is unique over all accounts: a clash throws, and the transaction is tried again with other codes. */
export async function insertTickets(
  tx: Tx,
  order: { readonly id: string; readonly accountId: string },
  issued: readonly Omit<Ticket, "state">[],
): Promise<void> {
  if (issued.length === 0) return
  const rows = issued.map((ticket) => ({
    ...ticket,
    accountId: order.accountId,
    orderId: order.id,
  }))
  await tx.insert(tickets).values(rows)
}

export async function listTakenCodes(tx: Tx, codes: readonly string[]): Promise<string[]> {
  const rows = await tx
    .select({ code: tickets.code })
    .from(tickets)
    .where(inArray(tickets.code, [...codes]))
  return rows.map((row) => row.code)
}

export async function listTickets(db: Db, orderId: string): Promise<Ticket[]> {
  const { id, lineNo, seq, code, state } = tickets
  const rows = await db
    .select({ id, lineNo, seq, code, state })
    .from(tickets)
    .where(eq(tickets.orderId, orderId))
    .orderBy(asc(lineNo), asc(seq))
  return rows.map((row) => ({ ...row, state: row.state as Ticket["state"] }))
}
