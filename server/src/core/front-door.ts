import { may, type Role } from "./role.ts"

/** The page that a role's console begins with, below `/console/<account>`. */
export function frontDoor(role: Role): "today" | "reports" {
  return may({ role }, "see-today") ? "today" : "reports"
}

/** What stands where an account's slug stands in the console's addresses. */
const ownPaths: ReadonlySet<string> = new Set([
  "assets",
  "forgot",
  "invitation",
  "new",
  "parts",
  "reset",
  "sign-in",
  "sign-out",
  "sign-up",
  "verify",
])

/** Whether an account of that slug could not be reached: the console has a page of its own there. */
export function isReservedSlug(slug: string): boolean {
  return ownPaths.has(slug)
}
