import type { FirstView } from "@foyer/shared/protocol"
import type { Arrival } from "./visit.ts"
import type { Manager } from "./manager.ts"

/** What the loader leaves on the page for the module, and where the page's one manager lives. */
export type Page = {
  /** The server's origin: where the loader came from. */
  readonly origin: string
  readonly arrival: Arrival
  /** The look, under way where the first view did not bring it. */
  readonly look?: Promise<{ readonly sheet: CSSStyleSheet }>
  readonly module?: Promise<unknown>
  sheet?: CSSStyleSheet
  /** What came with the widgets' own scripts. */
  firsts?: FirstView[]
  /** What was clicked in a painted view before the module could answer. */
  clicked?: HTMLElement
  manager?: Manager
}

export const pageKey = Symbol.for("foyer.v1")

declare global {
  interface Window {
    [pageKey]?: Page
  }
}
