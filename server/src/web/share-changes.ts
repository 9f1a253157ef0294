import { randomUUID } from "node:crypto"
import { type BusListener, type ChangeBus, longestMessage } from "#core/change-bus.ts"
import type { Change, Live } from "#flows/deps.ts"
import type { LiveRoom } from "#web/live.ts"
import { isPagesSaid, type PagesSaid } from "#web/peers.ts"
import { type SharedPages, sharePages } from "#web/share-pages.ts"

/** Changes within this time travel together. */
const coalesceMs = 20

export type SharedLive = Live & Pick<SharedPages, "openPages"> & AsyncDisposable

/**
 * Shows changes in this process' room and tells the other processes, which show them in theirs. A bus that fails is reported; the page
 * of another process then shows the change when it looks next. The processes also tell each other how many pages are open.
 */
export async function shareChanges(
  room: Live & Pick<LiveRoom, "pages">,
  openBus: (listener: BusListener) => Promise<ChangeBus>,
  report: (error: unknown) => void,
): Promise<SharedLive> {
  const self = randomUUID()
  const known = new Set<string>()
  let waiting = new Map<string, Change>()
  let timer: NodeJS.Timeout | undefined

  const show = (change: Change) => {
    known.add(change.accountId)
    room.touched(change)
  }
  const bus = await openBus({
    heard: (text) => {
      const { from, changes, pages } = readMessage(text)
      if (from === self) return
      changes.forEach(show)
      if (pages) shared.heard(from, pages)
    },
    missed: () => known.forEach((accountId) => room.touched({ accountId })),
  })
  const shared = sharePages(self, room.pages, (text) => bus.publish(text))
  const flush = async () => {
    timer = undefined
    const told = waiting
    waiting = new Map()
    await Promise.all(messagesOf(self, [...told.values()]).map((text) => bus.publish(text))).catch(
      report,
    )
  }
  return {
    openPages: shared.openPages,
    touched(change, by) {
      known.add(change.accountId)
      room.touched(change, by)
      waiting.set(`${change.accountId} ${change.cartId ?? ""}`, change)
      timer ??= setTimeout(() => void flush(), coalesceMs)
    },
    async [Symbol.asyncDispose]() {
      clearTimeout(timer)
      await Promise.all([flush(), shared[Symbol.asyncDispose]()])
      await bus[Symbol.asyncDispose]()
    },
  }
}

/** As few messages as fit. A change is about a hundred bytes of ASCII. */
function messagesOf(from: string, changes: readonly Change[]): string[] {
  if (changes.length === 0) return []
  const text = JSON.stringify({ from, changes })
  if (text.length <= longestMessage) return [text]
  const half = Math.ceil(changes.length / 2)
  return [...messagesOf(from, changes.slice(0, half)), ...messagesOf(from, changes.slice(half))]
}

type Message = {
  readonly from: string
  readonly changes: readonly Change[]
  readonly pages?: PagesSaid
}

/** What another version of this program said may look otherwise: then it is not for us. */
function readMessage(text: string): Message {
  try {
    const said = JSON.parse(text) as Partial<Record<keyof Message, unknown>>
    const { from, changes, pages } = said
    if (typeof from === "string" && Array.isArray(changes) && changes.every(isChange))
      return { from, changes }
    if (typeof from === "string" && isPagesSaid(pages)) return { from, changes: [], pages }
  } catch {
    // Not ours.
  }
  return { from: "", changes: [] }
}

function isChange(value: unknown): value is Change {
  if (typeof value !== "object" || value === null || !("accountId" in value)) return false
  const { accountId } = value
  const cartId = "cartId" in value ? value.cartId : undefined
  return typeof accountId === "string" && (cartId === undefined || typeof cartId === "string")
}
