import { parse } from "parse5"
import { describe, expect, it } from "vitest"
import { aStorefront } from "#testing/fixtures.ts"
import { stripeOrigins } from "#web/embed.ts"
import { hostedPolicy, hostedRoutes } from "#web/hosted.ts"

const publicUrl = "https://tickets.example.com"
const shop = aStorefront()
const [widget] = shop.widgets
const [event] = shop.events
if (!widget || !event) throw new Error("the storefront sells nothing")
const name = `${shop.account.slug}/${widget.slug}`

const routes = hostedRoutes(
  {
    publicUrl,
    now: () => new Date("2026-11-01T12:00:00Z"),
    storefronts: {
      widget: async (asked: string) => (asked === name ? { shop, widget } : undefined),
    } as never,
  },
  stripeOrigins,
)
const get = async (query = "", headers = {}, path = `/v1/w/${name}`) => {
  const response = await routes.request(`${path}${query}`, { headers })
  return { response, body: await response.text() }
}
const attribute = (body: string, named: string) =>
  new RegExp(`<foyer-checkout[^>]*\\s${named}="([^"]*)"`).exec(body)?.[1]

describe("the hosted page", () => {
  it("holds the element, with a plain list of links inside for who has no script", async () => {
    const { response, body } = await get()
    expect(response.status).toBe(200)
    expect(attribute(body, "widget")).toBe(name)
    expect(body).toContain(`href="/v1/w/${name}?event=${event.slug}"`)
    expect(body).toContain("<noscript>")
    expect(() => parse(body)).not.toThrow()
  })

  it("takes over the cart before its other script", async () => {
    const { body } = await get()
    expect(body.indexOf("/v1/hosted.js")).toBeGreaterThan(0)
    expect(body.indexOf("/v1/hosted.js")).toBeLessThan(body.indexOf(`/v1/w/${name}.js?locale=`))
    expect(body).toMatch(/hosted\.js"\s+data-account="[^"]+"\s+data-scripts="[^"]+"\s*><\/script>/)
  })

  it("gives the element what the address asks for, where it fits", async () => {
    const { body } = await get(`?event=${event.slug}&promo=LAUGH%2010&currency=CAD&at=payment`)
    expect(attribute(body, "event")).toBe(event.slug)
    expect(attribute(body, "promo")).toBe("LAUGH 10")
    expect(attribute(body, "currency")).toBe("cad")
    expect(attribute(body, "at")).toBe("payment")
  })

  it.each([
    "?event=../x&at=success",
    "?currency=dollars&promo=",
    `?promo=${"x".repeat(41)}`,
    "?event=%00&promo=%0a",
  ])("leaves out what does not: %s", async (query) => {
    const { response, body } = await get(query)
    expect(response.status).toBe(200)
    for (const wish of ["event", "promo", "currency", "at"])
      expect(attribute(body, wish)).toBeUndefined()
  })

  it("escapes what it takes over", async () => {
    const { body } = await get(`?promo=${encodeURIComponent('"><script>x()</script>')}`)
    expect(body).not.toContain("<script>x()")
  })

  it("speaks the language asked for, else the browser's", async () => {
    const { account } = shop
    const { body } = await get("?locale=tlh", { "accept-language": "tlh" })
    expect(body).toContain(`lang="${account.locale}"`)
  })

  it("says that there is nothing under another name", async () => {
    const { response, body } = await get("", {}, "/v1/w/nobody/none")
    expect(response.status).toBe(404)
    expect(body).not.toContain("foyer-checkout")
  })

  it("allows nothing inline, no frame around it, and only its own Trusted Types", () => {
    const policy = hostedPolicy(publicUrl, stripeOrigins)
    expect(policy).toContain("default-src 'none'")
    expect(policy).toContain("frame-ancestors 'none'")
    expect(policy).toContain("require-trusted-types-for 'script'")
    expect(policy).toContain("trusted-types foyer default")
    expect(policy).toContain("wss://tickets.example.com")
    expect(policy).not.toContain("unsafe")
  })
})
