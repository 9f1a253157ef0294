import { isAfter } from "#core/instant.ts"
import type { Promotion } from "#core/storefront.ts"

/** What has become of a code, as who made it sees it. */
export type PromotionState = "active" | "scheduled" | "ended" | "used-up" | "stopped"

/** `used` counts orders that hold or have used it. */
export function promotionState(promotion: Promotion, now: string, used: number): PromotionState {
  const { stopped, startsAt, endsAt, usageLimit } = promotion
  if (stopped) return "stopped"
  if (endsAt !== undefined && !isAfter(endsAt, now)) return "ended"
  if (usageLimit !== undefined && used >= usageLimit) return "used-up"
  return startsAt !== undefined && isAfter(startsAt, now) ? "scheduled" : "active"
}
