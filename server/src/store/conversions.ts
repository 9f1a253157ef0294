import { and, eq, sql } from "drizzle-orm"
import type { Destination } from "@foyer/shared/conversion"
import type { Db, Tx } from "#store/db.ts"
import { conversions } from "#store/schema.ts"

export type ConversionOutcome = "fired" | "no-consent" | "missing-library"

/** One row for each destination that the organizer reports to, as the order is paid. */
export async function insertConversions(
  tx: Tx,
  order: { readonly id: string; readonly accountId: string },
  destinations: readonly Destination[],
): Promise<void> {
  if (destinations.length === 0) return
  const rows = destinations.map((destination) => ({
    orderId: order.id,
    accountId: order.accountId,
    destination,
  }))
  await tx.insert(conversions).values(rows).onConflictDoNothing()
}

/**
 * Hands an order's conversions to one page, so that a second tab does not fire them too. What was handed out 30 seconds ago and
 * never acknowledged is handed out again: that page is gone. Its id is the same, so the vendor counts it once.
 */
export async function claimConversions(db: Db, orderId: string): Promise<Destination[]> {
  const rows = await db
    .update(conversions)
    .set({ state: "handed_out", handedOutAt: sql`clock_timestamp()` as never })
    .where(
      and(
        eq(conversions.orderId, orderId),
        sql`(${conversions.state} = 'pending' or (${conversions.state} = 'handed_out'
          and ${conversions.handedOutAt} < clock_timestamp() - interval '30 seconds'))`,
      ),
    )
    .returning({ destination: conversions.destination })
  return rows.map((row) => row.destination as Destination)
}

/** Writes down what the page did. `fired` is final; the other outcomes may still turn into it. */
export async function acknowledgeConversion(
  tx: Tx,
  orderId: string,
  destination: Destination,
  outcome: ConversionOutcome,
): Promise<void> {
  const state = outcome === "fired" ? "acknowledged" : "skipped"
  await tx
    .update(conversions)
    .set({ state, outcome, acknowledgedAt: sql`clock_timestamp()` as never })
    .where(
      and(
        eq(conversions.orderId, orderId),
        eq(conversions.destination, destination),
        sql`${conversions.state} <> 'acknowledged'`,
      ),
    )
}
