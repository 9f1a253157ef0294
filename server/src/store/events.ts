import type { Tx } from "#store/db.ts"

/** An event as a subscription sees it. */
export type ReadEvent = { readonly stream: string; readonly type: string }

export type EventPage = {
  readonly events: readonly ReadEvent[]
  /** Whether more wait: a page is bounded. */
  readonly isLast: boolean
}

/**
 * The next events of a subscription in the one safe order, moving its checkpoint in the caller's transaction: what the caller writes and what it
 * has read are one. Positions alone are neither gap-free nor in commit order; whatever still runs is waited for. Only streams that begin with
 * `streams` are answered; the others are read past. One reader at a time: the second waits for the lock.
 */
export async function readEvents(
  tx: Tx,
  subscription: string,
  streams: string,
  limit: number,
): Promise<EventPage> {
  await tx.$client.query(
    "insert into es.subscription (name) values ($1) on conflict (name) do nothing",
    [subscription],
  )
  const { rows: checkpoints } = await tx.$client.query<{ last_xid: string; last_pos: number }>(
    "select last_xid::text, last_pos from es.subscription where name = $1 for update",
    [subscription],
  )
  const from = checkpoints[0] ?? { last_xid: "0", last_pos: 0 }
  const { rows } = await tx.$client.query<ReadEvent & { xid: string; pos: number }>({
    name: "read-events",
    text: `select xid::text, pos, stream, type from es.event
      where (xid, pos) > ($1::xid8, $2::bigint) and xid < pg_snapshot_xmin(pg_current_snapshot()) order by xid, pos limit $3`,
    values: [from.last_xid, from.last_pos, limit],
  })
  const last = rows.at(-1)
  if (last)
    await tx.$client.query(
      "update es.subscription set last_xid = $2::xid8, last_pos = $3, updated_at = clock_timestamp() where name = $1",
      [subscription, last.xid, last.pos],
    )
  return {
    events: rows.filter(({ stream }) => stream.startsWith(streams)),
    isLast: rows.length < limit,
  }
}
