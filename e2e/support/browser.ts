import * as playwright from "@playwright/test"
import * as webkit from "#support/webkit/story.ts"

const tellers: Pick<typeof playwright, "test" | "expect"> =
  process.env["ENGINE"] === "webkit" ? webkit : playwright

/** What stories are told with: Playwright and its browsers, or the system's WebKit under the same words. */
export const { test, expect } = tellers
