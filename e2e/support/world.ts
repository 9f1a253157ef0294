import { startApp, type App } from "@foyer/server/app.ts"
import { readConfig } from "@foyer/server/config.ts"
import { loadCatalogue } from "@foyer/server/testing/load-catalogue.ts"
import { testDatabase, type TestDatabase } from "@foyer/server/testing/database.ts"
import { expect as baseExpect, test as base } from "#support/browser.ts"
import { aClub, type Club, type ClubParts } from "#support/club.ts"
import { startHosts } from "#support/host-server.ts"

/** A running Foyer with its payment sandbox, and host pages on another origin: one a test worker. */
export type World = {
  readonly app: App
  readonly database: TestDatabase
  readonly hostOrigin: string
  /** Imports an account of its own, and waits until the server has learned of it; the host pages' origin may embed it. */
  club(parts?: Partial<ClubParts>): Promise<Club>
  /** Imports the club again with other parts: what an organizer changes while shoppers look. */
  change(club: Club, parts: Partial<ClubParts>): Promise<Club>
  /** The address of a host page with the club's widget; `query` fills its other `{{names}}` or is seen by the widget, like `utm_source`. */
  pageOf(club: Club, page?: string, query?: Readonly<Record<string, string>>): string
  /** Asks the payment sandbox itself: its faults, its calls, the end of a payment that is processing. */
  sandbox(path: string, body?: object): Promise<unknown>
}

export const test = base.extend<object, { foyer: World }>({
  locale: "en-CA",
  timezoneId: "America/Toronto",
  // Tall, so that nothing must be scrolled to: just after a scroll Chromium hands a click on the page to the payment frame that was there.
  viewport: { width: 1280, height: 1600 },
  foyer: [
    // oxlint-disable-next-line no-empty-pattern -- Playwright reads the fixtures a fixture needs from this pattern
    async ({}, use) => {
      await using stack = new AsyncDisposableStack()
      await use(await openWorld(stack))
    },
    { scope: "worker", timeout: 120_000 },
  ],
})

export { expect } from "#support/browser.ts"

async function openWorld(stack: AsyncDisposableStack): Promise<World> {
  const database = stack.use(await testDatabase())
  const read = readConfig({ PORT: "0", LOG_LEVEL: "warn" })
  if (!read.ok) throw new Error(read.faults.join("\n"))
  let publicUrl = ""
  const hosts = stack.use(await startHosts(() => publicUrl))
  const trust = { trustedPages: [hosts.origin] }
  const app = stack.use(await startApp({ ...read.config, demo: false }, database.url, trust))
  publicUrl = app.publicUrl
  const load = async (club: Club) => {
    await loadCatalogue(database.pool, club.text)
    return club
  }
  return {
    app,
    database,
    hostOrigin: hosts.origin,
    async club(parts = {}) {
      const club = await load(aClub({ origins: [hosts.origin], ...parts }))
      await untilKnown(app, club)
      return club
    },
    change: (club, parts) => load(aClub({ origins: [hosts.origin], ...parts }, club.slug)),
    pageOf(club, page = "plain", query = {}) {
      return `${hosts.origin}/${page}?${new URLSearchParams({ widget: club.widget, ...query })}`
    },
    async sandbox(path, body) {
      const response = await fetch(`${app.sandboxUrl}/sandbox/${path}`, {
        ...(body && { method: "POST", body: JSON.stringify(body) }),
        headers: { "content-type": "application/json" },
      })
      if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`)
      return response.json()
    },
  }
}

/** The server looks for new accounts each second; until then it does not know the widget. */
async function untilKnown(app: App, club: Club): Promise<void> {
  const ask = () =>
    fetch(`${app.publicUrl}/v1/w/${club.widget}`).then((response) => response.status)
  await baseExpect.poll(ask, { intervals: [50] }).not.toBe(404)
}
