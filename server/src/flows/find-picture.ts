import type { Pool } from "#store/db.ts"
import { findPicture as find } from "#store/pictures.ts"

/** An uploaded picture as WebP, at least that wide where it is; undefined when there is none of that name. */
export async function findPicture(
  { pool }: { readonly pool: Pool },
  accountSlug: string,
  hash: string,
  leastWidth: number,
): Promise<Uint8Array | undefined> {
  return find(pool.db, accountSlug, hash, leastWidth)
}
