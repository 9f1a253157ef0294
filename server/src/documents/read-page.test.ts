import { describe, expect, it } from "vitest"
import type { Need } from "#core/content-policy.ts"
import { checkedPage, type CheckContext, type CheckedPage, verdictOf } from "#core/page-check.ts"
import { snippetsFor } from "#core/snippets.ts"
import { readPage } from "#documents/read-page.ts"
import * as club from "#testing/club.ts"

const publicUrl = "https://tickets.example.com"
const script = `<script src="${publicUrl}/v1/w/laughing-stock/main.js" async></script>`
const element = `<foyer-checkout widget="laughing-stock/main"></foyer-checkout>`
const needs: readonly Need[] = [
  { directive: "script-src", sources: [publicUrl] },
  { directive: "frame-src", sources: ["https://js.stripe.com"] },
]
const shop = club.shop({ allowedOrigins: new Set(["https://club.example"]) })
const context: CheckContext = {
  shop,
  widget: shop.widgets[0]!,
  publicUrl,
  needs,
  snippet: snippetsFor({ publicUrl, widget: "laughing-stock/main" })[0]!.code,
}

const facts = (html: string, type?: string) => readPage(new TextEncoder().encode(html), type)
type Parts = Partial<CheckedPage & CheckContext> & { header?: string }
function check(html: string, { header, ...parts }: Parts = {}) {
  const page: CheckedPage = {
    address: "https://club.example/shows",
    askedFor: "https://club.example/shows",
    status: 200,
    headers: new Map(header === undefined ? [] : [["content-security-policy", header]]),
    facts: facts(`<!doctype html><body><h1>Shows</h1>${html}`),
    ...parts,
  }
  return checkedPage(page, { ...context, ...parts })
}
const told = (html: string, parts?: Parts) =>
  check(html, parts)
    .filter(({ level }) => level !== "pass")
    .map(({ level, what, title }) => `${level} ${what}: ${title}`)

it("finds nothing wrong with the snippet itself", () => {
  const findings = check(context.snippet)
  expect(verdictOf(findings)).toBe("pass")
  expect(findings.map(({ what }) => what)).toEqual(["reached", "script", "element", "allowed"])
})

it.each([
  [
    "the script that serves all widgets",
    `<script src="${publicUrl}/v1/foyer.js" async></script>${element}`,
  ],
  [
    "a script at the end, before its query",
    `${element}<script defer src=${publicUrl}/v1/w/laughing-stock/main.js?locale=fr></script>`,
  ],
  [
    "the compatible mark",
    `${script}<div data-foyer-widget="laughing-stock/main" data-foyer-event="headliners"></div>`,
  ],
  [
    "a button",
    `${script}<foyer-button widget="laughing-stock/main" items="headliners/general"></foyer-button>`,
  ],
  ["unclosed markup", `<p><b>${script}<div>${element}`],
  [
    "a relative address under our base",
    `<base href="${publicUrl}/">${script.replace(publicUrl, "")}${element}`,
  ],
])("finds nothing wrong with %s", (_, html) => expect(told(html)).toEqual([]))

describe("a page with something wrong", () => {
  it.each([
    ["no script", element, "fail script: The script is not in the page"],
    [
      "another server's script",
      `<script src="https://old.example/v1/foyer.js"></script>${element}`,
      "fail script: The script comes from another server, old.example",
    ],
    [
      "a commented-out script",
      `<!-- ${script} -->${element}`,
      "fail script: The script is not in the page",
    ],
    [
      "a script in a template",
      `<template>${script}</template>${element}`,
      "fail script: The script is not in the page",
    ],
    [
      "a script that a tag manager brings",
      `<script>load("${publicUrl}/v1/w/laughing-stock/main.js")</script>${element}`,
      "warn script-held-back: The script is brought by another script",
    ],
    [
      "WP Rocket",
      `<script type="rocketlazyloadscript" data-rocket-src="${publicUrl}/v1/foyer.js"></script>${element}`,
      "fail script-held-back: An optimizer holds the script back (data-rocket-src)",
    ],
    [
      "LiteSpeed",
      `<script type="litespeed/javascript" src="${publicUrl}/v1/foyer.js" async></script>${element}`,
      `fail script-held-back: An optimizer holds the script back (type="litespeed/javascript")`,
    ],
    [
      "a cookie banner",
      `<script type="text/plain" data-category="marketing" src="${publicUrl}/v1/foyer.js" async></script>${element}`,
      "fail script-held-back: A cookie banner holds the script back until visitors agree",
    ],
    [
      "a module",
      script.replace(" async", ' type="module" async') + element,
      "fail script-form: The script is loaded as a module",
    ],
    [
      "integrity",
      script.replace(" async", ' integrity="sha384-x" async') + element,
      "fail script-form: The script tag has an integrity attribute",
    ],
    [
      "no async",
      script.replace(" async", "") + element,
      "warn script-form: The page waits for the script",
    ],
    [
      "two versions",
      `${script}<script src="${publicUrl}/v2/foyer.js" async></script>${element}`,
      "fail script: Two versions of the script are in the page (v1 and v2)",
    ],
    [
      "the script twice",
      `${script}${script}${element}`,
      "warn script: The script is in the page more than once",
    ],
    ["no element", script, "fail element: The place for the tickets is missing"],
    [
      "a mistyped element",
      `${script}<foyer-checkouts widget="laughing-stock/main"></foyer-checkouts>`,
      "fail element: <foyer-checkouts> is no element of ours",
    ],
    [
      "an element in a sandboxed frame",
      `${script}<iframe sandbox="allow-scripts" srcdoc="${element.replaceAll('"', "&quot;")}"></iframe>`,
      "fail framed: The tickets stand in a frame without an origin",
    ],
    [
      "no widget",
      `${script}<foyer-checkout></foyer-checkout>`,
      "fail widget-name: The element does not say what it sells",
    ],
    [
      "a mistyped widget",
      `${script}<foyer-checkout widget="laughing-stock/mian"></foyer-checkout>`,
      "fail widget-name: There is no widget “mian”",
    ],
    [
      "somebody else's widget",
      `${script}<foyer-checkout widget="other/main"></foyer-checkout>`,
      "fail widget-name: “other/main” is not a widget of this organization",
    ],
    [
      "an unknown event",
      `${script}<foyer-checkout widget="laughing-stock/main" event="headliner"></foyer-checkout>`,
      "warn event-name: There is no event “headliner” on sale",
    ],
    [
      "a colour for a theme",
      `${script}<foyer-checkout widget="laughing-stock/main" theme="blue"></foyer-checkout>`,
      `warn element: theme="blue" is nothing the widget knows`,
    ],
    [
      "another word for consent",
      `${script}<foyer-checkout widget="laughing-stock/main" consent="yes"></foyer-checkout>`,
      `warn consent: consent="yes" counts as no consent`,
    ],
  ])("%s", (_, html, expected) => expect(told(html)).toEqual([expected]))

  it("names the widget that was meant", () => {
    const [finding] = check(
      `${script}<foyer-checkout widget="laughing-stock/mian"></foyer-checkout>`,
    )
    expect(finding!.advice).toBe("Did you mean laughing-stock/main?")
    expect(finding!.code).toBe(element)
  })

  it("shows the lines to paste", () => {
    expect(check("").find(({ what }) => what === "script")!.code).toBe(context.snippet)
  })

  it("offers to allow its site, the one that a redirect led to", () => {
    const findings = check(script + element, {
      address: "https://www.club.example/shows",
    })
    expect(findings.map(({ level, what }) => `${level} ${what}`).slice(0, 2)).toEqual([
      "fail allowed",
      "warn moved",
    ])
    expect(findings[0]!.allow).toBe("https://www.club.example")
  })

  it("is plain http", () => {
    const address = "http://club.example/"
    const allowedOrigins = new Set(["http://club.example"])
    expect(
      told(script + element, { address, askedFor: address, shop: { ...shop, allowedOrigins } }),
    ).toEqual(["fail secure: The page is not on https"])
    expect(told(script + element, { publicUrl: "http://tickets.example.com" })[0]).toContain("fail")
  })

  it.each([401, 404, 500])("answers %i, and that is all there is to say", (status) => {
    const findings = check("", { status })
    expect(findings).toHaveLength(1)
    expect(findings[0]).toMatchObject({ level: "fail", what: "reached" })
  })

  it("builds itself", () => {
    const page = facts(`<div id="root"></div>${script}`)
    expect(told("", { facts: page })).toEqual([
      "warn element: The page is built by its own script, so its tickets cannot be seen from here",
    ])
  })

  it("keeps the shop out by a header or a meta element, and is told exactly what to add", () => {
    const header = "default-src 'self'; script-src 'self' https://tickets.example.com"
    const [finding] = check(script + element, { header })
    expect(finding).toMatchObject({ level: "fail", what: "policy" })
    expect(finding!.code).toBe("frame-src https://js.stripe.com")
    const meta = `<meta http-equiv="Content-Security-Policy" content="script-src 'self'">`
    expect(check(meta + script + element)[0]).toMatchObject({
      what: "policy",
      code: `script-src ${publicUrl}`,
    })
    const report = `<meta http-equiv="Content-Security-Policy-Report-Only" content="script-src 'self'">`
    expect(told(report + script + element)).toEqual([])
  })

  it("wants a nonce, or a Trusted Type", () => {
    const strict = { header: "script-src 'strict-dynamic' 'nonce-a1'" }
    expect(told(script + element, strict)[0]).toContain("strict-dynamic")
    const withNonce = script.replace(" async", ' nonce="a1" async')
    expect(told(withNonce + element, strict)).toEqual([])
    const types = { header: "require-trusted-types-for 'script'; trusted-types default" }
    expect(check(script + element, types)[0]!.code).toBe("trusted-types foyer")
  })

  it("has pixels that nobody tells of consent", () => {
    const withPixels = { ...shop, pixels: [{ destination: "ga4", target: "G-1" } as const] }
    expect(told(script + element, { shop: withPixels })[0]).toContain("warn consent")
    const consenting = `<foyer-checkout widget="laughing-stock/main" consent="granted"></foyer-checkout>`
    expect(told(script + consenting, { shop: withPixels })).toEqual([])
  })
})

describe("a hostile page", () => {
  it("is read, however deep, long or broken", () => {
    const deep = "<div>".repeat(60_000) + element
    expect(facts(deep).elements).toHaveLength(1)
    expect(facts("<script ".repeat(2000)).scripts.length).toBeLessThan(501)
    expect(facts(element.repeat(3000)).elements).toHaveLength(500)
    expect(facts("\u0000<<<>>><![CDATA[").elements).toEqual([])
    expect(facts(`<script src="${"x".repeat(1_000_000)}"></script>`).scripts).toHaveLength(1)
  })

  it("is told of in words, whatever it is called", () => {
    const html = `<foyer-<script>x></foyer-<script>><foyer-checkout widget="<img src=x>"></foyer-checkout>`
    expect(() => check(html)).not.toThrow()
    expect(told(`${script}<foyer-checkout widget="a b/../c"></foyer-checkout>`)[0]).toContain(
      "fail",
    )
    expect(() =>
      check(`<base href="http://[">${script}<script src="http://["></script>`),
    ).not.toThrow()
  })
})

it("reads the letters that the page is written in", () => {
  const latin = Buffer.from(
    `<foyer-checkout widget="x" event="caf\xe9"></foyer-checkout>`,
    "latin1",
  )
  const eventIn = (type?: string) => readPage(latin, type).elements[0]!.attributes.get("event")
  expect(eventIn("text/html; charset=ISO-8859-1")).toBe("café")
  expect(eventIn("text/html; charset=nonsense")).toBe("caf\ufffd")
})
