import { eq } from "drizzle-orm"
import type { Ticket } from "#core/order.ts"
import type { Tx } from "#store/db.ts"
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

/** The order's tickets open no door any more. */
export async function voidTickets(tx: Tx, orderId: string): Promise<void> {
  await tx.update(tickets).set({ state: "void" }).where(eq(tickets.orderId, orderId))
}
