import { RateLimiterMemory, RateLimiterRes } from "rate-limiter-flexible"

/** Token buckets against floods: generous to people, tight on loops. */
export type Limits = {
  /** False when this socket or this address asks too often; `key` is the socket's id or the address. */
  allows(kind: LimitKind, key: string): Promise<boolean>
  /** Gives back what was asked for: it was no guess. */
  forgives(kind: LimitKind, key: string): Promise<void>
}

export type LimitKind = keyof typeof budgets

/** Requests within a span of seconds. A whole host page of shoppers may share one address behind a carrier's gateway. */
const budgets = {
  "socket-command": { points: 40, duration: 10 },
  "address-command": { points: 600, duration: 10 },
  "address-connect": { points: 300, duration: 60 },
  // Guesses at a password: by who guesses, by whose it is, and both; a right one is given back. By whose it is alone it takes fifty addresses
  // to keep the owner out.
  "sign-in-address": { points: 60, duration: 600 },
  "sign-in-email": { points: 500, duration: 600 },
  "sign-in-pair": { points: 10, duration: 600 },
  "sign-up-address": { points: 30, duration: 3600 },
  "link-address": { points: 60, duration: 600 },
  "mail-address": { points: 30, duration: 3600 },
  "mail-email": { points: 5, duration: 3600 },
  "mail-person": { points: 3, duration: 3600 },
  "resend-order": { points: 3, duration: 3600 },
  // Pages of others that we are sent to look at.
  "page-look": { points: 30, duration: 60 },
  // Calendars and tables, which are read in one go while everybody else waits.
  "import-account": { points: 30, duration: 600 },
  "picture-account": { points: 60, duration: 600 },
  "mail-account": { points: 100, duration: 86_400 },
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
    forgives: async (kind, key) => void (await limiters[kind].reward(key)),
  }
}
