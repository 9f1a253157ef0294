import { type Actor, forbidden, type Forbidden, may } from "#core/role.ts"
import { type EventState, eventStateOf } from "#core/event-state.ts"
import type { Pool } from "#store/db.ts"
import {
  type EventRow,
  type EventSales,
  listEventRows,
  listEventSales,
  listEventStock,
  type Sold,
} from "#store/event-figures.ts"

export type EventsTab = "current" | "on-sale" | "drafts" | "past"

export type SeenEvent = EventRow & {
  readonly state: EventState
  /** Tickets of the dates shown; absent: nothing is counted. */
  readonly stock?: Sold
  readonly sales: readonly EventSales[]
}

export type SeenEvents = {
  readonly outcome: "seen"
  readonly events: readonly SeenEvent[]
  /** How many each tab has. */
  readonly counts: Readonly<Record<EventsTab, number>>
  readonly pages: number
}

export const eventsPerPage = 25

/** A tab of an account's events; `page` counts from 1. Those to come soonest first, without dates last; past ones newest first. */
export async function seeEvents(
  { pool, now }: { readonly pool: Pool; readonly now: () => Date },
  actor: Actor,
  wish: { readonly tab: EventsTab; readonly page: number },
): Promise<SeenEvents | Forbidden> {
  if (!may(actor, "see-events")) return forbidden("see-events")
  const { accountId } = actor
  const stock = await listEventStock(pool.db, accountId)
  const rows = (await listEventRows(pool.db, accountId)).map((row) => {
    const own = stock.get(row.id)
    const state = eventStateOf({ ...row, ...(own && { stock: own }) }, now().toISOString())
    return { ...row, state, ...(own && { stock: own }) }
  })
  const inTab = (tab: EventsTab) => rows.filter(({ state }) => isIn(tab, state))
  const all = inTab(wish.tab).toSorted(wish.tab === "past" ? latestFirst : soonestFirst)
  const shown = all.slice((wish.page - 1) * eventsPerPage, wish.page * eventsPerPage)
  const sales = await listEventSales(
    pool.db,
    accountId,
    shown.map(({ slug }) => slug),
  )
  return {
    outcome: "seen",
    events: shown.map((row) => ({ ...row, sales: sales.get(row.slug) ?? [] })),
    counts: {
      current: inTab("current").length,
      "on-sale": inTab("on-sale").length,
      drafts: inTab("drafts").length,
      past: inTab("past").length,
    },
    pages: Math.max(1, Math.ceil(all.length / eventsPerPage)),
  }
}

/** Local times compare as texts. */
function soonestFirst(a: EventRow, b: EventRow): number {
  const [one, other] = [a.dates[0] ?? "9999", b.dates[0] ?? "9999"]
  return one < other ? -1 : one > other ? 1 : 0
}

function latestFirst(a: EventRow, b: EventRow): number {
  const [one, other] = [a.dates.at(-1) ?? "", b.dates.at(-1) ?? ""]
  return one < other ? 1 : one > other ? -1 : 0
}

function isIn(tab: EventsTab, state: EventState): boolean {
  switch (tab) {
    case "current":
      return state !== "past"
    case "on-sale":
      return state === "on-sale" || state === "sold-out"
    case "drafts":
      return state === "draft"
    case "past":
      return state === "past"
  }
}
