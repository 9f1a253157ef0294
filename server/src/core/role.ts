/** What a person may do for one account. Kept small on purpose: a role is a job, not a list of switches. */
export type Role = "owner" | "manager" | "box-office" | "marketer" | "finance"

export const roles: readonly Role[] = ["owner", "manager", "box-office", "marketer", "finance"]

/** What flows ask for, named by what it opens. */
export type Permission =
  | "see-today"
  | "see-events"
  | "edit-events"
  | "see-orders"
  | "handle-orders"
  | "export-orders"
  | "see-promotions"
  | "edit-promotions"
  | "see-reports"
  | "see-stock"
  | "see-waitlist"
  | "see-payouts"
  | "edit-widgets"
  | "edit-settings"
  | "see-history"
  | "manage-team"

/** Somebody signed in, acting for one of their accounts. */
export type Actor = {
  readonly userId: string
  readonly accountId: string
  readonly role: Role
}

export type Forbidden = { readonly outcome: "forbidden"; readonly permission: Permission }

/** An owner may do everything. A marketer sees reports and nothing else: no shopper's name reaches them. */
const granted: Readonly<Record<Exclude<Role, "owner">, ReadonlySet<Permission>>> = {
  manager: new Set([
    "see-today",
    "see-events",
    "edit-events",
    "see-orders",
    "handle-orders",
    "export-orders",
    "see-promotions",
    "edit-promotions",
    "see-reports",
    "see-stock",
    "see-waitlist",
    "edit-widgets",
    "edit-settings",
    "see-history",
  ]),
  "box-office": new Set([
    "see-today",
    "see-events",
    "see-orders",
    "handle-orders",
    "see-stock",
    "see-waitlist",
  ]),
  marketer: new Set(["see-reports"]),
  finance: new Set(["see-today", "see-orders", "export-orders", "see-reports", "see-payouts"]),
}

export function may({ role }: Pick<Actor, "role">, permission: Permission): boolean {
  return role === "owner" || granted[role].has(permission)
}

export function forbidden(permission: Permission): Forbidden {
  return { outcome: "forbidden", permission }
}
