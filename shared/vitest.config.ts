import { defineConfig } from "vitest/config"

export default defineConfig({
  test: {
    allowOnly: false,
    // A report without colours and terminals still says what differs.
    chaiConfig: { truncateThreshold: 4000 },
    // On two busy cores a thousand random cases take their time; a hang still ends.
    testTimeout: 60_000,
    hookTimeout: 60_000,
    setupFiles: ["../scripts/random-cases.config.ts"],
    projects: [{ extends: true, test: { name: "shared", include: ["src/**/*.test.ts"] } }],
  },
})
