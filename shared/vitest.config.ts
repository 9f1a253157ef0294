import { defineConfig } from "vitest/config"

export default defineConfig({
  test: {
    allowOnly: false,
    projects: [{ extends: true, test: { name: "shared", include: ["src/**/*.test.ts"] } }],
  },
})
