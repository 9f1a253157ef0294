import { campaignLink, type CampaignLink, type LinkWish } from "#core/campaign-link.ts"
import { type Actor, forbidden, type Forbidden, may } from "#core/role.ts"
import { siteOrigin } from "#core/site-origin.ts"
import type { Deps } from "#flows/deps.ts"

export type SeenLinks = {
  readonly outcome: "links"
  /** Absent before a page was typed. */
  readonly made?: CampaignLink
  readonly codes: readonly string[]
  readonly isAllowedSite: boolean
  /** A page to begin with. */
  readonly usualPage: string
}

/** Makes a link as it was asked for, and tells which codes it may bring along. `accountSlug` is the actor's own account's. */
export async function seeLinks(
  { storefronts, publicUrl }: Pick<Deps, "storefronts" | "publicUrl">,
  actor: Actor,
  accountSlug: string,
  wish: LinkWish,
): Promise<SeenLinks | Forbidden> {
  if (!may(actor, "see-reports")) return forbidden("see-reports")
  const shop = await storefronts.bySlug(accountSlug)
  const [origin] = shop?.allowedOrigins ?? []
  const [widget] = shop?.widgets ?? []
  const usualPage = origin ?? `${publicUrl}/v1/w/${accountSlug}/${widget?.slug ?? "main"}`
  const made = wish.page === "" ? undefined : campaignLink(wish)
  const site = made?.ok ? siteOrigin(made.link) : undefined
  const origins = new Set([...(shop?.allowedOrigins ?? []), new URL(publicUrl).origin])
  return {
    outcome: "links",
    codes: [...(shop?.promotions.keys() ?? [])].sort(),
    usualPage,
    isAllowedSite: !site || (site.ok && origins.has(site.origin)),
    ...(made && { made }),
  }
}
