import type { Arrival } from "./visit.ts"
import type { Manager } from "./manager.ts"

/** What the loader leaves on the page for the module, and where the page's one manager lives. */
export type Page = {
  /** The server's origin: where the loader came from. */
  readonly origin: string
  readonly arrival: Arrival
  manager?: Manager
}

export const pageKey = Symbol.for("foyer.v1")

declare global {
  interface Window {
    [pageKey]?: Page
  }
}
