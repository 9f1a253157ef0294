import { type ReportQuery, queryText } from "#core/report.ts"
import { type Actor, forbidden, type Forbidden, may } from "#core/role.ts"
import type { Deps } from "#flows/deps.ts"
import { withTx } from "#store/db.ts"
import { newId } from "#store/ids.ts"
import { deleteView, saveView as keepView } from "#store/saved-views.ts"

export type ViewSaved =
  | { readonly outcome: "saved" }
  | { readonly outcome: "refused"; readonly reason: "no-name" | "too-many" }

const longestName = 80
/** Of an account; nobody finds one among more. */
const mostViews = 100

/** Gives a report a name for everybody of the account. The same name again stands for the new one. */
export async function saveView(
  { pool }: Pick<Deps, "pool">,
  actor: Actor,
  name: string,
  query: ReportQuery,
): Promise<ViewSaved | Forbidden> {
  if (!may(actor, "see-reports")) return forbidden("see-reports")
  const tidy = name.replaceAll(/\s+/g, " ").trim().slice(0, longestName)
  if (tidy === "") return { outcome: "refused", reason: "no-name" }
  const view = { id: newId(), name: tidy, query: queryText(query) }
  const isSaved = await withTx(pool, (tx) => keepView(tx, actor.accountId, view, mostViews))
  return isSaved ? { outcome: "saved" } : { outcome: "refused", reason: "too-many" }
}

/** Of another account's views none is there. */
export async function forgetView(
  { pool }: Pick<Deps, "pool">,
  actor: Actor,
  id: string,
): Promise<{ readonly outcome: "saved" } | Forbidden> {
  if (!may(actor, "see-reports")) return forbidden("see-reports")
  await withTx(pool, (tx) => deleteView(tx, actor.accountId, id))
  return { outcome: "saved" }
}
