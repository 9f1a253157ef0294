import { fileURLToPath } from "node:url"
import { Hono } from "hono"
import { type Need, policyText } from "#core/content-policy.ts"
import { fileRoutes, readFiles } from "#web/files.ts"

const dist = (folder: string) =>
  fileURLToPath(new URL(`../../../widget/dist/${folder}`, import.meta.url))

/** The loader with a hole for a widget's first view. */
export const firstViewTemplate = new URL(
  "../../../widget/dist/first-view.template",
  import.meta.url,
)

/** The name in the built scripts that this server's origin takes the place of. */
export const originPlaceholder = "__FOYER_ORIGIN__"

/**
 * The scripts of the embed: `/v1/foyer.js`, asked for anew every few minutes so that a release reaches every host page, and the modules it
 * names by their hash, which never change.
 */
export async function embedRoutes(publicUrl: string) {
  const [loader, modules] = await Promise.all([
    readFiles(dist(""), { [originPlaceholder]: JSON.stringify(publicUrl) }),
    readFiles(dist("assets")),
  ])
  if (!loader.has("foyer.js")) throw new Error("the widget is not built: run npm run build first")
  return new Hono()
    .route("/v1/assets", fileRoutes(modules, "public, max-age=31536000, immutable"))
    .route("/v1", fileRoutes(loader, "public, max-age=300"))
}

/** Other origins the widget talks to: Stripe's, or the payment sandbox's. */
export type PaymentOrigins = {
  readonly script: readonly string[]
  readonly connect: readonly string[]
  readonly frame: readonly string[]
}

/** What Stripe's guide asks of a page: https://docs.stripe.com/security/guide#content-security-policy */
export const stripeOrigins: PaymentOrigins = {
  script: ["https://js.stripe.com", "https://*.js.stripe.com"],
  connect: ["https://api.stripe.com"],
  frame: ["https://js.stripe.com", "https://*.js.stripe.com", "https://hooks.stripe.com"],
}

/** What a host page's policy must let through for the embed, and nothing more: no `unsafe-*`, no `style-src`. */
export function hostNeeds(publicUrl: string, payment: PaymentOrigins): readonly Need[] {
  const socket = publicUrl.replace(/^http/, "ws")
  return [
    { directive: "script-src", sources: [publicUrl, ...payment.script] },
    { directive: "connect-src", sources: [publicUrl, socket, ...payment.connect] },
    { directive: "frame-src", sources: payment.frame },
    { directive: "img-src", sources: [publicUrl] },
  ]
}

/** The Content-Security-Policy that a host page needs. */
export function hostPolicy(publicUrl: string, payment: PaymentOrigins): string {
  return policyText(hostNeeds(publicUrl, payment))
}
