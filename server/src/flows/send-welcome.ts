import type { PersonMailDeps, RenderPersonMail } from "#flows/send-reset.ts"
import { newId } from "#store/ids.ts"
import { findPerson } from "#store/people.ts"

/** How long the link that confirms an address is good. */
const verifySeconds = 7 * 86_400

/** Welcomes a new person and asks them to confirm their address; nothing more is sent when they did already. */
export async function sendWelcome(
  { pool, mailer, signIn }: PersonMailDeps,
  { personId }: { readonly personId: string },
  render: RenderPersonMail,
): Promise<void> {
  const person = await findPerson(pool.db, personId)
  if (!person || person.emailVerified) return
  const token = await signIn.makeLink("verify-email", personId, verifySeconds)
  const mail = render({ name: person.name, token })
  await mailer.send({ id: newId(), fromName: "Foyer", to: person.email, attachments: [], ...mail })
}
