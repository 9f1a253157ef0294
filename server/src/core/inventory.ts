/** The stock of one variant: `0 <= held + sold <= capacity`, always. Version is the number of its events. */
export type Stock = {
  readonly variantId: string
  readonly capacity: number
  readonly held: number
  readonly sold: number
  readonly version: number
}

/** What a variant's stream holds: one event type, with the numbers before and after. */
export type InventoryChanged = {
  readonly type: "InventoryChanged"
  readonly reason: InventoryReason
  readonly orderId?: string
  readonly holdId?: string
  readonly before: StockLevel
  readonly after: StockLevel
  readonly wasSoldOut: boolean
  readonly isSoldOut: boolean
}

export type StockLevel = { readonly capacity: number; readonly held: number; readonly sold: number }

export type InventoryReason =
  | "variant-created"
  | "hold-placed"
  | "hold-released"
  | "hold-expired"
  | "sold"
  | "returned"
  | "adjusted"
  | "swapped-out"
  | "swapped-in"
