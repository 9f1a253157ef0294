import { dayAfter, startOfDay } from "#core/order-search.ts"
import { type Actor, forbidden, type Forbidden, may } from "#core/role.ts"
import { instantOf, localOf } from "#core/schedule.ts"
import { walletDomainOf } from "#core/wallet-domain.ts"
import type { Deps } from "#flows/deps.ts"
import { type ListedOrder, listOrders } from "#store/order-list.ts"
import {
  countWaiting,
  listNextShows,
  listPixelFailures,
  listShowSales,
  listSoldHours,
  type NextShow,
  type PixelFailures,
  type ShowSales,
  type SoldHour,
  type Waiting,
} from "#store/today.ts"
import { findWalletDomain } from "#store/wallet-domains.ts"

export type Today = {
  readonly outcome: "seen"
  /** Days of the account's calendar: today, and the same weekday before. */
  readonly day: string
  readonly dayBefore: string
  /** The hour that is not over. */
  readonly hour: number
  readonly hours: readonly SoldHour[]
  /** Sold by this time of the day before, by currency. */
  readonly soldByNowBefore: ReadonlyMap<string, number>
  readonly latest: readonly ListedOrder[]
  readonly shows: readonly (NextShow & { readonly sales: readonly ShowSales[] })[]
  readonly waiting: Waiting
  readonly pixelFailures: readonly PixelFailures[]
  /** No site may show the account's tickets yet. */
  readonly lacksSite: boolean
  /** Sites on which Apple Pay and its like do not appear. */
  readonly sitesWithoutWallets: readonly string[]
  readonly isSandbox: boolean
}

const latestOrders = 7
/** More than a page shows: all of tonight is counted. */
const nextShows = 12
/** A show that has begun is still on. */
const stillOnMs = 2 * 3_600_000
const dayMs = 24 * 3_600_000

/** What an account's people want to know first: what is sold today, what is next, what waits for them. */
export async function seeToday(
  deps: Pick<Deps, "pool" | "storefronts" | "paymentForm">,
  actor: Actor,
  { now, timeZone }: { readonly now: string; readonly timeZone: string },
): Promise<Today | Forbidden> {
  if (!may(actor, "see-today")) return forbidden("see-today")
  const { accountId } = actor
  const { db } = deps.pool
  const local = localOf(now, timeZone)
  const day = local.slice(0, 10)
  const dayBefore = dayAfter(day, -7)
  const shifted = (ms: number) => new Date(Date.parse(now) - ms).toISOString()
  const [today, before, beforeByNow, latest, shows, waiting, pixelFailures, shop] =
    await Promise.all([
      soldOn(deps, accountId, day, timeZone),
      soldOn(deps, accountId, dayBefore, timeZone),
      soldOn(deps, accountId, dayBefore, timeZone, sameTime(dayBefore, local, timeZone)),
      listOrders(db, accountId, { words: [], kind: "sold" }, { limit: latestOrders }),
      listNextShows(db, accountId, { from: shifted(stillOnMs), limit: nextShows }),
      countWaiting(db, accountId, now),
      listPixelFailures(db, accountId, shifted(dayMs)),
      deps.storefronts.fresh(db, accountId),
    ])
  const sales = await listShowSales(db, accountId, shows)
  return {
    outcome: "seen",
    day,
    dayBefore,
    hour: Number(local.slice(11, 13)),
    hours: [...today, ...before],
    soldByNowBefore: byCurrency(beforeByNow),
    latest,
    shows: shows.map((show) => ({ ...show, sales: sales.filter((each) => isOf(each, show)) })),
    waiting,
    pixelFailures,
    lacksSite: shop.allowedOrigins.size === 0,
    sitesWithoutWallets: await withoutWallets(deps, [...shop.allowedOrigins]),
    isSandbox: deps.paymentForm.script !== undefined,
  }
}

function soldOn(
  { pool }: Pick<Deps, "pool">,
  accountId: string,
  day: string,
  timeZone: string,
  until = startOfDay(dayAfter(day), timeZone),
): Promise<SoldHour[]> {
  return listSoldHours(pool.db, accountId, { from: startOfDay(day, timeZone), until, timeZone })
}

/** The instant when the clock of that day shows what it shows now; an hour that daylight saving skips is its end. */
function sameTime(day: string, local: string, timeZone: string): string {
  const time = instantOf(`${day}T${local.slice(11, 16)}`, timeZone)
  if (time.ok) return time.at
  const next = instantOf(
    `${day}T${String(Number(local.slice(11, 13)) + 1).padStart(2, "0")}:00`,
    timeZone,
  )
  return next.ok ? next.at : startOfDay(dayAfter(day), timeZone)
}

function byCurrency(hours: readonly SoldHour[]): Map<string, number> {
  const sums = new Map<string, number>()
  for (const { currency, soldMinor } of hours)
    sums.set(currency, (sums.get(currency) ?? 0) + soldMinor)
  return sums
}

function isOf(sales: ShowSales, show: NextShow): boolean {
  return sales.eventSlug === show.eventSlug && sales.startsAt === show.startsAt
}

async function withoutWallets(
  { pool }: Pick<Deps, "pool">,
  origins: readonly string[],
): Promise<string[]> {
  const domains = new Set(origins.flatMap((origin) => walletDomainOf(origin) ?? []))
  const known = await Promise.all([...domains].map((domain) => findWalletDomain(pool.db, domain)))
  return known.flatMap((each) =>
    each?.status === "refused" || each?.status === "disabled" ? [each.domain] : [],
  )
}
