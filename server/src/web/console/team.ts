import { type Context, Hono } from "hono"
import { formatDate } from "#core/format.ts"
import { isAfter } from "#core/instant.ts"
import { may } from "#core/role.ts"
import { askForMembersWelcome } from "#flows/ask-for-welcome.ts"
import { type ChangedMember, changeRole, removeMember } from "#flows/change-member.ts"
import { inviteMember } from "#flows/invite-member.ts"
import { showTeam } from "#flows/show-team.ts"
import { withdrawInvitation } from "#flows/withdraw-invitation.ts"
import type { FieldFault } from "#views/console/kit/form.ts"
import { type TeamPage, teamPage } from "#views/console/team.ts"
import { forbiddenPage, notFound, page, saved, tooMany } from "#web/console/answer.ts"
import type { ConsoleEnv } from "#web/console/context.ts"
import type { ConsoleDeps } from "#web/console/deps.ts"
import { readForm } from "#web/console/form.ts"

const uuid = "[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"

/** The team of an account: `settings/team`. */
export function teamRoutes(deps: ConsoleDeps) {
  return new Hono<ConsoleEnv>()
    .get("/settings/team", (c) => show(c, deps))
    .post("/settings/team/invitations", (c) => invite(c, deps))
    .post(`/settings/team/invitations/:id{${uuid}}/withdraw`, async (c) => {
      const { outcome } = await withdrawInvitation(deps, c.var.visit.actor, c.req.param("id"))
      if (outcome === "forbidden") return forbiddenPage(c)
      return outcome === "gone" ? notFound(c) : saved(c, teamPath(c), "The link no longer works.")
    })
    .post(`/settings/team/members/:id{${uuid}}/role`, async (c) => {
      const { actor } = c.var.visit
      const role = (await readForm(c)).one("role")
      return changed(c, deps, await changeRole(deps, actor, c.req.param("id"), role))
    })
    .post(`/settings/team/members/:id{${uuid}}/welcome`, (c) => welcome(c, deps, c.req.param("id")))
    .post(`/settings/team/members/:id{${uuid}}/remove`, async (c) =>
      changed(c, deps, await removeMember(deps, c.var.visit.actor, c.req.param("id"))),
    )
}

async function invite(c: Context<ConsoleEnv>, deps: ConsoleDeps): Promise<Response> {
  const { actor } = c.var.visit
  const form = await readForm(c)
  const typed = { email: form.one("email"), role: form.one("role") }
  if (!(await deps.limits.allows("mail-account", actor.accountId))) return tooMany(c)
  const invited = await inviteMember(deps, actor, typed)
  switch (invited.outcome) {
    case "invited":
      return saved(c, teamPath(c), `A mail to ${typed.email} is on its way.`)
    case "forbidden":
      return forbiddenPage(c)
    case "refused":
      return show(c, deps, { typed, faults: [refusals[invited.field]] })
    case "already-member":
      return show(c, deps, { typed, faults: [fault("email", "They are a member already.")] })
    case "too-many":
      return show(c, deps, {
        typed,
        faults: [fault("email", "Too many invitations wait for an answer. Withdraw some first.")],
      })
  }
}

async function welcome(
  c: Context<ConsoleEnv>,
  deps: ConsoleDeps,
  personId: string,
): Promise<Response> {
  const { actor } = c.var.visit
  if (!may(actor, "manage-team")) return forbiddenPage(c)
  const isPatient =
    (await deps.limits.allows("mail-account", actor.accountId)) &&
    (await deps.limits.allows("mail-person", personId))
  if (!isPatient) return tooMany(c)
  const asked = await askForMembersWelcome(deps, actor, personId)
  switch (asked.outcome) {
    case "forbidden":
      return forbiddenPage(c)
    case "gone":
      return notFound(c)
    case "sent":
      return saved(c, teamPath(c), `A mail to ${asked.email} is on its way.`)
    case "confirmed":
      return saved(c, teamPath(c), `${asked.email} is confirmed already.`)
  }
}

async function show(
  c: Context<ConsoleEnv>,
  deps: ConsoleDeps,
  said: Pick<TeamPage, "typed" | "faults"> = {},
): Promise<Response> {
  const { visit } = c.var
  const team = await showTeam(deps, visit.actor)
  if (team.outcome === "forbidden") return forbiddenPage(c)
  const day = (instant: string) => formatDate(instant, "en-GB", visit.account.timeZone)
  const view = teamPage({
    visit,
    ...said,
    members: team.members.map((member) => ({ ...member, joined: day(member.joinedAt) })),
    invitations: team.invitations.map((each) => ({
      ...each,
      ...(isAfter(each.expiresAt, visit.now) && { goodUntil: day(each.expiresAt) }),
    })),
  })
  return page(c, view, said.faults ? 422 : 200)
}

/** After another role or none: who took their own job away is let out. */
function changed(
  c: Context<ConsoleEnv>,
  deps: ConsoleDeps,
  { outcome }: ChangedMember,
): Response | Promise<Response> {
  switch (outcome) {
    case "changed":
      return saved(
        c,
        c.req.param("id") === c.var.visit.actor.userId ? "/console" : teamPath(c),
        "The team is changed.",
      )
    case "gone":
      return notFound(c)
    case "forbidden":
      return forbiddenPage(c)
    case "refused":
      return show(c, deps, { faults: [fault("role", "Choose one of the roles.")] })
    case "last-owner":
      return show(c, deps, { faults: [fault("role", lastOwner)] })
  }
}

const lastOwner =
  "This is the last owner, and somebody must manage the team. Make somebody else an owner first."

const refusals: Readonly<Record<"email" | "role", FieldFault>> = {
  email: fault("email", "Check the e-mail address: something is missing or too much."),
  role: fault("role", "Choose one of the roles."),
}

function fault(field: string, message: string): FieldFault {
  return { field, message }
}

function teamPath(c: Context<ConsoleEnv>): string {
  return `/console/${c.var.visit.account.slug}/settings/team`
}
