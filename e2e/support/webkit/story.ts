import { writeFile } from "node:fs/promises"
import { test as base } from "@playwright/test"
import { openScreen, openSession, type Screen, type Session } from "./driver.ts"
import { contextOf, firstPage } from "./page.ts"

export { expect } from "./matchers.ts"

/** Playwright's `test`, whose `page` and `context` are the system's WebKit. */
export const test = base.extend<{ session: Session }, { display: Screen }>({
  display: [
    // oxlint-disable-next-line no-empty-pattern -- Playwright reads the fixtures a fixture needs from this pattern
    async ({}, use) => {
      await using display = await openScreen()
      await use(display)
    },
    { scope: "worker" },
  ],
  session: async ({ display }, use, told) => {
    await using session = await openSession(process.env["WEBKIT"] ?? "MiniBrowser", display)
    await use(session)
    if (told.status === told.expectedStatus) return
    const path = told.outputPath("screen.png")
    await writeFile(path, await session.ask<string>("GET", "/screenshot"), "base64")
    await told.attach("screen", { path })
  },
  context: ({ session }, use) => use(contextOf(session)),
  page: async ({ session }, use) => use(await firstPage(session)),
})
