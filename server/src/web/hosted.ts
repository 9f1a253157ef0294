import { Hono } from "hono"
import { acceptedLocale, nearestLocale } from "#core/locale.ts"
import { chooseRegion } from "#core/region.ts"
import type { Storefront } from "#core/storefront.ts"
import type { Deps } from "#flows/deps.ts"
import { brandSheet } from "#views/brand-style.ts"
import { type HostedPage, hostedPage, hostedStyles, noWidgetPage } from "#views/hosted-page.ts"
import type { PaymentOrigins } from "#web/embed.ts"
import { pageSheetPath } from "#web/page-sheet.ts"

/**
 * Nothing inline, nothing from elsewhere but the payment provider, in nobody's frame. Trusted Types: the widget's own policy, and the default
 * one, which Stripe.js needs for its script's address and which lets through nothing but that (`widget/src/hosted.ts`).
 */
export function hostedPolicy(publicUrl: string, payment: PaymentOrigins): string {
  return [
    ["default-src", "'none'"],
    ["script-src", publicUrl, ...payment.script],
    ["connect-src", publicUrl, publicUrl.replace(/^http/, "ws"), ...payment.connect],
    ["frame-src", ...payment.frame],
    ["img-src", publicUrl, "data:"],
    ["style-src", "'self'"],
    ["form-action", "'none'"],
    ["base-uri", "'none'"],
    ["frame-ancestors", "'none'"],
    ["require-trusted-types-for", "'script'"],
    ["trusted-types", "foyer", "default"],
  ]
    .map((directive) => directive.join(" "))
    .join("; ")
}

/** The hosted page of a widget, `/v1/w/:account/:widget`, and its brand. */
export function hostedRoutes(
  deps: Pick<Deps, "storefronts" | "publicUrl" | "now">,
  payment: PaymentOrigins,
) {
  const headers = {
    "Content-Security-Policy": hostedPolicy(deps.publicUrl, payment),
    // The organizer's site may know who sends visitors; nobody learns of what was looked at.
    "Referrer-Policy": "strict-origin",
    "Cache-Control": "no-cache",
    Vary: "Accept-Language",
  }
  return new Hono()
    .get("/v1/w/:account/:widget", async (c) => {
      const found = await deps.storefronts.widget(
        `${c.req.param("account")}/${c.req.param("widget")}`,
      )
      const stylesPath = pageSheetPath
      if (!found) return c.html(String(noWidgetPage({ stylesPath })), 404, headers)
      const { shop } = found
      const wishes = wishesOf(c.req.query())
      const page = hostedPage({
        ...found,
        wishes,
        stylesPath,
        region: chooseRegion(shop, wishes),
        locale: localeOf(shop, c.req.query("locale"), c.req.header("accept-language")),
        now: deps.now().toISOString(),
        publicUrl: deps.publicUrl,
        scriptOrigins: payment.script,
      })
      return c.html(String(page), 200, headers)
    })
    .get("/v1/w/:account/:widget/brand.css", async (c) => {
      const found = await deps.storefronts.widget(
        `${c.req.param("account")}/${c.req.param("widget")}`,
      )
      return c.body(
        found ? `${hostedStyles}${brandSheet(found.shop.brand)}` : "",
        found ? 200 : 404,
        {
          "Content-Type": "text/css; charset=utf-8",
          "Cache-Control": "public, max-age=60",
        },
      )
    })
}

function localeOf(
  { account }: Storefront,
  asked: string | undefined,
  accepted: string | undefined,
): string {
  const { locales, locale } = account
  const usual = acceptedLocale((accepted ?? "").slice(0, 500), locales, locale)
  return asked === undefined ? usual : nearestLocale(asked, locales, usual)
}

const patterns: Readonly<Record<keyof HostedPage["wishes"], RegExp>> = {
  event: /^[a-z0-9]+(-[a-z0-9]+)*$/,
  promo: /^[^\p{Cc}]{1,40}$/u,
  currency: /^[a-z]{3}$/,
  at: /^(cart|payment)$/,
}

/** What of the query becomes an attribute of the element; what does not fit is left out. */
function wishesOf(query: Readonly<Record<string, string>>): HostedPage["wishes"] {
  const lower = { ...query, currency: query["currency"]?.toLowerCase() }
  return Object.fromEntries(
    Object.entries(patterns).flatMap(([name, pattern]) => {
      const value = lower[name as keyof typeof lower]
      return value !== undefined && pattern.test(value) ? [[name, value]] : []
    }),
  )
}
