import type { Touch } from "@foyer/shared/protocol"
import type { Region, Storefront } from "#core/storefront.ts"

/** A parsed command with what the edge knows about who sent it. `T` is the command's data. */
export type ShopperCommand<T> = {
  /** Made once per click; the same op runs once. */
  readonly op: string
  readonly type: string
  readonly data: T
  /** SHA-256 of type and data: the same op with another hash is refused. */
  readonly requestHash: Uint8Array
  /** The bearer token of the cart, as the browser sent it; absent before the first action. */
  readonly token?: string
  /** The revision on the shopper's screen. */
  readonly base: number
  readonly shop: Storefront
  /** Of the cart, or chosen for a new one. */
  readonly region: Region
  readonly locale: string
  /** The code that the page brings: the embed's attribute or a promo link. */
  readonly promo?: string
  readonly touches: readonly Touch[]
  /** Host page, without query: where redirect payments return to. */
  readonly page?: string
  /** The client's address, for limits. */
  readonly address: string
}
