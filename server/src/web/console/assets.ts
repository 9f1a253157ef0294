import { hash } from "node:crypto"
import { readFile } from "node:fs/promises"
import { Hono } from "hono"
import { consoleScriptPath, consoleSheetPath } from "#views/console/kit/paths.ts"
import { consoleSheet } from "#views/console/kit/sheet.ts"
import { isCurrent } from "#web/headers.ts"

/**
 * The console's sheet, which a new look gives a new address, and its script, which is asked for anew each time. `scriptFile` is the built
 * file; without it the console works all the same, only not live.
 */
export async function consoleAssets(scriptFile: string) {
  const script = await readFile(scriptFile).catch(() => Buffer.from(""))
  const etag = `"${hash("sha1", script, "base64url")}"`
  return new Hono()
    .get(consoleSheetPath, (c) =>
      c.body(consoleSheet, 200, {
        "Content-Type": "text/css; charset=utf-8",
        "Cache-Control": "public, max-age=31536000, immutable",
      }),
    )
    .get(consoleScriptPath, (c) => {
      const headers = {
        "Content-Type": "text/javascript; charset=utf-8",
        "Cache-Control": "public, no-cache",
        ETag: etag,
      }
      return isCurrent(c.req.header("if-none-match"), etag)
        ? c.body(null, 304, headers)
        : c.body(new Uint8Array(script), 200, headers)
    })
}
