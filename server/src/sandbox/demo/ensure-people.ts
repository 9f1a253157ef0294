import { frontDoor } from "#core/front-door.ts"
import type { Role } from "#core/role.ts"
import type { SignIn } from "#gateways/sign-in.ts"
import { seasonSlug } from "#sandbox/generate/season-file.ts"
import { type Pool, withTx } from "#store/db.ts"
import { addMember } from "#store/members.ts"
import { findPersonByEmail } from "#store/people.ts"
import { findAccountId } from "#store/catalogue.ts"

/** Everybody may know it: nothing real is behind it. */
const password = "foyer-demo-2026"

type Job = readonly [account: string, role: Role]

/** Each begins in the first account that is there: where there is something to see. */
const jobs: readonly (readonly [name: string, email: string, what: string, ...Job[]])[] = [
  [
    "Dana Kessler",
    "dana@laughing-stock.example",
    "Owner of the Laughing Stock, a comedy club, and of a season that has sold for a year",
    ["laughing-stock", "owner"],
    [seasonSlug, "owner"],
  ],
  [
    "Maya Ortiz",
    "maya@laughing-stock.example",
    "Marketer of all demo organizers: reports, no shoppers",
    [seasonSlug, "marketer"],
    ["laughing-stock", "marketer"],
    ["lantern-hall", "marketer"],
  ],
  [
    "Sam Okafor",
    "sam@laughing-stock.example",
    "Box office of the Laughing Stock",
    ["laughing-stock", "box-office"],
  ],
  [
    "Lena Vogt",
    "lena@lantern-hall.example",
    "Owner of Lantern Hall, a music venue that sells in three currencies",
    ["lantern-hall", "owner"],
  ],
]

/** Who may look around the demo organizers' console, and how to be them. */
export type DemoPerson = {
  readonly name: string
  readonly email: string
  readonly what: string
  readonly password: string
  /** A path of the console. */
  readonly start: string
}

/** Makes them where they are missing; a job that somebody took away in the demo is given back. */
export async function ensurePeople(deps: {
  readonly pool: Pool
  readonly signIn: SignIn
}): Promise<DemoPerson[]> {
  return Promise.all(
    jobs.map(async ([name, email, what, ...work]) => {
      const personId = await personOf(deps, name, email)
      let start = "/console"
      for (const [slug, role] of work.toReversed()) {
        const accountId = await findAccountId(deps.pool.db, slug)
        if (!accountId) continue
        await withTx(deps.pool, (tx) => addMember(tx, { accountId, personId, role }))
        start = `/console/${slug}/${frontDoor(role)}`
      }
      return { name, email, what, password, start }
    }),
  )
}

/** Two servers may start at once on one database: who comes second finds what the first made. */
async function personOf(
  { pool, signIn }: { readonly pool: Pool; readonly signIn: SignIn },
  name: string,
  email: string,
): Promise<string> {
  const known = await findPersonByEmail(pool.db, email)
  if (known) return known.id
  const made = await signIn.join({ name, email, password })
  const person = made?.person ?? (await findPersonByEmail(pool.db, email))
  if (!person) throw new Error(`the demo's ${name} could not be made`)
  await signIn.trustEmail(person.id)
  return person.id
}
