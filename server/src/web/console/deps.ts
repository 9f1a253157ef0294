import type { Need } from "#core/content-policy.ts"
import type { ClientAddress } from "#web/client-address.ts"
import type { WebDeps } from "#web/deps.ts"

/** What console pages need beside what every page needs. */
export type ConsoleDeps = WebDeps & {
  readonly clientAddress: ClientAddress
  /** What a host page's policy must let through. */
  readonly hostNeeds: readonly Need[]
  /** How many pages of an account are open at all processes, by `account/widget`. */
  readonly openPages: (accountId: string) => ReadonlyMap<string, number>
  /** Who may be tried, where the demo runs: the sign-in page says how. */
  readonly demoPeople?: readonly DemoPerson[]
}

export type DemoPerson = {
  readonly name: string
  readonly email: string
  readonly password: string
  /** "Owner of The Laughing Stock". */
  readonly what: string
  /** Where they begin. */
  readonly start: string
}
