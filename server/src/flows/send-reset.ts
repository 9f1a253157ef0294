import type { Deps } from "#flows/deps.ts"
import type { Mail } from "#gateways/mailer.ts"
import { newId } from "#store/ids.ts"
import { findPerson } from "#store/people.ts"

/** What the mail says, made by who knows the words: the job. */
export type RenderPersonMail = (person: {
  readonly name: string
  readonly token: string
}) => Pick<Mail, "subject" | "html" | "text">

export type PersonMailDeps = Pick<Deps, "pool" | "mailer" | "signIn">

/** How long the link to a new password is good. */
export const resetSeconds = 3600

/** Mails a link to a new password. A job that runs again sends another link; each of them is good once. */
export async function sendReset(
  { pool, mailer, signIn }: PersonMailDeps,
  { personId }: { readonly personId: string },
  render: RenderPersonMail,
): Promise<void> {
  const person = await findPerson(pool.db, personId)
  if (!person) return
  const token = await signIn.makeLink("reset-password", personId, resetSeconds)
  const mail = render({ name: person.name, token })
  await mailer.send({ id: newId(), fromName: "Foyer", to: person.email, attachments: [], ...mail })
}
