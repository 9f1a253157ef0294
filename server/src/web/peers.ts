/** How many pages with a widget are open: account id, `account/widget`, pages. */
export type PageCount = readonly [accountId: string, widget: string, pages: number]

/** One part of what a process says of the pages open at it. All parts of a `beat` together are all of them. */
export type PagesSaid = {
  readonly beat: number
  readonly part: number
  readonly parts: number
  readonly pages: readonly PageCount[]
}

/** What other processes said last. Whoever says nothing for a while has died: what was open at it is no longer. */
export type Peers = {
  hear(from: string, said: PagesSaid, nowMs: number): void
  pages(nowMs: number): readonly PageCount[]
}

type Peer = {
  heardAtMs: number
  current: readonly PageCount[]
  beat: number
  readonly parts: Map<number, readonly PageCount[]>
}

/** Long enough for some beats that a busy database loses. */
export const silentMs = 10_000

export function openPeers(): Peers {
  const peers = new Map<string, Peer>()
  const forgetSilent = (nowMs: number) => {
    for (const [from, { heardAtMs }] of peers) if (nowMs - heardAtMs >= silentMs) peers.delete(from)
  }
  return {
    hear(from, { beat, part, parts, pages }, nowMs) {
      forgetSilent(nowMs)
      const peer: Peer = peers.get(from) ?? {
        heardAtMs: nowMs,
        current: [],
        beat,
        parts: new Map(),
      }
      // Messages may overtake each other.
      if (beat < peer.beat) return
      peers.set(from, peer)
      if (beat > peer.beat) peer.parts.clear()
      peer.beat = beat
      peer.heardAtMs = nowMs
      peer.parts.set(part, pages)
      if (peer.parts.size === parts) peer.current = [...peer.parts.values()].flat()
    },
    pages(nowMs) {
      forgetSilent(nowMs)
      return [...peers.values()].flatMap(({ current }) => current)
    },
  }
}

/** Pages of one account, by `account/widget`. */
export function sumPages(
  counts: readonly PageCount[],
  accountId: string,
): ReadonlyMap<string, number> {
  const sums = new Map<string, number>()
  for (const [account, widget, pages] of counts)
    if (account === accountId) sums.set(widget, (sums.get(widget) ?? 0) + pages)
  return sums
}

/** Whether another version of this program, or something else, said this. */
export function isPagesSaid(value: unknown): value is PagesSaid {
  if (typeof value !== "object" || value === null) return false
  const { beat, part, parts, pages } = value as Partial<Record<keyof PagesSaid, unknown>>
  return [beat, part, parts].every(isCount) && Array.isArray(pages) && pages.every(isPageCount)
}

function isPageCount(value: unknown): value is PageCount {
  if (!Array.isArray(value) || value.length !== 3) return false
  return typeof value[0] === "string" && typeof value[1] === "string" && isCount(value[2])
}

function isCount(value: unknown): boolean {
  return Number.isSafeInteger(value) && Number(value) >= 0
}
