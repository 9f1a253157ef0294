import { type Actor, forbidden, type Forbidden, may } from "#core/role.ts"
import { findAccountSlug } from "#store/catalogue.ts"
import { type Pool, withTx } from "#store/db.ts"
import { countPictures, type Rendition, savePicture } from "#store/pictures.ts"

export type AddedPicture =
  /** `path`: what the catalogue's `picture` says. */
  | { readonly outcome: "added"; readonly path: string }
  | { readonly outcome: "refused"; readonly reason: "too-many-pictures" }
  | Forbidden

/** Far more than an organizer has shows. */
const mostPictures = 5000

/** Keeps a picture for the account. It is public from then on, under a name that only its content gives away. */
export async function addPicture(
  { pool }: { readonly pool: Pool },
  actor: Actor,
  picture: { readonly hash: string; readonly renditions: readonly Rendition[] },
): Promise<AddedPicture> {
  if (!may(actor, "edit-events")) return forbidden("edit-events")
  return withTx(pool, async (tx) => {
    const slug = await findAccountSlug(tx, actor.accountId)
    if (slug === undefined) throw new Error(`there is no account ${actor.accountId}`)
    if ((await countPictures(tx, actor.accountId)) >= mostPictures)
      return { outcome: "refused", reason: "too-many-pictures" }
    await savePicture(tx, actor.accountId, picture.hash, picture.renditions)
    return { outcome: "added", path: `/media/account/${slug}/${picture.hash}.webp` }
  })
}
