import type { Context, MiddlewareHandler } from "hono"
import { crossSite, notFound } from "#web/console/answer.ts"

/** Nothing inline, nothing from elsewhere, in nobody's frame. */
export const consolePolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "connect-src 'self'",
  "form-action 'self'",
  "frame-src 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join("; ")

/**
 * What every console page says unless its route says something of its own. The referrer stays within the site, so that no mailed token is
 * told to others; with `no-referrer` browsers would not say where a form comes from either.
 */
export function consoleHeaders(publicUrl: string): MiddlewareHandler {
  const isSecure = publicUrl.startsWith("https:")
  const defaults: Readonly<Record<string, string>> = {
    "Content-Security-Policy": consolePolicy,
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Robots-Tag": "noindex",
    "Cache-Control": "private, no-store",
  }
  return async (c, next) => {
    c.set("isSecure", isSecure)
    await next()
    for (const [name, value] of Object.entries(defaults))
      if (!c.res.headers.has(name)) c.res.headers.set(name, value)
  }
}

/** Lets forms in that our own pages sent, and no others: a cookie alone proves nothing about who wanted it. */
export function ownForms(publicUrl: string): MiddlewareHandler {
  return (c, next) => (isSafe(c) || isOwn(c, publicUrl) ? next() : Promise.resolve(crossSite(c)))
}

/** Nothing has a NUL in its path: PostgreSQL keeps none, so that asking for one would be a fault. */
export const readableAddresses: MiddlewareHandler = (c, next) =>
  c.req.url.split("?", 1)[0]?.includes("%00") ? Promise.resolve(notFound(c)) : next()

function isSafe({ req }: Context): boolean {
  return ["GET", "HEAD", "OPTIONS"].includes(req.method)
}

/** Browsers say `Sec-Fetch-Site` themselves, but not to every plain address; then there is still the origin. */
function isOwn({ req }: Context, publicUrl: string): boolean {
  const site = req.header("sec-fetch-site")
  return site === undefined ? req.header("origin") === publicUrl : site === "same-origin"
}
