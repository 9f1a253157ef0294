import { startApp, type App } from "@foyer/server/app.ts"
import { readConfig } from "@foyer/server/config.ts"
import { importCatalogue } from "@foyer/server/flows/import-catalogue.ts"
import { newId } from "@foyer/server/store/ids.ts"
import { testDatabase, type TestDatabase } from "@foyer/server/testing/database.ts"
import { test as base } from "@playwright/test"
import { aClub, type Club, type ClubParts } from "./club.ts"
import { startHosts } from "./host-server.ts"

/** A running Foyer with its payment sandbox, and host pages on another origin: one a test worker. */
export type World = {
  readonly app: App
  readonly database: TestDatabase
  readonly hostOrigin: string
  /** Imports an account of its own; the host pages' origin may embed it. */
  club(parts?: Partial<ClubParts>): Promise<Club>
  /** The address of a host page with the club's widget; `query` fills its other `{{names}}` or is seen by the widget, like `utm_source`. */
  pageOf(club: Club, page?: string, query?: Readonly<Record<string, string>>): string
}

export const test = base.extend<object, { foyer: World }>({
  foyer: [
    // oxlint-disable-next-line no-empty-pattern -- Playwright reads the fixtures a fixture needs from this pattern
    async ({}, use) => {
      await using stack = new AsyncDisposableStack()
      await use(await openWorld(stack))
    },
    { scope: "worker", timeout: 120_000 },
  ],
})

export { expect } from "@playwright/test"

async function openWorld(stack: AsyncDisposableStack): Promise<World> {
  const database = stack.use(await testDatabase())
  const read = readConfig({ PORT: "0", LOG_LEVEL: "warn" })
  if (!read.ok) throw new Error(read.faults.join("\n"))
  const app = stack.use(await startApp({ ...read.config, demo: false }, database.url))
  const hosts = stack.use(await startHosts(() => app.publicUrl))
  return {
    app,
    database,
    hostOrigin: hosts.origin,
    async club(parts = {}) {
      const club = aClub({ origins: [hosts.origin], ...parts })
      const imported = await importCatalogue({ pool: database.pool, newId }, club.text)
      if (imported.outcome === "refused") throw new Error(JSON.stringify(imported.faults, null, 2))
      return club
    },
    pageOf(club, page = "plain", query = {}) {
      return `${hosts.origin}/${page}?${new URLSearchParams({ widget: club.widget, ...query })}`
    },
  }
}
