import { expect, it } from "vitest"
import { forgetCommands } from "#flows/forget-commands.ts"
import { testDatabase } from "#testing/database.ts"

it("forgets sessions and mailed links whose time is over, and no others", async () => {
  await using database = await testDatabase()
  await database.owner.query(`
    with person as (
      insert into auth.person (id, name, email, email_verified, created_at, updated_at)
      values (gen_random_uuid(), 'Dana', 'dana@club.example', true, now(), now()) returning id),
    sessions as (
      insert into auth.session (id, person_id, token, expires_at, created_at, updated_at)
      select gen_random_uuid(), person.id, n::text, now() + (n - 6) * interval '1 minute', now(), now()
      from person, generate_series(1, 10) n)
    insert into auth.verification (id, identifier, value, expires_at, created_at, updated_at)
    select gen_random_uuid(), n::text, 'x', now() + (n - 3) * interval '1 minute', now(), now() from generate_series(1, 10) n`)
  await forgetCommands({ pool: database.pool }, 2)
  const { rows } = await database.owner.query(
    "select (select count(*) from auth.session)::int as sessions, (select count(*) from auth.verification)::int as links",
  )
  // The one that ends in this very moment is over as well.
  expect(rows).toEqual([{ sessions: 4, links: 7 }])
})
