export type Destination = "meta" | "ga4" | "google-ads" | "reddit"

/** A call of a library that the host page has loaded itself; the first one present is used. */
export type PixelCall = {
  readonly library: "fbq" | "gtag" | "dataLayer" | "rdt"
  readonly args: readonly unknown[]
}

/** One order told to one destination, once. `id` is the same in the browser and in server-side deliveries. */
export type ConversionPayload = {
  readonly destination: Destination
  readonly id: string
  readonly calls: readonly PixelCall[]
}
