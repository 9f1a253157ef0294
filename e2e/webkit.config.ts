import { defineConfig } from "@playwright/test"
import base from "./playwright.config.ts"
import { engineMatters } from "./engines/stories.ts"

process.env["ENGINE"] = "webkit"

export default defineConfig({
  ...base,
  grep: engineMatters,
  workers: 1,
  timeout: 120_000,
  use: { trace: "off" },
})
