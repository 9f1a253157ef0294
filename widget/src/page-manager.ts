import { createManager, type Manager } from "./manager.ts"
import { pageKey } from "./page.ts"

/** The page's one manager; none where the loader has not run. */
export function pageManager(): Manager | undefined {
  const page = window[pageKey]
  if (page) page.manager ??= createManager(page)
  return page?.manager
}
