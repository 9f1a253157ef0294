import { fileURLToPath } from "node:url"
import { defineConfig } from "@playwright/test"
import base from "./playwright.config.ts"

// A purchase, and those numbers of the acceptance list that an engine can change.
const engineMatters = /[. ](1|2|3|4|5|6|7|13|14|15|16|17|18|21|23) |buys two tickets and nachos/

// Here WebDriver BiDi hides what a request carries, so that its answer cannot be fetched and held back, as this story does at its end.
const beyondTheDriver = /[. ]21 /

/** The system's own Firefox as it ships, driven by WebDriver BiDi: Playwright speaks that to the channels named `moz-`. */
export default defineConfig({
  ...base,
  grep: engineMatters,
  grepInvert: beyondTheDriver,
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
