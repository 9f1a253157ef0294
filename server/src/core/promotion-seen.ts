import type { PromotionState } from "#core/promotion-state.ts"
import type { Promotion } from "#core/storefront.ts"

/** A code with what it has done. Sales are of orders that stand, by currency, most orders first. */
export type SeenPromotion = {
  readonly promotion: Promotion
  readonly state: PromotionState
  /** Orders that hold or have used it. */
  readonly used: number
  readonly sales: readonly {
    readonly currency: string
    readonly orders: number
    readonly totalMinor: number
    readonly discountMinor: number
  }[]
}

/** An order with a code, without who bought. */
export type OrderWithCode = {
  readonly number: string
  readonly placedAt: string
  readonly currency: string
  readonly totalMinor: number
  readonly discountMinor: number
}
