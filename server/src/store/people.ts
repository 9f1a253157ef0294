import { eq } from "drizzle-orm"
import type { Db } from "#store/db.ts"
import { people } from "#store/schema.ts"

export type FoundPerson = {
  readonly id: string
  readonly name: string
  readonly email: string
  readonly emailVerified: boolean
}

const columns = {
  id: people.id,
  name: people.name,
  email: people.email,
  emailVerified: people.emailVerified,
}

/** `email` as `personEmail` spells it. */
export async function findPersonByEmail(db: Db, email: string): Promise<FoundPerson | undefined> {
  const [row] = await db.select(columns).from(people).where(eq(people.email, email))
  return row
}

export async function findPerson(db: Db, id: string): Promise<FoundPerson | undefined> {
  const [row] = await db.select(columns).from(people).where(eq(people.id, id))
  return row
}
