import { readSearchText } from "#core/order-search.ts"
import { type Actor, forbidden, type Forbidden, may } from "#core/role.ts"
import type { Deps } from "#flows/deps.ts"
import { recordAudit } from "#store/audit.ts"
import { withTx } from "#store/db.ts"
import { findOrderByNumber } from "#store/orders.ts"
import {
  findNumberOfTicket,
  type ListedOrder,
  listOrders,
  listSoldEvents,
  type OrderFilter,
  type OrderPage,
} from "#store/order-list.ts"

export type OrderSearch = Omit<OrderFilter, "words"> & {
  /** As it was typed. */
  readonly text: string
}

export type FoundOrders =
  | {
      readonly outcome: "found"
      readonly orders: readonly ListedOrder[]
      readonly hasOlder: boolean
      readonly hasNewer: boolean
      readonly events: readonly { readonly slug: string; readonly title: string }[]
    }
  /** The text names one order, by its number or by one of its tickets. */
  | { readonly outcome: "one"; readonly number: string }
  | Forbidden

export const ordersPerPage = 50

/** The orders of an account that fit, newest first, a page at a time. */
export async function findOrders(
  { pool }: Pick<Deps, "pool">,
  actor: Actor,
  search: OrderSearch,
  page: Omit<OrderPage, "limit">,
): Promise<FoundOrders> {
  if (!may(actor, "see-orders")) return forbidden("see-orders")
  const { text, ...filter } = search
  const { number, ticketCode, words } = readSearchText(text)
  const one = await findExact({ pool }, actor.accountId, number, ticketCode)
  if (one !== undefined) return { outcome: "one", number: one }
  const wished = { ...page, limit: ordersPerPage + 1 }
  const [listed, events] = await Promise.all([
    listOrders(pool.db, actor.accountId, { ...filter, words }, wished),
    listSoldEvents(pool.db, actor.accountId),
  ])
  const hasMore = listed.length > ordersPerPage
  const isNewer = page.after !== undefined
  const orders = isNewer ? listed.slice(-ordersPerPage) : listed.slice(0, ordersPerPage)
  return {
    outcome: "found",
    orders,
    hasOlder: isNewer || hasMore,
    hasNewer: isNewer ? hasMore : page.before !== undefined,
    events,
  }
}

async function findExact(
  { pool }: Pick<Deps, "pool">,
  accountId: string,
  number: string | undefined,
  ticketCode: string | undefined,
): Promise<string | undefined> {
  if (number !== undefined && (await findOrderByNumber(pool.db, accountId, number))) return number
  return ticketCode === undefined ? undefined : findNumberOfTicket(pool.db, accountId, ticketCode)
}

const exportedAtOnce = 1000

/**
 * Every order that fits, newest first, a page at a time: whoever reads decides when the one after the next is asked for, so that a million of
 * them take no more memory than two pages. That somebody took them along is written down, without the words they looked for.
 */
export async function exportOrders(
  { pool }: Pick<Deps, "pool">,
  actor: Actor,
  search: OrderSearch,
): Promise<
  Forbidden | { readonly outcome: "pages"; readonly pages: AsyncGenerator<readonly ListedOrder[]> }
> {
  if (!may(actor, "export-orders")) return forbidden("export-orders")
  const { accountId, userId: personId } = actor
  const { text, ...filter } = search
  const after = { ...filter, isSearched: text !== "" }
  await withTx(pool, (tx) =>
    recordAudit(tx, { accountId, personId, action: "orders.exported", subject: "orders", after }),
  )
  const { words } = readSearchText(text)
  return { outcome: "pages", pages: pagesOf(pool.db, accountId, { ...filter, words }) }
}

async function* pagesOf(
  db: Deps["pool"]["db"],
  accountId: string,
  filter: OrderFilter,
): AsyncGenerator<readonly ListedOrder[]> {
  const ask = (before?: string) => {
    const page = listOrders(db, accountId, filter, { limit: exportedAtOnce, before })
    // Nobody may be left to hear of a fault in a page that was asked for ahead.
    page.catch(() => undefined)
    return page
  }
  for (let next: Promise<readonly ListedOrder[]> | undefined = ask(); next;) {
    const listed: readonly ListedOrder[] = await next
    const last: string | undefined = listed.length < exportedAtOnce ? undefined : listed.at(-1)?.id
    next = last === undefined ? undefined : ask(last)
    yield listed
  }
}
