import type { Db, Tx } from "#store/db.ts"

/** A report's address under a name. */
export type SavedView = { readonly id: string; readonly name: string; readonly query: string }

export async function listSavedViews(db: Db, accountId: string): Promise<SavedView[]> {
  const { rows } = await db.$client.query<SavedView>(
    "select id, name, query from marketing.saved_view where account_id = $1 order by lower(name), name",
    [accountId],
  )
  return rows
}

/** The same name again means the new query. False when the account has `most` already. */
export async function saveView(
  tx: Tx,
  accountId: string,
  view: SavedView,
  most: number,
): Promise<boolean> {
  const { rowCount } = await tx.$client.query(
    `insert into marketing.saved_view (id, account_id, name, query) select $1, $2, $3, $4
     where (select count(*) from marketing.saved_view where account_id = $2 and name <> $3) < $5
     on conflict (account_id, name) do update set query = excluded.query`,
    [view.id, accountId, view.name, view.query, most],
  )
  return rowCount === 1
}

export async function deleteView(tx: Tx, accountId: string, id: string): Promise<void> {
  await tx.$client.query("delete from marketing.saved_view where account_id = $1 and id = $2", [
    accountId,
    id,
  ])
}
