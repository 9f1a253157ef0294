import { hash } from "node:crypto"
import { readFile } from "node:fs/promises"
import type { FirstView, Place } from "@foyer/shared/protocol"
import { Hono } from "hono"
import { nearestLocale } from "#core/locale.ts"
import type { Storefront } from "#core/storefront.ts"
import type { Deps } from "#flows/deps.ts"
import { showWidget } from "#flows/show-widget.ts"
import { renderScreen } from "#views/screen.ts"
import { originPlaceholder } from "#web/embed.ts"
import { type Found, greetingOf } from "#web/frames.ts"
import { isCurrent } from "#web/headers.ts"

type FirstDeps = Pick<Deps, "pool" | "stock" | "storefronts" | "publicUrl" | "paymentForm" | "now">

/** What a script's address asks for; everything else is the widget's own default, so that one answer serves everybody. */
type Asked = { readonly locale?: string; readonly currency?: string; readonly event?: string }

/** The name in the built script that the first view takes the place of. */
const placeholder = "__FOYER_FIRST_VIEW__"

/** Long enough to carry a crowd, short enough that nobody looks at it for long: the socket brings what changed since. */
const cacheControl = "public, max-age=10, stale-while-revalidate=60"

/**
 * `/v1/w/:account/:widget.js`: the loader with the first view inside, which it shows before anything else was asked for. Its tag is a digest of
 * the whole, so it changes when, and only when, the catalogue, the stock or the build shows.
 */
export async function firstViewRoutes(deps: FirstDeps, template: URL) {
  const script = await readFile(template, "utf8")
  const [before = "", after] = script
    .replaceAll(originPlaceholder, () => JSON.stringify(deps.publicUrl))
    .split(placeholder)
  if (after === undefined) throw new Error("the widget is not built: run npm run build first")
  return new Hono().get("/v1/w/:account/:file{[a-z0-9-]+\\.js}", async (c) => {
    const name = `${c.req.param("account")}/${c.req.param("file").slice(0, -".js".length)}`
    const found = await deps.storefronts.widget(name)
    if (!found) return c.text(`There is no widget "${name}".`, 404)
    const first = await firstView(deps, found, c.req.query())
    const body = `${before}${JSON.stringify(first)}${after}`
    const headers = {
      "Content-Type": "text/javascript; charset=utf-8",
      "Cache-Control": cacheControl,
      ETag: `"${hash("sha1", body, "base64url")}"`,
      "Access-Control-Allow-Origin": "*",
      "Cross-Origin-Resource-Policy": "cross-origin",
    }
    return isCurrent(c.req.header("if-none-match"), headers.ETag)
      ? c.body(null, 304, headers)
      : c.body(body, 200, headers)
  })
}

/** What somebody sees who comes without a cart and without a past. */
export async function firstView(deps: FirstDeps, found: Found, asked: Asked): Promise<FirstView> {
  const { account } = found.shop
  const currency = currencyIn(found.shop, asked.currency)
  const viewer = {
    ...found,
    locale: nearestLocale(asked.locale || account.locale, account.locales, account.locale),
    timeZone: account.timeZone,
    consent: "unknown",
    ...(currency !== undefined && { currency }),
  } as const
  const screen = await showWidget(deps, viewer, placeOf(asked.event))
  return {
    widget: `${account.slug}/${found.widget.slug}`,
    at: screen.place,
    locales: account.locales,
    regions: renderScreen(screen).regions.map(({ id, html }) => ({ id, html })),
    ...greetingOf(screen),
    ...(currency !== undefined && { currency }),
  }
}

function placeOf(event: string | undefined): Place {
  return !event ? { view: "browse" } : { view: "event", event: event.slice(0, 80) }
}

/** One that is sold in: what somebody writes into an address is not repeated in a script. */
function currencyIn({ regions }: Storefront, asked: string | undefined): string | undefined {
  const wanted = asked?.toLowerCase()
  return regions.find(({ currency }) => currency === wanted)?.currency
}
