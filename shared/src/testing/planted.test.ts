import { expect, it } from "vitest"

declare global {
  interface ImportMeta {
    readonly env: Readonly<Record<string, string | undefined>>
  }
}

it("fails when a failure is planted, so that the runner's own check has something to find", () => {
  expect(import.meta.env["VITE_PLANTED_FAILURE"]).toBeUndefined()
})
