import { Hono } from "hono"
import type { Deps } from "#flows/deps.ts"
import { mayEmbed } from "#web/origins.ts"

/**
 * Where a redirect payment comes back to: `/v1/return/:account/:widget?to=<host page>`. The provider appends a client secret to the address it
 * returns to; it ends here, before any script of the host page could read it. The shopper goes on to the page they left, if it may embed the
 * widget, and to the hosted page otherwise. `foyer-return` tells the widget to ask how the payment stands.
 */
export function returnRoutes({ storefronts, publicUrl }: Pick<Deps, "storefronts" | "publicUrl">) {
  return new Hono().get("/v1/return/:account/:widget", async (c) => {
    const name = `${c.req.param("account")}/${c.req.param("widget")}`
    const found = await storefronts.widget(name)
    if (!found) return c.text("There is no such widget.", 404)
    const wish = c.req.query("to") ?? ""
    const to = URL.canParse(wish) ? new URL(wish) : undefined
    const isTheirs = to && mayEmbed(to.origin, found.shop, found.widget, publicUrl)
    const page = to && isTheirs ? to : new URL(`/v1/w/${name}`, publicUrl)
    page.searchParams.set("foyer-return", "1")
    c.header("Referrer-Policy", "no-referrer")
    c.header("Cache-Control", "no-store")
    return c.redirect(page.href, 303)
  })
}
