import type { Tx } from "./database.ts"

/** A stored object: what the provider shows, and what it keeps to itself. */
export type Stored<Body, Inner = Record<string, never>> = {
  readonly body: Body
  readonly inner: Inner
}

/** The id behind a reference, which is an id or, once expanded, the object. */
export function idOf(reference: string | { readonly id: string } | null): string {
  return typeof reference === "string" ? reference : (reference?.id ?? "")
}

type ObjectBody = { readonly id: string; readonly object: string; readonly created?: number | null }

export async function insertObject(tx: Tx, body: ObjectBody, inner: object = {}): Promise<void> {
  await tx.query(
    "insert into object (id, kind, created, body, inner_state) values ($1, $2, $3, $4, $5)",
    [body.id, body.object, body.created ?? 0, JSON.stringify(body), JSON.stringify(inner)],
  )
}

export async function saveObject(tx: Tx, body: ObjectBody, inner?: object): Promise<void> {
  await tx.query(
    "update object set body = $2, inner_state = coalesce($3::jsonb, inner_state) where id = $1",
    [body.id, JSON.stringify(body), inner === undefined ? null : JSON.stringify(inner)],
  )
}

/** Finds an object of one kind. `for update` holds it until the request ends, so that two requests never change it at once. */
export async function findObject<Body, Inner = Record<string, never>>(
  tx: Tx,
  kind: string,
  id: string,
  lock: "for update" | "" = "",
): Promise<Stored<Body, Inner> | undefined> {
  const { rows } = await tx.query<{ body: Body; inner_state: Inner }>(
    `select body, inner_state from object where id = $1 and kind = $2 ${lock}`,
    [id, kind],
  )
  const row = rows[0]
  return row && { body: row.body, inner: row.inner_state }
}

/** Finds an object of any kind, as it is shown. */
export async function findAnyObject(tx: Tx, id: string): Promise<object | undefined> {
  const { rows } = await tx.query<{ body: object }>("select body from object where id = $1", [id])
  return rows[0]?.body
}
