import { blockedBy, type Need, policyText } from "./content-policy.ts"
import { type FetchRefusal, refusalWords } from "./fetch-refusal.ts"
import type { Storefront, Widget } from "./storefront.ts"

/** What a reader found in a page's HTML. Attribute names are lower-case. */
export type PageFacts = {
  readonly scripts: readonly FoundScript[]
  /** Elements of ours, or that were meant to be. */
  readonly elements: readonly FoundElement[]
  /** Policies of `meta` elements. */
  readonly policies: readonly string[]
  /** Addresses of frames. */
  readonly frames: readonly string[]
  /** Elements of ours in frames whose text is in the page. */
  readonly framedElements: readonly FoundElement[]
  readonly base?: string
  /** There is hardly anything to read: a script will build the page. */
  readonly isEmpty: boolean
}

export type FoundScript = {
  readonly attributes: ReadonlyMap<string, string>
  /** Addresses like ours that stand in its text. */
  readonly mentions: readonly string[]
}

export type FoundElement = {
  readonly tag: string
  readonly attributes: ReadonlyMap<string, string>
}

/** A page as it was answered. */
export type CheckedPage = {
  readonly address: string
  /** The first address asked for, when redirects led on. */
  readonly askedFor: string
  readonly status: number
  readonly headers: ReadonlyMap<string, string>
  readonly facts: PageFacts
}

export type Finding = {
  readonly level: "pass" | "warn" | "fail"
  readonly what: FindingKind
  /** In words, for the organizer. */
  readonly title: string
  /** What to do about it. */
  readonly advice?: string
  /** To copy: what to add to the page. */
  readonly code?: string
  /** One press allows this site. */
  readonly allow?: string
}

export type FindingKind =
  | "reached"
  | "moved"
  | "secure"
  | "script"
  | "script-held-back"
  | "script-form"
  | "element"
  | "widget-name"
  | "event-name"
  | "framed"
  | "allowed"
  | "policy"
  | "consent"

export type CheckContext = {
  readonly shop: Storefront
  readonly widget: Widget
  /** This server's origin. */
  readonly publicUrl: string
  /** What a policy must let through. */
  readonly needs: readonly Need[]
  /** The two lines. */
  readonly snippet: string
}

/** Everything a look at a page can tell about whether its widget will work, worst first. */
export function checkedPage(page: CheckedPage, context: CheckContext): Finding[] {
  if (page.status >= 400) return [answered(page.status)]
  const findings = [
    pass("reached", "The page can be reached"),
    ...moved(page),
    ...secure(page, context),
    ...scriptFindings(page, context),
    ...elementFindings(page, context),
    ...allowed(page, context),
    ...policies(page, context),
    ...consent(page, context),
  ]
  return findings.toSorted((a, b) => order[a.level] - order[b.level])
}

/** All there is to say of a page that could not be read. */
export function unreadPage(reason: FetchRefusal): Finding[] {
  const { title, advice } = refusalWords(reason)
  return [fail("reached", title, advice)]
}

/** The worst of the findings. */
export function verdictOf(findings: readonly Finding[]): Finding["level"] {
  return (
    (["fail", "warn"] as const).find((level) => findings.some((each) => each.level === level)) ??
    "pass"
  )
}

const order = { fail: 0, warn: 1, pass: 2 } as const

type More = Pick<Finding, "code" | "allow">

function pass(what: FindingKind, title: string): Finding {
  return { level: "pass", what, title }
}

function warn(what: FindingKind, title: string, advice: string, more: More = {}): Finding {
  return { level: "warn", what, title, advice, ...more }
}

function fail(what: FindingKind, title: string, advice: string, more: More = {}): Finding {
  return { level: "fail", what, title, advice, ...more }
}

function answered(status: number): Finding {
  const advice =
    status === 401 || status === 403
      ? "The page wants a password, or its firewall turned our look away. Publish it, or let requests from this server in."
      : status === 404 || status === 410
        ? "Check the address: copy it from the browser’s address bar."
        : "Try again in a moment. If it stays, ask whoever runs the site."
  return fail("reached", `The page answers with an error (${status})`, advice)
}

function moved({ address, askedFor }: CheckedPage): Finding[] {
  const [from, to] = [new URL(askedFor).origin, new URL(address).origin]
  if (from === to) return []
  return [
    warn(
      "moved",
      `${from} leads to ${to}`,
      `Visitors are on ${to}, so that is the site to allow. Everything below is about it.`,
    ),
  ]
}

function secure({ address }: CheckedPage, { publicUrl }: CheckContext): Finding[] {
  const { protocol, hostname } = new URL(address)
  if (protocol === "https:" && publicUrl.startsWith("http:"))
    return [
      fail(
        "secure",
        "This page is on https, the ticket server on http",
        "Browsers load nothing plain into a secure page. The server needs an https address (PUBLIC_URL).",
      ),
    ]
  if (protocol === "https:" || /^(localhost|127\.|\[::1\])/.test(hostname)) return []
  return [
    fail(
      "secure",
      "The page is not on https",
      "Card forms and wallets work on https pages only. Turn on TLS where the site is hosted, and lead http there.",
    ),
  ]
}

// The script ------------------------------------------------------------------------------------------------------------------------------

const ourPath = /^\/v(\d+)\/(?:foyer\.js|w\/([a-z0-9-]+\/[a-z0-9-]+)\.js)$/

type OurScript = {
  readonly url: URL
  readonly version: string
  readonly widget?: string
  readonly script: FoundScript
  /** The attribute that keeps its address from the browser. */
  readonly heldBy?: string
}

/** Where optimizers and consent tools put the address of a script that they hold back. */
const heldAttributes = [
  "data-src",
  "data-rocket-src",
  "data-litespeed-src",
  "data-cookieblock-src",
  "data-cmp-src",
  "data-wpfc-original-src",
  "data-pagespeed-orig-src",
  "data-lazy-src",
]

function ourScripts(page: CheckedPage): OurScript[] {
  const base = URL.parse(page.facts.base ?? "", page.address)?.href ?? page.address
  return page.facts.scripts.flatMap((script) => {
    const { attributes } = script
    const type = (attributes.get("type") ?? "").trim().toLowerCase()
    const runs = /^(|module|(text|application)\/(x-)?(java|ecma)script)$/.test(type)
    const held = heldAttributes.find((name) => attributes.has(name))
    const src = attributes.get("src") ?? (held && attributes.get(held))
    const url = src === undefined ? null : URL.parse(src, base)
    const [path, version = "", widget] = (url && ourPath.exec(url.pathname)) ?? []
    if (!url || path === undefined) return []
    const heldBy = attributes.has("src") && runs ? undefined : (held ?? `type="${type}"`)
    return [
      {
        url,
        version,
        script,
        ...(widget !== undefined && { widget }),
        ...(heldBy !== undefined && { heldBy }),
      },
    ]
  })
}

function scriptFindings(page: CheckedPage, context: CheckContext): Finding[] {
  const found = ourScripts(page)
  const own = found.filter(({ url }) => url.origin === context.publicUrl)
  const foreign = found.filter(({ url }) => url.origin !== context.publicUrl)
  if (own.length === 0) return [noScript(page, foreign, context)]
  return [
    ...own.flatMap((each) => formFindings(each)),
    ...severalFindings(own, foreign),
    ...(own.every(({ heldBy }) => heldBy === undefined)
      ? [pass("script", "The script is in the page")]
      : []),
  ]
}

function noScript(
  { facts }: CheckedPage,
  foreign: readonly OurScript[],
  { publicUrl, snippet }: CheckContext,
): Finding {
  const [other] = foreign
  if (other)
    return fail(
      "script",
      `The script comes from another server, ${other.url.host}`,
      "Put this server’s script in its place.",
      { code: snippet },
    )
  const isMentioned = facts.scripts.some(({ mentions }) =>
    mentions.some((address) => address.startsWith(`${publicUrl}/v`)),
  )
  if (isMentioned)
    return warn(
      "script-held-back",
      "The script is brought by another script",
      "A tag manager or an optimizer loads it later. Visitors who leave before are not counted to their campaign; better put the tag into the page itself.",
      { code: snippet },
    )
  return fail(
    "script",
    "The script is not in the page",
    "Paste these lines into the page, and publish it.",
    {
      code: snippet,
    },
  )
}

/** What a script tag's own attributes do to it. */
function formFindings({ script, heldBy, widget }: OurScript): Finding[] {
  const { attributes } = script
  const isConsent = /text\/plain/.test(heldBy ?? "") || attributes.has("data-cookieconsent")
  return [
    ...findingIf(
      heldBy !== undefined,
      isConsent
        ? fail(
            "script-held-back",
            "A cookie banner holds the script back until visitors agree",
            "The shop needs no consent: it sets no cookies. Take it off the banner’s list; tell it the visitor’s choice with the consent attribute instead.",
          )
        : fail(
            "script-held-back",
            `An optimizer holds the script back (${heldBy})`,
            "Exclude this script in the plugin that delays or combines scripts, then empty its cache.",
          ),
    ),
    ...findingIf(
      attributes.get("type")?.toLowerCase() === "module",
      fail(
        "script-form",
        "The script is loaded as a module",
        'Leave out type="module": it reads its own tag while it runs.',
      ),
    ),
    ...findingIf(
      attributes.has("integrity"),
      fail(
        "script-form",
        "The script tag has an integrity attribute",
        "Take it off: the script changes with each release, and the browser would then refuse it.",
      ),
    ),
    ...findingIf(
      !attributes.has("async") && !attributes.has("defer") && heldBy === undefined,
      warn("script-form", "The page waits for the script", "Add async to its tag.", {
        code: `<script src="${attributes.get("src") ?? ""}" async></script>`,
      }),
    ),
    ...findingIf(
      attributes.has("data-cfasync") && attributes.get("data-cfasync") !== "false",
      warn(
        "script-form",
        "Cloudflare’s Rocket Loader may delay the script",
        'Write data-cfasync="false" into its tag.',
      ),
    ),
    ...findingIf(
      widget !== undefined && attributes.has("nomodule"),
      fail(
        "script-form",
        "The tag says nomodule",
        "Take it off: today’s browsers then skip the script.",
      ),
    ),
  ]
}

function severalFindings(own: readonly OurScript[], foreign: readonly OurScript[]): Finding[] {
  const versions = new Set(own.map(({ version }) => version))
  return [
    ...findingIf(
      versions.size > 1,
      fail(
        "script",
        `Two versions of the script are in the page (${[...versions].map((each) => `v${each}`).join(" and ")})`,
        "Keep one; the other stops it.",
      ),
    ),
    ...foreign
      .slice(0, 1)
      .map(({ url }) =>
        fail(
          "script",
          `A second script comes from another server, ${url.host}`,
          "Keep only this server’s: whichever runs first takes the page.",
        ),
      ),
    ...findingIf(
      versions.size === 1 && own.length > 1,
      warn(
        "script",
        "The script is in the page more than once",
        "It does no harm, but one is enough.",
      ),
    ),
  ]
}

// The element ------------------------------------------------------------------------------------------------------------------------------

const ourTags = new Set(["foyer-checkout", "foyer-button"])

/** What an element sells, whichever way it is written. */
function wishOf({ tag, attributes }: FoundElement, name: string): string | undefined {
  return ourTags.has(tag) ? attributes.get(name) : attributes.get(`data-foyer-${name}`)
}

function elementFindings(page: CheckedPage, context: CheckContext): Finding[] {
  const { elements, framedElements } = page.facts
  const ours = elements.filter(
    ({ tag, attributes }) => ourTags.has(tag) || attributes.has("data-foyer-widget"),
  )
  const mistyped = elements.find((each) => !ours.includes(each))
  if (ours.length > 0) return ours.flatMap((each) => nameFindings(each, context))
  if (framedElements.length > 0) return framedFindings(context)
  if (mistyped)
    return [
      fail(
        "element",
        `<${mistyped.tag}> is no element of ours`,
        "It is written <foyer-checkout>.",
        {
          code: tagFor(context),
        },
      ),
    ]
  return [noElement(page, context)]
}

function noElement({ facts }: CheckedPage, context: CheckContext): Finding {
  if (facts.isEmpty && facts.frames.length === 0)
    return warn(
      "element",
      "The page is built by its own script, so its tickets cannot be seen from here",
      "Look at it in a browser. If nothing is there, render this element where the tickets shall be.",
      { code: tagFor(context) },
    )
  const [frame] = facts.frames
  return fail(
    "element",
    "The place for the tickets is missing",
    frame === undefined
      ? "Paste this where the tickets shall be."
      : `Paste this where the tickets shall be. If it stands within the frame ${frame}, check that address.`,
    { code: tagFor(context) },
  )
}

function framedFindings({ widget }: CheckContext): Finding[] {
  return [
    widget.allowNullOrigin
      ? warn(
          "framed",
          "The tickets stand in a frame of the page builder",
          "They can be chosen there; payment opens in a tab of its own.",
        )
      : fail(
          "framed",
          "The tickets stand in a frame without an origin",
          "Page builders show code blocks so. Use a block that puts code into the page itself, or let the widget be shown in sandboxed frames (in its settings).",
        ),
  ]
}

function nameFindings(element: FoundElement, context: CheckContext): Finding[] {
  const { shop } = context
  const name = wishOf(element, "widget")?.trim() ?? ""
  const [account = "", slug = ""] = name.split("/")
  const known = shop.widgets.map((each) => `${shop.account.slug}/${each.slug}`)
  if (name === "")
    return [
      fail("widget-name", "The element does not say what it sells", "Give it the widget.", {
        code: tagFor(context),
      }),
    ]
  if (!known.includes(name)) {
    const near = nearest(name, known)
    const title =
      account === shop.account.slug
        ? `There is no widget “${slug}”`
        : `“${name}” is not a widget of this organization`
    const advice = near === undefined ? "Give it one of yours." : `Did you mean ${near}?`
    return [fail("widget-name", title, advice, { code: tagFor(context) })]
  }
  return [
    pass("element", `The tickets of ${name} have their place`),
    ...eventFindings(element, context),
    ...attributeFindings(element, context),
  ]
}

function eventFindings(element: FoundElement, { shop }: CheckContext): Finding[] {
  const slug = wishOf(element, "event")
  if (slug === undefined || slug === "" || shop.events.some((event) => event.slug === slug))
    return []
  const near = nearest(
    slug,
    shop.events.map((event) => event.slug),
  )
  return [
    warn(
      "event-name",
      `There is no event “${slug}” on sale`,
      `The widget shows the list instead.${near === undefined ? "" : ` Did you mean ${near}?`}`,
    ),
  ]
}

function attributeFindings(element: FoundElement, { shop }: CheckContext): Finding[] {
  const oneOf = (name: string, values: readonly string[]) => {
    const value = wishOf(element, name)
    return findingIf(
      value !== undefined && value !== "" && !values.includes(value.toLowerCase()),
      warn(
        "element",
        `${name}="${value}" is nothing the widget knows`,
        `It takes ${values.join(", ")}.`,
      ),
    )
  }
  return [
    ...oneOf("theme", ["light", "dark"]),
    ...oneOf("checkout", ["inline", "hosted"]),
    ...oneOf(
      "currency",
      shop.regions.map(({ currency }) => currency),
    ),
  ]
}

function tagFor({ shop, widget }: CheckContext): string {
  return `<foyer-checkout widget="${shop.account.slug}/${widget.slug}"></foyer-checkout>`
}

/** The one that at most three changed letters make of it. */
function nearest(wanted: string, known: readonly string[]): string | undefined {
  const [best] = known
    .map((name) => ({ name, steps: distance(wanted.toLowerCase().slice(0, 200), name) }))
    .toSorted((a, b) => a.steps - b.steps)
  return best && best.steps <= 3 ? best.name : undefined
}

/** Levenshtein's: letters added, left out or changed. */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, i) => i)
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i]
    for (let j = 1; j <= b.length; j += 1) {
      const change = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1)
      next.push(Math.min(change, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1))
    }
    row = next
  }
  return row.at(-1) ?? 0
}

// The site ---------------------------------------------------------------------------------------------------------------------------------

function allowed({ address }: CheckedPage, { shop, publicUrl }: CheckContext): Finding[] {
  const { origin } = new URL(address)
  if (origin === publicUrl || shop.allowedOrigins.has(origin))
    return [pass("allowed", `${origin} may show your tickets`)]
  return [
    fail(
      "allowed",
      `${origin} may not show your tickets yet`,
      "Allow it, and wallets are registered for it as well.",
      { allow: origin },
    ),
  ]
}

function policies(page: CheckedPage, context: CheckContext): Finding[] {
  const header = page.headers.get("content-security-policy")
  const all = [...(header === undefined ? [] : [header]), ...page.facts.policies]
  if (all.length === 0) return []
  const nonce = ourScripts(page)[0]?.script.attributes.get("nonce")
  const blocked = blockedBy(
    all,
    context.needs,
    { origin: new URL(page.address).origin, ...(nonce !== undefined && { nonce }) },
    "foyer",
  )
  const findings = [
    ...findingIf(
      blocked.missing.length > 0,
      fail(
        "policy",
        "The page’s Content-Security-Policy keeps the shop out",
        `Add what is missing to ${header === undefined ? "its meta element" : "the header of that name"}.`,
        { code: policyText(blocked.missing) },
      ),
    ),
    ...findingIf(
      blocked.needsNonce,
      fail(
        "policy",
        "The page’s policy counts no addresses ('strict-dynamic')",
        "Write the page’s nonce into the script tag, as its other scripts have it.",
      ),
    ),
    ...findingIf(
      blocked.needsTrustedType,
      fail("policy", "The page requires Trusted Types", "Add foyer to its trusted-types.", {
        code: "trusted-types foyer",
      }),
    ),
  ]
  return findings.length > 0
    ? findings
    : [pass("policy", "Its Content-Security-Policy lets the shop in")]
}

function consent({ facts }: CheckedPage, { shop }: CheckContext): Finding[] {
  const said = facts.elements.map((element) => wishOf(element, "consent"))
  const wrong = said.find(
    (value) => value !== undefined && !["", "granted", "denied", "unknown"].includes(value),
  )
  if (wrong !== undefined)
    return [
      warn(
        "consent",
        `consent="${wrong}" counts as no consent`,
        "It takes granted, denied or unknown.",
      ),
    ]
  if (shop.pixels.length === 0 || facts.elements.length === 0) return []
  if (said.every((value) => value === undefined || value === ""))
    return [
      warn(
        "consent",
        "Nobody tells the widget of the visitor’s consent",
        'Your pixels hear of no purchase until something does: the consent attribute, or foyer.push(["consent", "granted"]) from your banner.',
      ),
    ]
  return [pass("consent", "The widget is told of consent")]
}

function findingIf(holds: boolean, finding: Finding): Finding[] {
  return holds ? [finding] : []
}
