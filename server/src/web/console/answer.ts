import type { Context } from "hono"
import { deleteCookie, getCookie, setCookie } from "hono/cookie"
import type { Html } from "#views/html.ts"
import { wordPage } from "#views/console/word-page.ts"

/** Status codes of pages that say more than "here it is". */
type PageStatus = 200 | 400 | 401 | 403 | 404 | 409 | 410 | 413 | 422 | 429

/** A whole page. Pages of the console are never kept by browsers or proxies (`consoleHeaders`). */
export function page(c: Context, body: Html, status: PageStatus = 200): Response {
  return c.html(String(body), status)
}

/** After a form: the browser asks for `path`, where `notice` is said once. */
export function saved(c: Context, path: string, notice?: string): Response {
  if (notice !== undefined)
    setCookie(c, noticeCookie, notice.slice(0, longestNotice), {
      path: "/console",
      maxAge: 60,
      httpOnly: true,
      sameSite: "Lax",
      secure: isSecure(c),
    })
  return c.redirect(path, 303)
}

/** Asked for something that this role does not do. */
export function forbiddenPage(c: Context): Response {
  return page(
    c,
    wordPage({
      title: "Your role does not include this",
      text: "An owner of this account can change your role on the team page.",
    }),
    403,
  )
}

/** For what does not exist, and for what belongs to somebody else. */
export function notFound(c: Context): Response {
  return page(
    c,
    wordPage({
      title: "There is nothing here",
      text: "The address may have a typing error, or it belongs to an account that you are not a member of.",
    }),
    404,
  )
}

export function tooLarge(c: Context): Response {
  return page(
    c,
    wordPage({
      title: "That is too much at once",
      text: "A form takes up to 1 MB of text and 10 MB of files. Go back and send less.",
    }),
    413,
  )
}

export function tooMany(c: Context): Response {
  c.header("Retry-After", "600")
  return page(
    c,
    wordPage({
      title: "Too many tries",
      text: "Wait ten minutes, then try again.",
    }),
    429,
  )
}

/** A form that another site sent, or nobody knows which. */
export function crossSite(c: Context): Response {
  return page(
    c,
    wordPage({
      title: "This form did not come from here",
      text: "Open the page again and send the form from there.",
    }),
    403,
  )
}

const noticeCookie = "foyer-notice"
const longestNotice = 300

/** What the last form wanted to be said; it is said once. */
export function takeNotice(c: Context): string | undefined {
  const said = getCookie(c, noticeCookie)
  if (said === undefined) return undefined
  deleteCookie(c, noticeCookie, { path: "/console", secure: isSecure(c) })
  return said.slice(0, longestNotice)
}

/** Hands on the cookies of sign-in. */
export function appendCookies(c: Context, cookies: readonly string[]): void {
  for (const cookie of cookies) c.header("Set-Cookie", cookie, { append: true })
}

/** Whether browsers come over TLS, whatever the proxy in front speaks. */
function isSecure(c: Context): boolean {
  return c.get("isSecure") === true
}

declare module "hono" {
  interface ContextVariableMap {
    /** Set by `consoleHeaders`. */
    isSecure: boolean
  }
}
