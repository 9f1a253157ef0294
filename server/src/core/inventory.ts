/** The stock of one variant: `0 <= held + sold <= capacity`, always. Version is the number of its events; 0 is a variant without any. */
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

/** Quantities are whole and positive; remaining is 0 or more. */
export type InventoryCommand = { readonly variantId: string } & (
  | { readonly type: "RecordVariantCreated"; readonly remaining: number }
  /** Sets stock aside for a cart; more for the same hold is another command. */
  | { readonly type: "PlaceHold"; readonly holdId: string; readonly quantity: number }
  | {
      readonly type: "ReleaseHold"
      readonly holdId: string
      readonly quantity: number
      readonly reason: "released" | "expired"
    }
  /** Sells from the hold, which ends whole; what the hold lacks is taken from what is left. Without a hold: all from what is left. */
  | {
      readonly type: "RecordSale"
      readonly orderId: string
      readonly quantity: number
      readonly hold?: { readonly holdId: string; readonly quantity: number }
    }
  | { readonly type: "RecordReturn"; readonly orderId: string; readonly quantity: number }
  /** Sets what is left to sell; holds and sales stay. */
  | { readonly type: "RecordAdminAdjustment"; readonly remaining: number }
  | { readonly type: "RecordSwapOut"; readonly orderId: string; readonly quantity: number }
  | { readonly type: "RecordSwapIn"; readonly orderId: string; readonly quantity: number }
)

export type InventoryRefusal =
  | { readonly reason: "sold-out"; readonly variantId: string; readonly remaining: number }
  | { readonly reason: "unknown-variant"; readonly variantId: string }
  | { readonly reason: "variant-exists"; readonly variantId: string }
  /** More is to be released or sold from a hold than all carts hold, or returned than was sold. */
  | { readonly reason: "more-than-there-is"; readonly variantId: string }

export type InventoryDecision =
  | { readonly ok: true; readonly events: readonly InventoryChanged[] }
  | { readonly ok: false; readonly refusal: InventoryRefusal }

/** A variant before its first event. */
export function noStock(variantId: string): Stock {
  return { variantId, capacity: 0, held: 0, sold: 0, version: 0 }
}

/** Left to sell. */
export function remainingOf(level: StockLevel): number {
  return level.capacity - level.held - level.sold
}

/** What a command comes to. An adjustment to what is already so is no event. */
export function decide(stock: Stock, command: InventoryCommand): InventoryDecision {
  const { variantId } = command
  const isBorn = stock.version > 0
  if (command.type === "RecordVariantCreated" && isBorn)
    return { ok: false, refusal: { reason: "variant-exists", variantId } }
  if (command.type !== "RecordVariantCreated" && !isBorn)
    return { ok: false, refusal: { reason: "unknown-variant", variantId } }
  const after = levelAfter(stock, command)
  if (after.held < 0 || after.sold < 0)
    return { ok: false, refusal: { reason: "more-than-there-is", variantId } }
  if (remainingOf(after) < 0)
    return { ok: false, refusal: { reason: "sold-out", variantId, remaining: remainingOf(stock) } }
  const isSame =
    isBorn && after.capacity === stock.capacity && command.type === "RecordAdminAdjustment"
  return { ok: true, events: isSame ? [] : [changed(stock, command, after)] }
}

/** The stock after one of its events. */
export function evolve(stock: Stock, event: InventoryChanged): Stock {
  return { variantId: stock.variantId, ...event.after, version: stock.version + 1 }
}

function levelAfter(stock: Stock, command: InventoryCommand): StockLevel {
  const { capacity, held, sold } = stock
  switch (command.type) {
    case "RecordVariantCreated":
    case "RecordAdminAdjustment":
      return { capacity: held + sold + command.remaining, held, sold }
    case "PlaceHold":
      return { capacity, held: held + command.quantity, sold }
    case "ReleaseHold":
      return { capacity, held: held - command.quantity, sold }
    case "RecordSale":
      return { capacity, held: held - (command.hold?.quantity ?? 0), sold: sold + command.quantity }
    case "RecordSwapIn":
      return { capacity, held, sold: sold + command.quantity }
    case "RecordReturn":
    case "RecordSwapOut":
      return { capacity, held, sold: sold - command.quantity }
  }
}

function changed(stock: Stock, command: InventoryCommand, after: StockLevel): InventoryChanged {
  const { capacity, held, sold } = stock
  const holdId = holdIdOf(command)
  return {
    type: "InventoryChanged",
    reason: reasonOf(command),
    ...("orderId" in command && { orderId: command.orderId }),
    ...(holdId !== undefined && { holdId }),
    before: { capacity, held, sold },
    after,
    wasSoldOut: remainingOf(stock) === 0,
    isSoldOut: remainingOf(after) === 0,
  }
}

function holdIdOf(command: InventoryCommand): string | undefined {
  return command.type === "RecordSale"
    ? command.hold?.holdId
    : "holdId" in command
      ? command.holdId
      : undefined
}

function reasonOf(command: InventoryCommand): InventoryReason {
  switch (command.type) {
    case "RecordVariantCreated":
      return "variant-created"
    case "PlaceHold":
      return "hold-placed"
    case "ReleaseHold":
      return command.reason === "expired" ? "hold-expired" : "hold-released"
    case "RecordSale":
      return "sold"
    case "RecordReturn":
      return "returned"
    case "RecordAdminAdjustment":
      return "adjusted"
    case "RecordSwapOut":
      return "swapped-out"
    case "RecordSwapIn":
      return "swapped-in"
  }
}
