import type { Geography } from "#gateways/geography.ts"
import type { Mailer } from "#gateways/mailer.ts"
import type { PageFetcher } from "#gateways/page-fetcher.ts"
import type { PaymentProvider } from "#gateways/payment-provider.ts"
import type { SignIn } from "#gateways/sign-in.ts"
import type { ShowDeps } from "#flows/show-widget.ts"
import type { StockLane } from "#flows/stock-lane.ts"
import type { Storefronts } from "#flows/storefronts.ts"
import type { VisitBook } from "#flows/visit-book.ts"
import type { Pool } from "#store/db.ts"

/** Everything flows are given, built once by `app.ts`; each flow names the part it needs. */
export type Deps = ShowDeps & {
  readonly lane: StockLane
  readonly storefronts: Storefronts
  readonly payments: PaymentProvider
  readonly geography: Geography
  readonly mailer: Mailer
  readonly signIn: SignIn
  readonly fetchPage: PageFetcher
  readonly live: Live
  readonly visits: VisitBook
  /** Reads only, with connections of its own: a long report waits for no shopper and no shopper for it. */
  readonly reports: Pool
  readonly log: Log
}

/** After a commit: who looks at this sees it change. Told as keys, never as HTML. */
export type Live = { touched(change: Change, by?: object): void }

export type Change = { readonly accountId: string; readonly cartId?: string }

/** Structured log lines: an object of facts, then a short sentence. No personal data, no secrets. */
export type Log = {
  info(facts: object, message: string): void
  warn(facts: object, message: string): void
  error(facts: object, message: string): void
}
