import { Hono } from "hono"
import { may, type Permission } from "#core/role.ts"
import { type LaterPlace, laterPage } from "#views/console/later.ts"
import { forbiddenPage, page } from "#web/console/answer.ts"
import type { ConsoleEnv } from "#web/console/context.ts"

const places: readonly (readonly [LaterPlace, Permission])[] = [
  ["waitlist", "see-waitlist"],
  ["stock", "see-stock"],
  ["payouts", "see-payouts"],
]

/** Places of the navigation whose pages are still to come. They show nothing of the account. */
export function laterRoutes() {
  const routes = new Hono<ConsoleEnv>()
  for (const [place, needs] of places)
    routes.get(`/${place}`, (c) =>
      may(c.var.visit.actor, needs) ? page(c, laterPage(c.var.visit, place)) : forbiddenPage(c),
    )
  return routes
}
