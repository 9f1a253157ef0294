import type { Role } from "#core/role.ts"
import { roles } from "#core/role.ts"
import { badge, card } from "#views/console/kit/card.ts"
import { button } from "#views/console/kit/button.ts"
import {
  choice,
  errorOf,
  errorSummary,
  field,
  type FieldFault,
  select,
} from "#views/console/kit/form.ts"
import { consolePage, type Surroundings } from "#views/console/kit/shell.ts"
import { table } from "#views/console/kit/table.ts"
import { roleWords } from "#views/console/role-words.ts"
import { settingsTabs } from "#views/console/settings-tabs.ts"
import { html, type Html } from "#views/html.ts"

export type TeamPage = {
  readonly visit: Surroundings & { readonly person: { readonly id: string } }
  readonly members: readonly {
    readonly personId: string
    readonly name: string
    readonly email: string
    readonly emailVerified: boolean
    readonly role: Role
    /** As written. */
    readonly joined: string
  }[]
  readonly invitations: readonly {
    readonly id: string
    readonly email: string
    readonly role: Role
    /** "until 27 Nov"; absent when it has lapsed. */
    readonly goodUntil?: string
  }[]
  readonly typed?: { readonly email: string; readonly role: string }
  readonly faults?: readonly FieldFault[]
}

/** Who works here and as what; who is asked to; and a form to ask somebody. */
export function teamPage(page: TeamPage): Html {
  const { visit, faults = [] } = page
  return consolePage({
    visit,
    title: "Team",
    active: "settings",
    crumbs: [{ label: "Settings" }],
    body: html`${settingsTabs(visit, "team")} ${errorSummary(faults, "Nothing was changed.")}
    ${membersCard(page)} ${page.invitations.length > 0 && invitationsCard(page)} ${inviteCard(page)}`,
  })
}

function membersCard({ visit, members }: TeamPage): Html {
  return card({
    title: "Members",
    body: table({
      caption: "Members of this account",
      columns: [
        { label: "Name" },
        { label: "Role", kind: "two" },
        { label: "Since" },
        { label: "Actions", kind: "actions", hidden: true },
      ],
      rows: members.map((member) => [
        html`<b>${member.name}</b
          >${member.personId === visit.person.id && html` ${badge("plain", "You")}`}<br /><span
            class="sub"
            >${member.email}</span
          >${!member.emailVerified && welcomeForm(visit.account.slug, member)}`,
        roleForm(visit.account.slug, member),
        member.joined,
        html`<form
          method="post"
          action="/console/${visit.account.slug}/settings/team/members/${member.personId}/remove"
        >
          ${button({ label: `Remove ${member.name}`, kind: "quiet", icon: "close", square: true })}
        </form>`,
      ]),
    }),
    foot: html`A role counts from the next click. Whoever leaves keeps their other organizations.`,
  })
}

/** A mail that never came, or whose link is too old, can be sent again. */
function welcomeForm(slug: string, { personId, name }: TeamPage["members"][number]): Html {
  return html`<form
    method="post"
    class="row"
    action="/console/${slug}/settings/team/members/${personId}/welcome"
  >
    ${badge("warn", "Address not confirmed")}
    ${button({ label: `Mail ${name} again`, kind: "quiet" })}
  </form>`
}

function roleForm(slug: string, member: TeamPage["members"][number]): Html {
  return html`<form
    method="post"
    class="row"
    action="/console/${slug}/settings/team/members/${member.personId}/role"
  >
    ${select({
      name: "role",
      id: `role-${member.personId}`,
      label: `Role of ${member.name}`,
      value: member.role,
      options: roles.map((role) => ({ value: role, label: roleWords[role].name })),
      bare: true,
      narrow: true,
    })}
    ${button({ label: "Change" })}
  </form>`
}

function invitationsCard({ visit, invitations }: TeamPage): Html {
  return card({
    title: "Invited",
    body: table({
      caption: "Invitations that wait for an answer",
      columns: [
        { label: "E-mail" },
        { label: "Role" },
        { label: "Good until" },
        { label: "Actions", kind: "actions", hidden: true },
      ],
      rows: invitations.map(({ id, email, role, goodUntil }) => [
        html`<b>${email}</b>`,
        roleWords[role].name,
        goodUntil ?? badge("warn", "Lapsed: invite again"),
        html`<form
          method="post"
          action="/console/${visit.account.slug}/settings/team/invitations/${id}/withdraw"
        >
          ${button({ label: "Withdraw", kind: "quiet" })}
        </form>`,
      ]),
    }),
  })
}

function inviteCard({ visit, typed, faults = [] }: TeamPage): Html {
  return card({
    title: "Invite somebody",
    padded: true,
    body: html`<form
      method="post"
      action="/console/${visit.account.slug}/settings/team/invitations"
      class="stack"
      novalidate
    >
      ${field({
        name: "email",
        label: "E-mail",
        type: "email",
        value: typed?.email,
        autocomplete: "off",
        inputmode: "email",
        maxlength: 254,
        required: true,
        error: errorOf(faults, "email"),
      })}
      ${choice({
        name: "role",
        label: "Role",
        value: typed?.role ?? "manager",
        options: roles.map((role) => ({
          value: role,
          label: roleWords[role].name,
          hint: roleWords[role].may,
        })),
        error: errorOf(faults, "role"),
      })}
      <div class="row">${button({ label: "Send the invitation", kind: "primary" })}</div>
    </form>`,
  })
}
