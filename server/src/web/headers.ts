import type { MiddlewareHandler } from "hono"
import { compress } from "hono/compress"

/**
 * What every answer says unless its route says something of its own: no guessing of types, no framing, nothing to load, no address told to
 * others; and over TLS that there is no plain way in.
 */
export function securityHeaders(publicUrl: string): MiddlewareHandler {
  const defaults: Readonly<Record<string, string>> = {
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy":
      "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    "Referrer-Policy": "no-referrer",
    ...(publicUrl.startsWith("https:") && {
      "Strict-Transport-Security": "max-age=31536000",
    }),
  }
  return async (c, next) => {
    await next()
    for (const [name, value] of Object.entries(defaults))
      if (!c.res.headers.has(name)) c.res.headers.set(name, value)
  }
}

/** Scripts, sheets and drawings travel compressed. Nothing that holds a secret does: its length would tell of it. */
export const compressed = compress({
  contentTypeFilter: /^(text\/(javascript|css)|image\/svg\+xml)/,
})

/** Whether the browser's copy is the one that `etag` names; compression makes a tag weak. */
export function isCurrent(ifNoneMatch: string | undefined, etag: string): boolean {
  return ifNoneMatch?.replace(/^W\//, "") === etag
}
