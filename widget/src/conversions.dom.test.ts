import type { ConversionPayload } from "@foyer/shared/conversion"
import { expect, it, vi } from "vitest"
import { createConversions, type Outcome } from "./conversions.ts"
import { safeStorage } from "./safe-storage.ts"

function memoryStore() {
  const kept = new Map<string, string>()
  return () => ({
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
  })
}

const meta: ConversionPayload = {
  destination: "meta",
  id: "o-1",
  calls: [{ library: "fbq", args: ["trackSingle", "1", "Purchase"] }],
}
const google: ConversionPayload = {
  destination: "ga4",
  id: "o-1",
  calls: [
    { library: "gtag", args: ["event", "purchase"] },
    { library: "dataLayer", args: [{ event: "purchase" }] },
  ],
}
const order = { order: "o-1", payloads: [meta] }
const told = () => {
  const outcomes: Outcome[][] = []
  const acknowledge = (each: readonly Outcome[]) => void outcomes.push([...each])
  return { outcomes, acknowledge }
}

it("17: fires once over repeated frames, reloads and two tabs, and acknowledges each time", async () => {
  const store = memoryStore()
  const fbq = vi.fn()
  const { outcomes, acknowledge } = told()
  const tab = () => createConversions(safeStorage([store]), { fbq }, "granted")
  const [one, two] = [tab(), tab()]
  one.tell(order, acknowledge)
  two.tell(order, acknowledge)
  one.tell(order, acknowledge)
  tab().tell(order, acknowledge)
  await expect.poll(() => outcomes.length).toBe(4)
  expect(fbq).toHaveBeenCalledExactlyOnceWith("trackSingle", "1", "Purchase")
  for (const each of outcomes) expect(each).toEqual([{ destination: "meta", outcome: "fired" }])
})

it("waits for consent: unknown and denied mean no, and what waited is fired when it comes", async () => {
  const fbq = vi.fn()
  const { outcomes, acknowledge } = told()
  const conversions = createConversions(safeStorage([memoryStore()]), { fbq }, "unknown")
  conversions.tell(order, acknowledge)
  conversions.consent("denied")
  conversions.tell(order, acknowledge)
  expect(fbq).not.toHaveBeenCalled()
  expect(outcomes).toEqual([[{ destination: "meta", outcome: "no-consent" }]])
  conversions.consent("granted")
  await expect.poll(() => outcomes.at(-1)).toEqual([{ destination: "meta", outcome: "fired" }])
  expect(fbq).toHaveBeenCalledTimes(1)
})

it("uses the first library that the page has: gtag, else the data layer", async () => {
  const dataLayer: unknown[] = []
  const { outcomes, acknowledge } = told()
  const libraries = { dataLayer }
  const conversions = createConversions(safeStorage([memoryStore()]), libraries, "granted")
  conversions.tell({ order: "o-2", payloads: [google] }, acknowledge)
  await expect.poll(() => outcomes.length).toBe(1)
  expect(dataLayer).toEqual([{ event: "purchase" }])
})

it("warns where a library is missing, and survives one that throws", async () => {
  const warn = vi.spyOn(console, "warn").mockImplementation(() => {})
  const { outcomes, acknowledge } = told()
  const gtag = () => {
    throw new Error("theirs")
  }
  const conversions = createConversions(safeStorage([memoryStore()]), { gtag }, "granted")
  conversions.tell({ order: "o-3", payloads: [meta, google] }, acknowledge)
  await expect
    .poll(() => outcomes)
    .toEqual([
      [
        { destination: "meta", outcome: "missing-library" },
        { destination: "ga4", outcome: "fired" },
      ],
    ])
  expect(warn).toHaveBeenCalledTimes(2)
  warn.mockRestore()
})
