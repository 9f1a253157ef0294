/** Why a text is no site that could embed a widget. */
export type SiteRefusal = "empty" | "not-an-address" | "not-a-site" | "has-password"

/**
 * The origin of whatever somebody pasted: "www.club.example", "club.example/tickets", "https://club.example:8443/x?y#z". A site without a
 * scheme is taken as https, but for this machine's own names, which are served by http while somebody builds a page.
 */
export function siteOrigin(
  pasted: string,
):
  | { readonly ok: true; readonly origin: string }
  | { readonly ok: false; readonly reason: SiteRefusal } {
  const text = pasted.trim()
  if (text === "") return { ok: false, reason: "empty" }
  const scheme = /^([a-z][a-z0-9+.-]*):\/\//i.exec(text)?.[1]?.toLowerCase()
  if (scheme !== undefined && scheme !== "http" && scheme !== "https")
    return { ok: false, reason: "not-a-site" }
  const whole = scheme === undefined ? `${isLocal(text) ? "http" : "https"}://${text}` : text
  if (!URL.canParse(whole)) return { ok: false, reason: "not-an-address" }
  const { origin, hostname, username, password } = new URL(whole)
  if (username !== "" || password !== "") return { ok: false, reason: "has-password" }
  const isName = hostname.includes(".") || hostname === "localhost" || hostname.startsWith("[")
  return isName ? { ok: true, origin } : { ok: false, reason: "not-an-address" }
}

function isLocal(text: string): boolean {
  return /^(?:localhost|127(?:\.\d+){3}|\[::1\])(?=[:/?#]|$)/i.test(text)
}
