import { hash } from "node:crypto"
import { readdir, readFile } from "node:fs/promises"
import { extname, join } from "node:path"
import { Hono } from "hono"
import { isCurrent } from "#web/headers.ts"

type File = { readonly body: Uint8Array<ArrayBuffer>; readonly type: string; readonly etag: string }

const types: Readonly<Record<string, string>> = {
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".svg": "image/svg+xml",
  ".png": "image/png",
  ".jpg": "image/jpeg",
  ".webp": "image/webp",
  ".map": "application/json",
}

/**
 * Reads the files of one folder into memory; none when the folder is missing. Names are looked up, never joined to a path. `fill` takes the
 * places of names in scripts.
 */
export async function readFiles(
  folder: string,
  fill: Readonly<Record<string, string>> = {},
): Promise<ReadonlyMap<string, File>> {
  const names = await readdir(folder).catch(() => [])
  const known = names.filter((name) => types[extname(name)])
  const files = await Promise.all(
    known.map(async (name): Promise<[string, File]> => {
      const read = await readFile(join(folder, name))
      const body = new Uint8Array(extname(name) === ".js" ? filled(read, fill) : read)
      const etag = `"${hash("sha1", body, "base64url")}"`
      return [name, { body, type: types[extname(name)] ?? "", etag }]
    }),
  )
  return new Map(files)
}

function filled(script: Buffer, fill: Readonly<Record<string, string>>): Buffer {
  const changes = Object.entries(fill)
  if (changes.length === 0) return script
  return Buffer.from(
    changes.reduce((text, [name, value]) => text.replaceAll(name, () => value), script.toString()),
  )
}

/** Serves `files` at `/:file`, for any origin: scripts and pictures of embeds are asked for from host pages. */
export function fileRoutes(files: ReadonlyMap<string, File>, cacheControl: string) {
  return new Hono().get("/:file", (c) => {
    const file = files.get(c.req.param("file"))
    if (!file) return c.text("Not found", 404)
    const headers = {
      "Content-Type": file.type,
      "Cache-Control": cacheControl,
      ETag: file.etag,
      "Access-Control-Allow-Origin": "*",
      "Cross-Origin-Resource-Policy": "cross-origin",
      "X-Content-Type-Options": "nosniff",
      "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; sandbox",
    }
    return isCurrent(c.req.header("if-none-match"), file.etag)
      ? c.body(null, 304, headers)
      : c.body(file.body, 200, headers)
  })
}
