import { Hono } from "hono"
import { formatDateTime, formatLongDate } from "#core/format.ts"
import { showHistory } from "#flows/show-history.ts"
import { historyPage } from "#views/console/history.ts"
import { forbiddenPage, page } from "#web/console/answer.ts"
import type { ConsoleEnv } from "#web/console/context.ts"
import type { ConsoleDeps } from "#web/console/deps.ts"

/** Who changed what: `settings/audit`, of one thing with `?subject=event:friday-night`. */
export function historyRoutes(deps: ConsoleDeps) {
  return new Hono<ConsoleEnv>().get("/settings/audit", async (c) => {
    const { visit } = c.var
    const subject = c.req.query("subject")?.slice(0, 300).replaceAll("\u0000", "")
    const before = /^\d{1,15}$/.exec(c.req.query("before") ?? "")?.[0]
    const history = await showHistory(deps, visit.actor, {
      ...(before !== undefined && { before: Number(before) }),
      ...(subject !== undefined && { subject }),
    })
    if (history.outcome === "forbidden") return forbiddenPage(c)
    const view = historyPage({
      visit,
      lines: history.lines.map((line) => ({
        ...line,
        when: whenIn(visit, line.at),
      })),
      ...(subject !== undefined && { subject }),
      ...(history.earlier !== undefined && {
        earlier: earlierPath(visit.account.slug, history.earlier, subject),
      }),
    })
    return page(c, view)
  })
}

/** A day of another year says which. */
function whenIn({ now, account: { timeZone } }: ConsoleEnv["Variables"]["visit"], at: string) {
  const isThisYear = at.slice(0, 4) === now.slice(0, 4)
  return (isThisYear ? formatDateTime : formatLongDate)(at, "en-GB", timeZone)
}

function earlierPath(slug: string, before: number, subject: string | undefined): string {
  const query = new URLSearchParams({
    ...(subject !== undefined && { subject }),
    before: String(before),
  })
  return `/console/${slug}/settings/audit?${query.toString()}`
}
