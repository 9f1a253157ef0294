import { expect, it } from "vitest"
import { promotionState } from "#core/promotion-state.ts"
import type { Promotion } from "#core/storefront.ts"
import { now, promotion } from "#testing/club.ts"

it.each<[Partial<Promotion>, number, string]>([
  [{}, 0, "active"],
  [{ startsAt: now, endsAt: "2099-01-01T00:00:00Z" }, 0, "active"],
  [{ startsAt: "2099-01-01T00:00:00Z" }, 0, "scheduled"],
  [{ endsAt: now }, 0, "ended"],
  [{ usageLimit: 2 }, 1, "active"],
  [{ usageLimit: 2 }, 2, "used-up"],
  [{ usageLimit: 2, endsAt: now }, 2, "ended"],
  [{ stopped: true, startsAt: "2099-01-01T00:00:00Z" }, 0, "stopped"],
])("%j with %i uses is %s", (given, used, state) => {
  expect(promotionState(promotion(given), now, used)).toBe(state)
})
