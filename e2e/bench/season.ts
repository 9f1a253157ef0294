import { newPerson, type ConsoleVisitor } from "@foyer/server/testing/console.ts"
import { generate } from "@foyer/server/sandbox/generate/generate.ts"
import { seasonSlug } from "@foyer/server/sandbox/generate/season-file.ts"
import type pg from "pg"
import type { Place } from "./figures.ts"
import type { Server } from "./processes.ts"

/** The last day with sales. */
export const until = "2026-11-20"
const season = { orders: 1_000_000, events: 200, touches: 3_000_000, seed: 1, until }

/** The console's address of the organizer with a year of sales. */
export const seasonHome = `/console/${seasonSlug}`

/** One for all benches of a run. */
let made: Promise<string> | undefined

/** A database with a season. Made here, which takes a while, or made before and given by `BENCH_SEASON_URL`. */
export async function seasonIn(place: Place): Promise<string> {
  const given = process.env["BENCH_SEASON_URL"]
  if (given) return given
  made ??= place.database("season").then(async (url) => {
    await generate(url, { season, say: (line) => console.log(`  (${line})`) })
    return url
  })
  return made
}

/** Somebody new, who may see everything. */
export async function anOwner({ url }: Server, owner: pg.Pool): Promise<ConsoleVisitor> {
  const publicUrl = url.replace("127.0.0.1", "localhost")
  const { visitor, email } = await newPerson({ url, publicUrl })
  await owner.query(
    `insert into org.member (account_id, person_id, role)
     select a.id, p.id, 'owner' from org.account a cross join auth.person p where a.slug = $1 and p.email = $2`,
    [seasonSlug, email],
  )
  return visitor
}
