import type { Deps } from "#flows/deps.ts"

/** What every flow that moves money is given. */
export type PaymentDeps = Pick<Deps, "pool" | "storefronts" | "payments" | "live" | "log">

/** Who brought news of a payment. */
export type Source = "socket" | "webhook" | "sweeper" | "job"
