import type { ConversionPayload, PixelCall } from "@foyer/shared/conversion"
import { toDecimal } from "#core/money.ts"
import type { OrderSummary } from "#core/order.ts"
import type { Pixel } from "#core/storefront.ts"

/**
 * What each of the organizer's pixels is told about an order. Each payload carries the same id in the browser and in server-side deliveries, so
 * that a vendor who hears it twice counts it once. Amounts are what was paid, in the currency's main unit; items are before fees and tax.
 */
export function conversionPayloads(
  order: OrderSummary,
  pixels: readonly Pixel[],
): ConversionPayload[] {
  return pixels.map((pixel) => ({
    destination: pixel.destination,
    id: conversionId(order),
    calls: callsFor[pixel.destination](order, pixel.target),
  }))
}

/** The order's id: known to both sides, and the same for ever. */
export function conversionId(order: Pick<OrderSummary, "id">): string {
  return order.id
}

/** A currency's main unit as vendors want it: 12.5 for 1250 cents, 300 for 300 yen, 1.234 for 1234 fils. */
export function vendorAmount(amountMinor: number, currency: string): number {
  return Number(toDecimal(amountMinor, currency))
}

/** An item as GA4 reads it, https://developers.google.com/analytics/devguides/collection/ga4/reference/events#purchase. */
export type Ga4Item = {
  readonly item_id: string
  readonly item_name: string
  readonly item_variant?: string
  readonly item_category: string
  readonly affiliation: string
  readonly price: number
  readonly discount?: number
  readonly quantity: number
}

/** What a line of a cart and a line of an order have in common. */
export type SoldLine = Pick<
  OrderSummary["lines"][number],
  | "priceTypeId"
  | "title"
  | "detail"
  | "kind"
  | "eventTitle"
  | "quantity"
  | "unitMinor"
  | "discountMinor"
>

/** GA4 wants unit price and unit discount; a discount that does not divide is rounded to the currency's smallest unit. */
export function ga4Item(line: SoldLine, currency: string): Ga4Item {
  const unitDiscountMinor = Math.round(line.discountMinor / line.quantity)
  return {
    item_id: line.priceTypeId,
    item_name: `${line.eventTitle}: ${line.title}`,
    ...(line.detail && { item_variant: line.detail }),
    item_category: line.kind,
    affiliation: line.eventTitle,
    price: vendorAmount(line.unitMinor - unitDiscountMinor, currency),
    ...(unitDiscountMinor > 0 && { discount: vendorAmount(unitDiscountMinor, currency) }),
    quantity: line.quantity,
  }
}

/** The order as a GA4 purchase; also what the host page hears as `foyer:purchase`. */
export function ga4Purchase(order: OrderSummary): Readonly<Record<string, unknown>> {
  return {
    transaction_id: order.number,
    value: vendorAmount(order.totalMinor, order.currency),
    currency: order.currency.toUpperCase(),
    tax: vendorAmount(order.taxMinor, order.currency),
    shipping: vendorAmount(order.shippingMinor, order.currency),
    ...(order.promoCode && { coupon: order.promoCode }),
    items: order.lines.map((line) => ga4Item(line, order.currency)),
  }
}

type Calls = (order: OrderSummary, target: string) => readonly PixelCall[]

const callsFor: Readonly<Record<Pixel["destination"], Calls>> = {
  // `trackSingle` names the pixel: a host page may have loaded others, and they are not the organizer's.
  meta: (order, target) => [
    {
      library: "fbq",
      args: ["trackSingle", target, "Purchase", metaData(order), { eventID: conversionId(order) }],
    },
  ],
  ga4: (order, target) => [
    { library: "gtag", args: ["event", "purchase", { send_to: target, ...ga4Purchase(order) }] },
    // The page clears the last purchase first, as Google asks, or its items would be merged into ours.
    { library: "dataLayer", args: [{ ecommerce: null }, dataLayerPurchase(order)] },
  ],
  "google-ads": (order, target) => [
    {
      library: "gtag",
      args: [
        "event",
        "conversion",
        {
          send_to: target,
          value: vendorAmount(order.totalMinor, order.currency),
          currency: order.currency.toUpperCase(),
          transaction_id: order.number,
        },
      ],
    },
  ],
  reddit: (order) => [{ library: "rdt", args: ["track", "Purchase", redditData(order)] }],
}

function dataLayerPurchase(order: OrderSummary): Readonly<Record<string, unknown>> {
  return { event: "purchase", ecommerce: ga4Purchase(order) }
}

function metaData(order: OrderSummary): Readonly<Record<string, unknown>> {
  return {
    value: vendorAmount(order.totalMinor, order.currency),
    currency: order.currency.toUpperCase(),
    content_type: "product",
    content_ids: order.lines.map((line) => line.priceTypeId),
    contents: order.lines.map((line) => ({
      id: line.priceTypeId,
      quantity: line.quantity,
      item_price: vendorAmount(line.unitMinor, order.currency),
    })),
    num_items: itemCount(order),
  }
}

function redditData(order: OrderSummary): Readonly<Record<string, unknown>> {
  return {
    conversionId: conversionId(order),
    value: vendorAmount(order.totalMinor, order.currency),
    currency: order.currency.toUpperCase(),
    transactionId: order.number,
    itemCount: itemCount(order),
    products: order.lines.map((line) => ({
      id: line.priceTypeId,
      name: `${line.eventTitle}: ${line.title}`,
      category: line.kind,
    })),
  }
}

function itemCount(order: OrderSummary): number {
  return order.lines.reduce((count, line) => count + line.quantity, 0)
}
