import { expect, it } from "vitest"
import { testDatabase } from "#testing/database.ts"

it("fails when a failure is planted, so that the runner's own check has something to find", async () => {
  await using database = await testDatabase()
  const { rows } = await database.owner.query("select $1::text as planted", [
    process.env["VITE_PLANTED_FAILURE"] ?? null,
  ])
  expect(rows).toEqual([{ planted: null }])
})
