import { expect, it } from "vitest"
import { ensureSeason } from "#sandbox/demo/ensure-season.ts"
import { seasonSlug } from "#sandbox/generate/season-file.ts"
import { testDatabase } from "#testing/database.ts"

it("makes the season that has sold until now once, and leaves it alone afterwards", async () => {
  await using database = await testDatabase()
  const said: string[] = []
  await ensureSeason(database.url, "2026-11-20T15:30:00Z", (line) => said.push(line))
  expect(said.length).toBeGreaterThan(0)
  const ask = async () => {
    const { rows } = await database.owner.query<{ orders: number; last: Date; slug: string }>(
      `select count(*)::int as orders, max(placed_at) as last, max(a.slug) as slug
       from sales.orders o join org.account a on a.id = o.account_id`,
    )
    return rows[0]!
  }
  const made = await ask()
  expect(made).toMatchObject({ orders: 10_000, slug: seasonSlug })
  expect(made.last.toISOString() < "2026-11-20T15:40:00Z").toBe(true)

  said.length = 0
  await ensureSeason(database.url, "2026-11-21T15:30:00Z", (line) => said.push(line))
  expect(said).toEqual([])
  expect(await ask()).toEqual(made)
})
