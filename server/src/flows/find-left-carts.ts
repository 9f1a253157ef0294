import type { Deps } from "#flows/deps.ts"
import { noteLeftCarts } from "#store/cart-recoveries.ts"
import { withTx } from "#store/db.ts"
import { enqueue } from "#store/queue.ts"

/** How long a cart is left alone before its shopper is written to, how long the link is good, and how old a cart may be. */
const patience = { leftForMinutes: 30, linkDays: 7, begunWithinHours: 48 } as const

/** Looks for carts left behind with an e-mail, where the organizer wants to write about them: each becomes one mail. */
export async function findLeftCarts(
  { pool, now }: Pick<Deps, "pool" | "now">,
  limit = 100,
): Promise<void> {
  await withTx(pool, async (tx) => {
    const left = await noteLeftCarts(tx, { now: now().toISOString(), ...patience, limit })
    for (const cart of left) await enqueue(tx, "send-recovery", cart)
  })
}
