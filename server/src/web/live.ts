import type { Frame } from "@foyer/shared/protocol"
import type { Change, Live } from "#flows/deps.ts"
import { cartOf, type Instance, type Session } from "#web/session.ts"

export type LiveRoom = Live & {
  /** `refresh` makes and sends a frame to one instance of the session, and sees to its own faults. */
  enter(session: Session, refresh: (instance: Instance) => Promise<void>): void
  leave(session: Session): void
}

/** Changes within this time are shown together: one look, not one for every sale. */
const coalesceMs = 20

/**
 * Who looks at what. A change of a cart moves stock too: it is shown to every widget with that cart, and to those that list the account's
 * events. A change that names no cart is the catalogue's: every widget of the account looks again. A widget that has just got its own answer
 * (`by`) is not told again.
 */
export function openLive(forget: (accountId: string) => void): LiveRoom {
  const rooms = new Map<Session, (instance: Instance) => Promise<void>>()
  const waiting = new Map<string, { change: Change; by: Set<object> }>()
  let timer: NodeJS.Timeout | undefined

  function flush() {
    timer = undefined
    const changes = [...waiting.values()]
    waiting.clear()
    for (const [session, refresh] of rooms)
      for (const instance of session.instances.values())
        if (changes.some(({ change, by }) => concerns(session, instance, change, by)))
          void refresh(instance)
  }

  return {
    enter: (session, refresh) => void rooms.set(session, refresh),
    leave: (session) => void rooms.delete(session),
    touched(change, by) {
      forget(change.accountId)
      const key = `${change.accountId} ${change.cartId ?? ""}`
      const known = waiting.get(key) ?? { change, by: new Set() }
      if (by) known.by.add(by)
      waiting.set(key, known)
      timer ??= setTimeout(flush, coalesceMs)
    },
  }
}

function concerns(
  session: Session,
  instance: Instance,
  change: Change,
  by: ReadonlySet<object>,
): boolean {
  if (by.has(instance)) return false
  if (instance.accountId !== change.accountId) return false
  const lists = ["browse", "event", "expired"].includes(instance.shownView ?? "")
  if (lists || change.cartId === undefined) return true
  // The page's cart may be this widget's news, and the one on its screen may be done by now.
  return change.cartId === cartOf(session, instance).id || change.cartId === instance.openCartId
}

/** A live frame says something only when a region differs or the view has moved. */
export function saysSomething(frame: Frame): boolean {
  return frame.regions.length > 0 || (frame.effects?.length ?? 0) > 0
}
