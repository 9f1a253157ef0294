import type { HttpBindings } from "@hono/node-server"
import { object, text } from "@foyer/shared/parse"
import { Hono } from "hono"
import { bodyLimit } from "hono/body-limit"
import { recoverCart } from "#flows/recover-cart.ts"
import type { ClientAddress } from "#web/client-address.ts"
import type { WebDeps } from "#web/deps.ts"

const token = text(43, 43, /^[A-Za-z0-9_-]{43}$/)
const parseRecovery = object({ token, cart: token })

/** Where the hosted page exchanges a mailed link for its cart; a POST, because mail programs open links to look at them. */
export function recoverRoutes(
  deps: Pick<WebDeps, "pool" | "live" | "limits" | "storefronts" | "publicUrl"> & {
    readonly clientAddress: ClientAddress
  },
) {
  return new Hono<{ Bindings: HttpBindings }>().post(
    "/v1/w/:account/:widget/recover",
    bodyLimit({ maxSize: 1000 }),
    async (c) => {
      c.header("Cache-Control", "no-store")
      const address = deps.clientAddress(c.env.incoming)
      if (!(await deps.limits.allows("address-command", address))) return c.body(null, 429)
      if (c.req.header("origin") !== deps.publicUrl) return c.body(null, 403)
      const shop = await deps.storefronts.bySlug(c.req.param("account"))
      const said = parseRecovery(await c.req.json<unknown>().catch(() => undefined))
      if (!shop || !said.ok) return c.body(null, 400)
      const isMoved = await recoverCart(deps, {
        accountId: shop.account.id,
        token: said.value.token,
        cartToken: said.value.cart,
      })
      return c.body(null, isMoved ? 204 : 410)
    },
  )
}
