import { listRemaining } from "#store/inventory.ts"
import type { Pool } from "#store/db.ts"

/** What is left of every variant, as the screens show it: read once per account and change, not once per shopper. */
export type StockBoard = {
  /** Left to sell by variant id; unlimited variants are absent. At most `freshForMs` old when another process sold. */
  remaining(accountId: string): Promise<ReadonlyMap<string, number>>
  /** Something of the account was held, released or sold: the next look reads again. */
  forget(accountId: string): void
}

type Entry = { readonly read: Promise<ReadonlyMap<string, number>>; readonly staleAtMs: number }

/** How long a number may stand when nobody said that it changed: bounds what another process sold meanwhile. */
const freshForMs = 1000

export function openStockBoard(pool: Pool, nowMs: () => number): StockBoard {
  const entries = new Map<string, Entry>()
  return {
    remaining(accountId) {
      const known = entries.get(accountId)
      if (known && known.staleAtMs > nowMs()) return known.read
      const read = listRemaining(pool.db, accountId)
      entries.set(accountId, { read, staleAtMs: nowMs() + freshForMs })
      read.catch(() => entries.delete(accountId))
      return read
    },
    forget: (accountId) => void entries.delete(accountId),
  }
}
