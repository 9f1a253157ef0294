/** Instants are ISO 8601 texts; the same instant can be written in several ways, so they are compared as milliseconds. */
export function epochMs(instant: string): number {
  const ms = Date.parse(instant)
  if (Number.isNaN(ms)) throw new RangeError(`not an instant: ${instant}`)
  return ms
}

/** Whether `a` is later than `b`. */
export function isAfter(a: string, b: string): boolean {
  return epochMs(a) > epochMs(b)
}

/** Whether `now` lies in the window: its first instant belongs to it, its last does not; an absent end is open. */
export function isWithin(
  now: string,
  from: string | undefined,
  until: string | undefined,
): boolean {
  const hasBegun = from === undefined || !isAfter(from, now)
  const goesOn = until === undefined || isAfter(until, now)
  return hasBegun && goesOn
}
