import { RateLimiterMemory, RateLimiterRes } from "rate-limiter-flexible"

/** Token buckets against floods: generous to people, tight on loops. */
export type Limits = {
  /** False when this socket or this address asks too often; `key` is the socket's id or the address. */
  allows(kind: keyof typeof budgets, key: string): Promise<boolean>
}

/** Requests within a span of seconds. A whole host page of shoppers may share one address behind a carrier's gateway. */
const budgets = {
  "socket-command": { points: 40, duration: 10 },
  "address-command": { points: 600, duration: 10 },
  "address-connect": { points: 300, duration: 60 },
} as const

export function openLimits(): Limits {
  const limiters = Object.fromEntries(
    Object.entries(budgets).map(([kind, budget]) => [kind, new RateLimiterMemory(budget)]),
  ) as Record<keyof typeof budgets, RateLimiterMemory>
  return {
    async allows(kind, key) {
      try {
        await limiters[kind].consume(key)
        return true
      } catch (refused) {
        if (refused instanceof RateLimiterRes) return false
        throw refused
      }
    },
  }
}
