import { Hono } from "hono"
import { askForWelcome } from "#flows/ask-for-welcome.ts"
import { verifyAgainPage } from "#views/console/sign-in.ts"
import { page, saved, takeNotice, tooMany } from "#web/console/answer.ts"
import { type PersonEnv, signedIn } from "#web/console/context.ts"
import type { ConsoleDeps } from "#web/console/deps.ts"

const path = "/verify/again"

/** The mail that asks whether an address is somebody's, once more. Paths are relative to `/console`. */
export function verifyAgainRoutes(deps: ConsoleDeps) {
  return new Hono<PersonEnv>()
    .use(path, signedIn(deps))
    .get(path, (c) => page(c, verifyAgainPage({ ...c.var.person, notice: takeNotice(c) })))
    .post(path, async (c) => {
      const { id, email } = c.var.person
      const address = deps.clientAddress(c.env.incoming)
      const isPatient =
        (await deps.limits.allows("mail-address", address)) &&
        (await deps.limits.allows("mail-person", id))
      if (!isPatient) return tooMany(c)
      const { outcome } = await askForWelcome(deps, id)
      return saved(
        c,
        `/console${path}`,
        outcome === "sent" ? `A mail to ${email} is on its way.` : undefined,
      )
    })
}
