/** Stock of one variant set aside for a cart until a time. A live hold counts in its variant's `held`, lapsed or not, until it is reaped. */
export type Hold = {
  readonly holdId: string
  readonly variantId: string
  readonly accountId: string
  readonly cartId: string
  readonly quantity: number
  /** `paying`: a payment was submitted; `expiresAt` is then the hard deadline. Both are live; the other states of the machine are ends. */
  readonly state: "held" | "paying"
  /** ISO 8601. */
  readonly expiresAt: string
}

/** Whether the hold's time is over at `now` (ISO 8601): it may be reaped by whoever needs the stock. */
export function hasLapsed(hold: Hold, now: string): boolean {
  return hold.expiresAt <= now
}

/** Tickets one cart may hold at once: more than any family, less than a hall. */
export const mostHeldPerCart = 200

/** How long a submitted payment keeps its holds beyond the cart's deadline, in minutes. */
export const payingGraceMinutes = 10

/** `now` (ISO 8601) plus minutes, ISO 8601. */
export function minutesAfter(now: string, minutes: number): string {
  return new Date(Date.parse(now) + minutes * 60_000).toISOString()
}
