import type { Page } from "@playwright/test"

/** What `hosts/observer.js` has kept since the page was loaded. */
export type Observed = {
  readonly sockets: number
  readonly errors: readonly string[]
  readonly said: readonly string[]
}

/** From inside the page, the only place where every engine shows it. */
export function observedOn(page: Page): Promise<Observed> {
  return page.evaluate<Observed>("window.observed")
}
