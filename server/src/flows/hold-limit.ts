/** Keeps one client address from setting a whole house aside: counted in this process, for as long as a hold lives. */
export type HoldLimit = {
  /**
   * Counts a line's new quantity for an address; undefined when that is too many. What it answers takes it back, for a command that was
   * refused. Less than before is always allowed.
   */
  readonly take: Take
  /** The same for what may only grow: a smaller quantity leaves the line at what it counts already. */
  readonly takeAtLeast: Take
}

export type Take = (
  line: LineOfAddress,
  quantity: number,
  forMs: number,
) => (() => void) | undefined

export type LineOfAddress = { readonly address: string; readonly line: string }

/** Generous: a whole office, or a carrier's gateway, may be one address. */
export const mostHeldPerAddress = 2000

type Entry = { readonly quantity: number; readonly untilMs: number }
/** Lines in the order in which they were last counted, so that those whose time is over come first. */
type Counted = { total: number; readonly lines: Map<string, Entry> }

/** `nowMs` is any clock that does not go back. */
export function openHoldLimit(most: number, nowMs: () => number): HoldLimit {
  const addresses = new Map<string, Counted>()

  const forgetOld = (address: string, counted: Counted) => {
    for (const [line, { untilMs }] of counted.lines) {
      if (untilMs > nowMs()) return
      count(counted, line, undefined)
    }
    addresses.delete(address)
  }
  const countedOf = (address: string) => {
    // The one that is unheard of for longest, too: nobody else would ever ask about it again.
    for (const [oldest, counted] of addresses) {
      forgetOld(oldest, counted)
      break
    }
    const known = addresses.get(address)
    if (known) forgetOld(address, known)
    const counted = known ?? { total: 0, lines: new Map<string, Entry>() }
    addresses.delete(address)
    addresses.set(address, counted)
    return counted
  }
  const take =
    (wanted: (quantity: number, before: number) => number): Take =>
    ({ address, line }, asked, forMs) => {
      const counted = countedOf(address)
      const before = counted.lines.get(line)
      const quantity = wanted(asked, before?.quantity ?? 0)
      const more = quantity - (before?.quantity ?? 0)
      if (more > 0 && counted.total + more > most) return undefined
      count(counted, line, quantity > 0 ? { quantity, untilMs: nowMs() + forMs } : undefined)
      return () => count(counted, line, before)
    }
  return { take: take((asked) => asked), takeAtLeast: take(Math.max) }
}

function count(counted: Counted, line: string, entry: Entry | undefined): void {
  const before = counted.lines.get(line)?.quantity ?? 0
  counted.total += (entry?.quantity ?? 0) - before
  counted.lines.delete(line)
  if (entry) counted.lines.set(line, entry)
}
