import { mostHeldPerCart } from "#core/hold.ts"
import { remainingOf, type Stock } from "#core/inventory.ts"
import type { Pool } from "#store/db.ts"
import { listStock } from "#store/inventory.ts"

/** What is left of every variant, as the screens show it: kept per account, not read once per shopper. */
export type StockBoard = {
  /**
   * Left to sell by variant id, as many as a cart can hold at most; unlimited variants are absent. The same object until a number in it changes. Read anew when
   * it is `freshForMs` old, which bounds what another process sold meanwhile.
   */
  remaining(accountId: string): Promise<ReadonlyMap<string, number>>
  /** Rises whenever a number changes that a screen can show; 0 before anybody looked. */
  revOf(accountId: string): number
  /** Heads as they were just committed in this process. */
  learn(stocks: readonly Stock[]): void
  /** Stock of the account moved in a way that nobody could tell the board: the next look reads again. */
  forget(accountId: string): void
}

type Account = {
  readonly heads: Map<string, Stock>
  shown: ReadonlyMap<string, number>
  rev: number
  readAtMs: number
  reading?: Promise<void>
}

const freshForMs = 1000

export function openStockBoard(pool: Pool, nowMs: () => number): StockBoard {
  const accounts = new Map<string, Account>()
  const owners = new Map<string, Account>()

  async function read(accountId: string, account: Account): Promise<void> {
    account.readAtMs = nowMs()
    try {
      const stocks = await listStock(pool.db, accountId)
      for (const { variantId } of stocks) owners.set(variantId, account)
      note(account, stocks)
    } catch (error) {
      account.readAtMs = -Infinity
      throw error
    }
  }

  return {
    async remaining(accountId) {
      const account = accounts.get(accountId) ?? unread()
      accounts.set(accountId, account)
      const isStale = account.readAtMs + freshForMs <= nowMs()
      if (isStale) account.reading = read(accountId, account)
      await account.reading
      return account.shown
    },
    revOf: (accountId) => accounts.get(accountId)?.rev ?? 0,
    learn(stocks) {
      const byAccount = Map.groupBy(stocks, ({ variantId }) => owners.get(variantId))
      for (const [account, own] of byAccount) if (account) note(account, own)
    },
    forget(accountId) {
      const account = accounts.get(accountId)
      if (account) account.readAtMs = -Infinity
    },
  }
}

function unread(): Account {
  return { heads: new Map(), shown: new Map(), rev: 0, readAtMs: -Infinity }
}

/** What was read may be older than what was learned while it was on its way: only newer heads count. */
function note(account: Account, stocks: readonly Stock[]): void {
  const { heads, shown } = account
  const news = stocks.filter((stock) => (heads.get(stock.variantId)?.version ?? -1) < stock.version)
  for (const stock of news) heads.set(stock.variantId, stock)
  const isSeen = news.some((stock) => shown.get(stock.variantId) !== shownOf(stock))
  if (!isSeen && account.rev > 0) return
  account.shown = new Map([
    ...shown,
    ...news.map((each) => [each.variantId, shownOf(each)] as const),
  ])
  account.rev += 1
}

/** More than a cart can hold is never said and changes nobody's screen. */
function shownOf(stock: Stock): number {
  return Math.min(remainingOf(stock), mostHeldPerCart)
}
