import { personEmail } from "#core/person.ts"
import type { Deps } from "#flows/deps.ts"
import { withTx } from "#store/db.ts"
import { newId } from "#store/ids.ts"
import { findPersonByEmail } from "#store/people.ts"
import { enqueue } from "#store/queue.ts"

/**
 * Asks for a mail with a link to a new password. An address that nobody has does exactly the same work, and the job then finds nobody: the
 * answer does not tell who has an account, nor does its time. False when it is no address.
 */
export async function askForReset({ pool }: Pick<Deps, "pool">, typed: string): Promise<boolean> {
  const email = personEmail(typed)
  if (email === undefined) return false
  const person = await findPersonByEmail(pool.db, email)
  await withTx(pool, (tx) => enqueue(tx, "send-reset", { personId: person?.id ?? newId() }))
  return true
}
