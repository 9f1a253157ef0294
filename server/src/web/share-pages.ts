import { longestMessage } from "#core/change-bus.ts"
import { openPeers, type PageCount, type PagesSaid, silentMs, sumPages } from "#web/peers.ts"

/** So often this process says what is open at it: the numbers of others are as old as this. */
const beatMs = silentMs / 5

export type SharedPages = AsyncDisposable & {
  /** Pages of an account open at all processes, by `account/widget`. */
  readonly openPages: (accountId: string) => ReadonlyMap<string, number>
  heard(from: string, said: PagesSaid): void
}

/**
 * Tells the other processes how many pages are open here and knows what they tell. A process with none, now and before, says nothing. One that
 * ends says so; one that dies is forgotten, see `peers.ts`.
 */
export function sharePages(
  self: string,
  own: () => readonly PageCount[],
  publish: (text: string) => Promise<void>,
): SharedPages {
  const peers = openPeers()
  let beat = 0
  let isKnown = false

  const say = async (pages: readonly PageCount[]) => {
    if (pages.length === 0 && !isKnown) return
    isKnown = pages.length > 0
    beat += 1
    // A beat that is lost is said again with the next one.
    await Promise.allSettled(messagesOf(self, beat, pages).map(publish))
  }
  const timer = setInterval(() => void say(own()), beatMs).unref()
  return {
    openPages: (accountId) => sumPages([...own(), ...peers.pages(performance.now())], accountId),
    heard: (from, said) => peers.hear(from, said, performance.now()),
    async [Symbol.asyncDispose]() {
      clearInterval(timer)
      await say([])
    },
  }
}

/** Many fit into one message: an account's id, two names and a number take some two hundred bytes at most. */
const countsInMessage = Math.floor(longestMessage / 250)

function messagesOf(from: string, beat: number, pages: readonly PageCount[]): string[] {
  const parts = Math.max(1, Math.ceil(pages.length / countsInMessage))
  return Array.from({ length: parts }, (_, part) => {
    const at = part * countsInMessage
    const said = { beat, part, parts, pages: pages.slice(at, at + countsInMessage) }
    return JSON.stringify({ from, pages: said })
  })
}
