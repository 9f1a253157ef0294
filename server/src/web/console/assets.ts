import { hash } from "node:crypto"
import { readFile } from "node:fs/promises"
import { fileURLToPath } from "node:url"
import { Hono } from "hono"
import { consoleScriptPath, consoleSheetPath } from "#views/console/kit/paths.ts"
import { consoleSheet } from "#views/console/kit/sheet.ts"
import { isCurrent } from "#web/headers.ts"

const scriptFile = fileURLToPath(new URL("../../../../widget/dist/console.js", import.meta.url))

/** The console's sheet, which a new look gives a new address, and its script, which is asked for anew each time. */
export function consoleAssets() {
  const script = once(readScript)
  return new Hono()
    .get(consoleSheetPath, (c) =>
      c.body(consoleSheet, 200, {
        "Content-Type": "text/css; charset=utf-8",
        "Cache-Control": "public, max-age=31536000, immutable",
      }),
    )
    .get(consoleScriptPath, async (c) => {
      const { body, etag } = await script()
      const headers = {
        "Content-Type": "text/javascript; charset=utf-8",
        "Cache-Control": "public, no-cache",
        ETag: etag,
      }
      return isCurrent(c.req.header("if-none-match"), etag)
        ? c.body(null, 304, headers)
        : c.body(body, 200, headers)
    })
}

/** Where it is not built the console works all the same, only not live. */
async function readScript() {
  const body = new Uint8Array(await readFile(scriptFile).catch(() => Buffer.from("")))
  return { body, etag: `"${hash("sha1", body, "base64url")}"` }
}

function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined
  return () => (made ??= { value: make() }).value
}
