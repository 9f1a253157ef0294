import type { Role } from "#core/role.ts"

export type RoleWords = {
  readonly name: string
  /** "a marketer" */
  readonly as: string
  /** What the role opens, one sentence. */
  readonly may: string
}

export const roleWords: Readonly<Record<Role, RoleWords>> = {
  owner: { name: "Owner", as: "an owner", may: "Everything, payouts and the team included." },
  manager: {
    name: "Manager",
    as: "a manager",
    may: "Events, orders, promotions, reports and settings; not payouts or the team.",
  },
  "box-office": {
    name: "Box office",
    as: "box office",
    may: "Orders, events as they are, stock and the waitlist.",
  },
  marketer: {
    name: "Marketer",
    as: "a marketer",
    may: "The reports and the link builder, without any shopper’s personal data.",
  },
  finance: {
    name: "Finance",
    as: "finance",
    may: "Payouts, reports, orders and their exports.",
  },
}
