import type { Context } from "hono"
import { type Picture, type PictureRefusal, readPicture } from "#documents/picture.ts"
import { addPicture } from "#flows/add-picture.ts"
import type { FieldFault } from "#views/console/kit/form.ts"
import type { ConsoleEnv } from "#web/console/context.ts"
import type { ConsoleDeps } from "#web/console/deps.ts"
import { type FormEntries, type Typed, typedIn } from "#web/console/form.ts"

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

/**
 * Keeps the pictures that a form sent as `$picture` (or `products[2].$picture`) and says their paths as its `picture`; where `$unpicture` is
 * ticked it says none. They are kept at once, so that a form with something else wrong does not lose them; a refused one has its fault.
 */
export async function withPictures(
  c: Context<ConsoleEnv>,
  deps: ConsoleDeps,
  entries: FormEntries,
): Promise<{ readonly typed: Typed; readonly faults: readonly FieldFault[] }> {
  const sent = typedIn(entries)
  const unwanted = new Set(
    sent.flatMap(([name, value]) =>
      name.endsWith("$unpicture") && value !== "" ? [name.replace("$unpicture", "picture")] : [],
    ),
  )
  const kept = new Map<string, string>()
  const faults: FieldFault[] = []
  for (const [name, file] of entries.files) {
    const field = name.replace("$picture", "picture")
    if (!name.endsWith("$picture") || unwanted.has(field)) continue
    const upload = await keepUpload(c, deps, file)
    if (upload.ok) kept.set(field, upload.path)
    else faults.push({ field, message: refusals[upload.reason] })
  }
  const others = sent.filter(([name]) => !unwanted.has(name) && !kept.has(name))
  return { typed: [...others, ...kept], faults }
}

async function keepUpload(
  c: Context<ConsoleEnv>,
  deps: ConsoleDeps,
  file: File,
): Promise<
  | { readonly ok: true; readonly path: string }
  | { readonly ok: false; readonly reason: keyof typeof refusals }
> {
  const { actor } = c.var.visit
  const read = await readUpload(deps, actor.accountId, file)
  if (!read.ok) return read
  const added = await addPicture(deps, actor, read.picture)
  return added.outcome === "added"
    ? { ok: true, path: added.path }
    : { ok: false, reason: added.outcome === "refused" ? added.reason : "forbidden" }
}

const refusals = {
  "not-a-picture": "This is no picture that can be shown. Choose a JPEG, PNG, WebP, GIF or AVIF.",
  damaged: "This picture is damaged. Save it anew, or choose another.",
  "too-many-pixels": "This picture has more than 50 million pixels. Make it smaller first.",
  "too-small":
    "This picture is less than 200 pixels wide: it would look blurred. Choose a larger one.",
  "too-large": "This file is larger than 10 MB. Make it smaller first.",
  "too-many-pictures": "There are 5,000 pictures already. Ask us to make room.",
  "too-many-uploads": "Many pictures came in a short time. Wait ten minutes, then send it again.",
  forbidden: "You may not add pictures.",
} as const
