import { expect, it } from "vitest"
import { amnesia, endure, forgetful } from "#testing/drills/stock-nemesis.ts"

// A short run of `npm run drill -- nemesis`.

it("loses nothing that was acknowledged and does nothing twice while backends are killed and the database crashes", async () => {
  const { violations, ...survived } = await endure({ commands: 3000, kills: 20, crashes: 1 })
  expect(violations).toEqual([])
  expect(survived).toMatchObject({ acknowledged: 3000, kills: 20, crashes: 1 })
  expect(survived.refused).toBeGreaterThan(0)
  expect(survived.resent).toBeGreaterThan(0)
}, 60_000)

it("would lose what was acknowledged if commits were not waited for", async () => {
  const ordeal = { commands: 600, kills: 0, crashes: 1, sabotage: forgetful }
  const { violations } = await endure(ordeal)
  expect(violations).toContainEqual(expect.stringMatching(/acknowledged commands are not there/))
}, 60_000)

it("would do commands twice if it kept no record of them", async () => {
  const { violations } = await endure({ commands: 300, kills: 2, crashes: 0, sabotage: amnesia })
  expect(violations).toContainEqual(expect.stringMatching(/replays answered otherwise/))
}, 60_000)
