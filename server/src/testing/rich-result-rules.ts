/**
 * Google's rules for event rich results, as a check: https://developers.google.com/search/docs/appearance/structured-data/event, and of what a
 * value looks like, schema.org. Answers what is wrong or missing in one Event, each as a sentence; recommended properties are demanded too,
 * but for those that depend on what an organizer knows (`performer`, `image`, `endDate`, `description`).
 */
export function richResultFaults(result: unknown): string[] {
  const event = asRecord(result)
  const location = asRecord(event["location"])
  const organizer = asRecord(event["organizer"])
  return [
    ...must(event["@context"] === "https://schema.org", "@context must be https://schema.org"),
    ...must(event["@type"] === "Event", "@type must be Event"),
    ...must(isText(event["name"]), "name is required"),
    ...must(isMoment(event["startDate"]), "startDate is required, with its offset from UTC"),
    ...given(event, "endDate", isMoment, "endDate must have its offset from UTC"),
    ...given(event, "doorTime", isMoment, "doorTime must have its offset from UTC"),
    ...must(
      !isMoment(event["endDate"]) ||
        Date.parse(String(event["endDate"])) > Date.parse(String(event["startDate"])),
      "endDate must be after startDate",
    ),
    ...must(
      statuses.has(String(event["eventStatus"])),
      "eventStatus must be one that schema.org names",
    ),
    ...must(location["@type"] === "Place", "location must be a Place"),
    ...must(isText(location["name"]), "location.name is recommended"),
    ...addressFaults(location["address"]),
    ...given(event, "image", isPictures, "image must be a list of absolute addresses"),
    ...given(event, "description", isText, "description must not be empty"),
    ...must(isAddress(event["url"]), "url must be absolute"),
    ...must(isText(organizer["name"]), "organizer.name is recommended"),
    ...must(isAddress(organizer["url"]), "organizer.url is recommended, absolute"),
    ...listOf(event["offers"]).flatMap(offerFaults),
  ]
}

const statuses = new Set(
  ["Scheduled", "Cancelled", "Postponed", "Rescheduled", "MovedOnline"].map(
    (status) => `https://schema.org/Event${status}`,
  ),
)
const availabilities = new Set(
  ["InStock", "SoldOut", "PreOrder"].map((word) => `https://schema.org/${word}`),
)

function addressFaults(value: unknown): string[] {
  const address = asRecord(value)
  return [
    ...must(address["@type"] === "PostalAddress", "location.address is required"),
    ...must(isText(address["addressLocality"]), "address.addressLocality is needed to be found"),
    ...must(
      /^[A-Z]{2}$/.test(String(address["addressCountry"])),
      "address.addressCountry must be ISO 3166-1",
    ),
  ]
}

function offerFaults(value: unknown): string[] {
  const offer = asRecord(value)
  return [
    ...must(offer["@type"] === "Offer", "an offer must be an Offer"),
    ...must(isAddress(offer["url"]), "offers.url must be absolute"),
    ...must(
      /^\d+(\.\d+)?$/.test(String(offer["price"])),
      "offers.price must be a number without signs, 0 when free",
    ),
    ...must(
      /^[A-Z]{3}$/.test(String(offer["priceCurrency"])),
      "offers.priceCurrency must be three letters (ISO 4217)",
    ),
    ...must(
      availabilities.has(String(offer["availability"])),
      "offers.availability must be InStock, SoldOut or PreOrder",
    ),
    ...given(offer, "validFrom", isMoment, "offers.validFrom must have its offset from UTC"),
    ...must(
      offer["availability"] !== "https://schema.org/PreOrder" || isMoment(offer["validFrom"]),
      "an offer to come must say from when",
    ),
  ]
}

function must(holds: boolean, sentence: string): string[] {
  return holds ? [] : [sentence]
}

function given(
  of: Readonly<Record<string, unknown>>,
  name: string,
  holds: (value: unknown) => boolean,
  sentence: string,
): string[] {
  return must(!(name in of) || holds(of[name]), sentence)
}

function isText(value: unknown): boolean {
  return typeof value === "string" && value.trim() !== ""
}

function isMoment(value: unknown): boolean {
  return typeof value === "string" && /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[+-]\d\d:\d\d$/.test(value)
}

function isAddress(value: unknown): boolean {
  return typeof value === "string" && /^https?:\/\//.test(value) && URL.canParse(value)
}

function isPictures(value: unknown): boolean {
  return Array.isArray(value) && value.length > 0 && value.every(isAddress)
}

function listOf(value: unknown): readonly unknown[] {
  return value === undefined ? [] : Array.isArray(value) ? value : [value]
}

function asRecord(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null ? { ...value } : {}
}
