import { randomBytes } from "node:crypto"
import { eq } from "drizzle-orm"
import type { Db } from "#store/db.ts"
import { secrets } from "#store/schema.ts"

/** A random secret of this installation, 256 bits as text; the first process that asks makes it, all others read the same. */
export async function ensureSecret(db: Db, name: string): Promise<string> {
  const value = randomBytes(32).toString("base64url")
  await db.insert(secrets).values({ name, value }).onConflictDoNothing()
  const [row] = await db
    .select({ value: secrets.value })
    .from(secrets)
    .where(eq(secrets.name, name))
  if (!row) throw new Error(`the secret ${name} was not kept`)
  return row.value
}
