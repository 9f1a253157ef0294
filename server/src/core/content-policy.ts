/** What one fetch directive must let through. */
export type Need = { readonly directive: FetchDirective; readonly sources: readonly string[] }

export type FetchDirective = "script-src" | "connect-src" | "frame-src" | "img-src"

/** The needs as a line to add to a policy. */
export function policyText(needs: readonly Need[]): string {
  return needs.map(({ directive, sources }) => [directive, ...sources].join(" ")).join("; ")
}

/** What a page's policies keep out. */
export type Blocked = {
  /** Sources to add, by the directive that stands for the kind of fetch. */
  readonly missing: readonly Need[]
  /** A policy with `'strict-dynamic'` counts no hosts: the script's own tag must carry the page's nonce. */
  readonly needsNonce: boolean
  /** Trusted Types are required, and no policy of that name may be made. */
  readonly needsTrustedType: boolean
}

export type PolicedPage = {
  /** What `'self'` is. */
  readonly origin: string
  /** The nonce of our script's tag. */
  readonly nonce?: string
}

/**
 * What must be added to a page's policies, each of which counts (the header's, comma-separated ones apart, and those of `meta` elements), for the
 * needs to be met. By CSP Level 3, https://www.w3.org/TR/CSP3/#match-url-to-source-expression, without paths, which our needs do not have.
 */
export function blockedBy(
  policies: readonly string[],
  needs: readonly Need[],
  page: PolicedPage,
  trustedType: string,
): Blocked {
  const read = policies.flatMap((policy) => policy.split(",")).map(directivesOf)
  const missing = needs.map(({ directive, sources }) => ({
    directive,
    sources: sources.filter((source) =>
      read.some((policy) => !lets(policy, directive, source, page)),
    ),
  }))
  return {
    missing: missing.filter(({ sources }) => sources.length > 0),
    needsNonce: read.some((policy) => isStrict(policy) && !hasNonce(policy, page)),
    needsTrustedType: read.some((policy) => refusesTrustedType(policy, trustedType)),
  }
}

type Policy = ReadonlyMap<string, readonly string[]>

/** The first of a name counts: https://www.w3.org/TR/CSP3/#parse-serialized-policy */
function directivesOf(policy: string): Policy {
  const directives = new Map<string, readonly string[]>()
  for (const part of policy.split(";")) {
    const [name = "", ...values] = part.trim().split(/\s+/)
    const key = name.toLowerCase()
    if (key !== "" && !directives.has(key)) directives.set(key, values)
  }
  return directives
}

const fallbacks: Readonly<Record<FetchDirective, readonly string[]>> = {
  "script-src": ["script-src-elem", "script-src", "default-src"],
  "connect-src": ["connect-src", "default-src"],
  "frame-src": ["frame-src", "child-src", "default-src"],
  "img-src": ["img-src", "default-src"],
}

function governing(policy: Policy, directive: FetchDirective): readonly string[] | undefined {
  const name = fallbacks[directive].find((each) => policy.has(each))
  return name === undefined ? undefined : policy.get(name)
}

function lets(
  policy: Policy,
  directive: FetchDirective,
  source: string,
  page: PolicedPage,
): boolean {
  const allowed = governing(policy, directive)
  if (!allowed) return true
  // The loader, once let in, brings the rest along.
  if (directive === "script-src" && isStrict(policy)) return true
  return allowed.some((each) => matches(each.toLowerCase(), source, page.origin))
}

function isStrict(policy: Policy): boolean {
  return governing(policy, "script-src")?.some(isKeyword("'strict-dynamic'")) ?? false
}

function hasNonce(policy: Policy, { nonce }: PolicedPage): boolean {
  const allowed = governing(policy, "script-src") ?? []
  return nonce !== undefined && allowed.includes(`'nonce-${nonce}'`)
}

function refusesTrustedType(policy: Policy, name: string): boolean {
  const isRequired = policy.get("require-trusted-types-for")?.some(isKeyword("'script'"))
  const names = policy.get("trusted-types")
  const isLimited = names !== undefined && !names.includes(name) && !names.includes("*")
  return isLimited && (isRequired ?? false)
}

const isKeyword = (keyword: string) => (value: string) => value.toLowerCase() === keyword

/** Whether a source expression of a policy covers a source that we need: `https://*.js.stripe.com`, `wss://tickets.example.com`. */
function matches(expression: string, needed: string, origin: string): boolean {
  const need = partsOf(needed)
  if (!need) return false
  if (expression === "*") return /^(https?|wss?)$/.test(need.scheme)
  if (expression === "'self'") return isSame(need, partsOf(origin))
  if (/^[a-z][a-z0-9+.-]*:$/.test(expression))
    return isUpgrade(expression.slice(0, -1), need.scheme)
  const [scheme] = origin.split(":")
  const own = partsOf(expression.includes("://") ? expression : `${scheme}://${expression}`)
  return (
    own !== undefined &&
    isUpgrade(own.scheme, need.scheme) &&
    isHost(own.host, need.host) &&
    (own.port === "*" || portOf(own) === portOf(need))
  )
}

type Parts = { readonly scheme: string; readonly host: string; readonly port: string }

function partsOf(source: string): Parts | undefined {
  const match = /^([a-z][a-z0-9+.-]*):\/\/(\[[^\]]*\]|[^/:]*)(?::(\d+|\*))?(?:\/.*)?$/i.exec(source)
  if (!match) return undefined
  const [, scheme = "", host = "", port = ""] = match
  return { scheme: scheme.toLowerCase(), host: host.toLowerCase(), port }
}

function portOf({ scheme, port }: Parts): string {
  const usual = scheme === "https" || scheme === "wss" ? "443" : "80"
  return port === "" ? usual : port
}

/** Also the socket of one's own host: https://www.w3.org/TR/CSP3/#match-url-to-source-expression, step 4. */
function isSame(need: Parts, own: Parts | undefined): boolean {
  return (
    own !== undefined &&
    need.host === own.host &&
    portOf(need) === portOf(own) &&
    isUpgrade(own.scheme, need.scheme)
  )
}

/** What is allowed plainly is allowed by TLS as well, and http stands for a socket too. */
function isUpgrade(allowed: string, needed: string): boolean {
  const wider: Readonly<Record<string, readonly string[]>> = {
    http: ["http", "https", "ws", "wss"],
    https: ["https", "wss"],
    ws: ["ws", "wss", "http", "https"],
    wss: ["wss", "https"],
  }
  return allowed === needed || (wider[allowed]?.includes(needed) ?? false)
}

function isHost(allowed: string, needed: string): boolean {
  if (allowed === "*") return true
  if (allowed === needed) return true
  return allowed.startsWith("*.") && needed.replace(/^\*/, "").endsWith(allowed.slice(1))
}
