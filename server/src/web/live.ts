import type { Frame } from "@foyer/shared/protocol"
import type { Change, Live } from "#flows/deps.ts"
import { cartOf, type Instance, type Session } from "#web/session.ts"

export type LiveRoom = Live & {
  /** `refresh` makes and sends a frame to one instance of the session. */
  enter(session: Session, refresh: (instance: Instance) => Promise<void>): void
  leave(session: Session): void
}

/** Changes within this time are shown together: one look, not one for every sale. */
const coalesceMs = 20

/**
 * Who looks at what. A change of a cart is shown to every widget with that cart; a change of an account's stock or catalogue to every widget
 * that lists its events. A widget that has just got its own answer (`by`) is not told again.
 */
export function openLive(
  report: (error: unknown) => void,
  forget: (accountId: string) => void,
): LiveRoom {
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
          void refresh(instance).catch(report)
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
  const { id } = cartOf(session, instance)
  if (id !== undefined && id === change.cartId) return true
  const lists = instance.at.view === "browse" || instance.at.view === "event"
  return lists && instance.accountId === change.accountId
}

/** A live frame says something only when a region differs or the view has moved. */
export function saysSomething(frame: Frame): boolean {
  return frame.regions.length > 0 || (frame.effects?.length ?? 0) > 0
}
