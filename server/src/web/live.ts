import { setImmediate } from "node:timers/promises"
import type { Frame } from "@foyer/shared/protocol"
import type { Live } from "#flows/deps.ts"
import type { StockBoard } from "#flows/stock-board.ts"
import type { PageCount } from "#web/peers.ts"
import type { Instance, Session } from "#web/session.ts"

export type LiveRoom = Live & {
  /** Pages that are open at this process. A page with a widget twice counts once. */
  pages(): readonly PageCount[]
  /** `refresh` makes and sends a frame to one instance of the session, and sees to its own faults. */
  enter(session: Session, refresh: (instance: Instance) => Promise<void>): void
  leave(session: Session): void
  /** Told of each account that changed, before any widget looks. */
  watch(listener: (accountId: string) => void): void
}

/** Changes within this time are shown together: one look, not one for every sale. */
const coalesceMs = 20
/** So many widgets are shown a change in a row, and so many pages are asked whether it concerns them; then whoever clicks has a turn. */
const mostAtOnce = 250
const mostAskedAtOnce = 1000

/**
 * Who looks at what. A change of a cart moves stock too: it is shown to every widget with that cart, and to those that list the account's
 * events and have other numbers on screen. A change that names no cart is the catalogue's: every widget of the account looks again. A widget
 * that has just got its own answer (`by`) is not told again.
 */
export function openLive(stock: Numbers): LiveRoom {
  const rooms = new Map<Session, (instance: Instance) => Promise<void>>()
  const watchers: ((accountId: string) => void)[] = []
  let waiting = new Map<string, News>()
  let timer: NodeJS.Timeout | undefined

  async function flush() {
    const told = waiting
    waiting = new Map()
    // A fault here meets whoever looks next, and is told there.
    const looks = [...told.keys()].map((accountId) => stock.remaining(accountId))
    await Promise.allSettled(looks)
    let lookers = 0
    let asked = 0
    for (const [session, refresh] of rooms) {
      asked += 1
      if (asked % mostAskedAtOnce === 0) await setImmediate()
      for (const instance of session.instances.values()) {
        const news = told.get(instance.accountId ?? "")
        if (!news || !concerns(stock, session, instance, news)) continue
        void refresh(instance)
        lookers += 1
        if (lookers % mostAtOnce === 0) await setImmediate()
      }
    }
    timer = waiting.size > 0 ? setTimeout(() => void flush(), coalesceMs) : undefined
  }

  return {
    pages() {
      const counts = new Map<string, { readonly accountId: string; pages: number }>()
      for (const { instances } of rooms.keys()) {
        const shown = [...instances.values()].flatMap(({ widget, accountId }) =>
          accountId === undefined ? [] : [[widget, accountId] as const],
        )
        for (const [widget, accountId] of new Map(shown)) {
          const count = counts.get(widget) ?? { accountId, pages: 0 }
          count.pages += 1
          counts.set(widget, count)
        }
      }
      return [...counts].map(([widget, { accountId, pages }]) => [accountId, widget, pages])
    },
    enter: (session, refresh) => void rooms.set(session, refresh),
    leave: (session) => void rooms.delete(session),
    watch: (listener) => void watchers.push(listener),
    touched({ accountId, cartId }, by) {
      for (const watcher of watchers) watcher(accountId)
      // What a widget's own command moved is known; of what others moved nobody told the board.
      if (!by) stock.forget(accountId)
      const news = waiting.get(accountId) ?? { isForAll: false, carts: new Map() }
      waiting.set(accountId, news)
      if (cartId === undefined) news.isForAll = true
      else news.carts.set(cartId, [...(news.carts.get(cartId) ?? []), by])
      timer ??= setTimeout(() => void flush(), coalesceMs)
    },
  }
}

type Numbers = Pick<StockBoard, "remaining" | "revOf" | "forget">

/** What changed of an account. `carts`: by id, and whose commands did it. */
type News = { isForAll: boolean; readonly carts: Map<string, readonly (object | undefined)[]> }

/** Asked of every open widget after every burst of clicks: it makes nothing. */
function concerns(stock: Numbers, session: Session, instance: Instance, news: News): boolean {
  if (news.isForAll) return true
  const { accountId = "", accountSlug, shownView, stockRev, openCartId, order } = instance
  if (shownView && listing.has(shownView) && stockRev !== stock.revOf(accountId)) return true
  // The page's cart may be this widget's news, and the one on its screen may be done by now.
  return (
    isChanged(news, session.carts.get(accountSlug)?.id, instance) ||
    isChanged(news, openCartId, instance) ||
    isChanged(news, order?.cartId, instance)
  )
}

/** Views that show what is left. */
const listing: ReadonlySet<string> = new Set(["browse", "event", "expired"])

function isChanged({ carts }: News, cartId: string | undefined, own: Instance): boolean {
  const by = cartId === undefined ? undefined : carts.get(cartId)
  return by !== undefined && by.some((each) => each !== own)
}

/** A live frame says something only when a region differs, the view has moved or the brand is another one. */
export function saysSomething(frame: Frame): boolean {
  return frame.regions.length > 0 || (frame.effects?.length ?? 0) > 0 || frame.brand !== undefined
}
