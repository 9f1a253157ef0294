// A server process that is told what to do and dies of SIGKILL on the way.
import { once } from "node:events"
import { openStorefronts } from "#flows/storefronts.ts"
import { openPaymentProvider, type StripeOptions } from "#gateways/stripe.ts"
import { openPool } from "#store/db.ts"
import { appRole } from "#store/migrations.ts"
import { openMortal } from "#testing/drills/mortal.ts"
import { type Act, perform } from "#testing/drills/payment-act.ts"

/** What the child is told, once. */
export type LastWill = {
  readonly url: string
  readonly provider: StripeOptions
  readonly act: Act
  readonly diesAt: number
}

const [{ url, provider, act, diesAt }] = (await once(process, "message")) as [LastWill]
const pool = openPool({ url, role: appRole, report: () => {} })
const ignore = () => {}
await using mortal = openMortal({
  url,
  deps: {
    pool,
    storefronts: openStorefronts({ pool, checkEveryMs: 0 }),
    payments: openPaymentProvider(provider),
    live: { touched: ignore },
    log: { info: ignore, warn: ignore, error: ignore },
  },
  diesAt,
  die: () => {
    process.kill(process.pid, "SIGKILL")
    return new Promise<never>(ignore)
  },
})
await perform(mortal.deps, act).catch(ignore)
process.exit(0)
