import type { Context } from "hono"
import { type Picture, type PictureRefusal, readPicture } from "#documents/picture.ts"
import { addPicture } from "#flows/add-picture.ts"
import { may } from "#core/role.ts"
import type { ConsoleEnv } from "#web/console/context.ts"
import type { ConsoleDeps } from "#web/console/deps.ts"

/** What became of a chosen picture. It is kept at once, so that a form with something else wrong does not lose it. */
export type Upload =
  | { readonly outcome: "none" }
  | { readonly outcome: "kept"; readonly path: string }
  | { readonly outcome: "refused"; readonly message: string }
  | { readonly outcome: "forbidden" }

/**
 * Reads an upload, one after the other whoever sends them: each takes much memory, and the threads that names of hosts and passwords wait for.
 * Refuses what is no fit picture, and an account that sends more than its share.
 */
export async function readUpload(
  { limits, turns }: Pick<ConsoleDeps, "limits" | "turns">,
  accountId: string,
  file: Pick<File, "arrayBuffer">,
): Promise<
  | { readonly ok: true; readonly picture: Picture }
  | { readonly ok: false; readonly reason: PictureRefusal | "too-many-uploads" }
> {
  if (!(await limits.allows("picture-account", accountId)))
    return { ok: false, reason: "too-many-uploads" }
  return turns("pictures", async () => readPicture(new Uint8Array(await file.arrayBuffer())))
}

export async function keepUpload(
  c: Context<ConsoleEnv>,
  deps: ConsoleDeps,
  file: File | undefined,
): Promise<Upload> {
  const { actor } = c.var.visit
  if (!may(actor, "edit-events")) return { outcome: "forbidden" }
  if (!file) return { outcome: "none" }
  const read = await readUpload(deps, actor.accountId, file)
  if (!read.ok) return { outcome: "refused", message: words[read.reason] }
  const added = await addPicture(deps, actor, read.picture)
  switch (added.outcome) {
    case "added":
      return { outcome: "kept", path: added.path }
    case "refused":
      return { outcome: "refused", message: "There are too many pictures already." }
    case "forbidden":
      return { outcome: "forbidden" }
  }
}

const words: Readonly<Record<PictureRefusal | "too-many-uploads", string>> = {
  "not-a-picture": "That is not a picture we can show. Use a JPEG, PNG or WebP file.",
  damaged: "The picture is damaged. Save it again, or choose another.",
  "too-many-pixels": "The picture has too many pixels. Make it at most 8,000 wide.",
  "too-small": "The picture is too small. It needs at least 200 pixels in width.",
  "too-large": "The file is larger than 10 MB. Save it smaller.",
  "too-many-uploads": "Many pictures came in a short time. Wait ten minutes, then send it again.",
}
