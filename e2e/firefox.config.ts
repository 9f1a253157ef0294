import { fileURLToPath } from "node:url"
import { defineConfig } from "@playwright/test"
import { engineMatters } from "./engines/stories.ts"
import base from "./playwright.config.ts"

/** The system's own Firefox as it ships, driven by WebDriver BiDi: Playwright speaks that to the channels named `moz-`. */
export default defineConfig({
  ...base,
  grep: engineMatters,
  workers: 1,
  timeout: 120_000,
  use: {
    browserName: "firefox",
    channel: "moz-firefox",
    launchOptions: {
      executablePath: fileURLToPath(new URL("engines/firefox.ts", import.meta.url)),
      // WebDriver's clicks reach no frame that lives in another process, as the payment form's would: one process for all sites.
      firefoxUserPrefs: { "fission.autostart": false, "fission.webContentIsolationStrategy": 0 },
    },
    // Recording one multiplies the time that this driver takes.
    trace: "off",
  },
})
