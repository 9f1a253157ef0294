import { Hono } from "hono"
import { seeToday } from "#flows/see-today.ts"
import { todayPage } from "#views/console/today.ts"
import { forbiddenPage, page } from "#web/console/answer.ts"
import type { ConsoleEnv } from "#web/console/context.ts"
import type { ConsoleDeps } from "#web/console/deps.ts"

/** What an account's people see first. */
export function todayRoutes(deps: ConsoleDeps) {
  return new Hono<ConsoleEnv>().get("/today", async (c) => {
    const { visit } = c.var
    const { timeZone } = visit.account
    const today = await seeToday(deps, visit.actor, { now: visit.now, timeZone })
    if (today.outcome === "forbidden") return forbiddenPage(c)
    return page(c, todayPage({ visit, currency: c.req.query("currency") ?? "", ...today }))
  })
}
