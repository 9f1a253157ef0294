import type { CatalogueFile, EventEntry } from "./catalogue-file.ts"
import { isPerShowtime } from "./catalogue-checks.ts"
import { eventOf } from "./event-part.ts"
import type { Fault } from "./json-schema.ts"
import { instantOf } from "./schedule.ts"

/** What would be right in a file, but is a slip when somebody edits an event by hand. */
export function eventFaults(file: CatalogueFile, slug: string): Fault[] {
  const event = eventOf(file, slug)
  if (!event) return []
  const path = `events[${file.events.indexOf(event)}]`
  return [...lateSales(event, file.account.timeZone, path), ...withoutDates(event, path)]
}

/** A sale that ends after the last show has begun ends with it anyway: somebody mistook a day. */
function lateSales(event: EventEntry, accountZone: string, path: string): Fault[] {
  const last = event.showtimes
    .map(({ at }) => at)
    .toSorted()
    .at(-1)
  if (last === undefined) return []
  const begins = instantOf(last, event.timeZone ?? accountZone)
  if (!begins.ok) return []
  return event.products.flatMap(({ priceTypes }, i) =>
    priceTypes.flatMap(({ saleEnds }, j) => {
      const ends = instantOf(saleEnds ?? "", accountZone)
      if (!ends.ok || ends.at <= begins.at) return []
      const message = `is after the last show begins, on ${last.slice(0, 10)} at ${last.slice(11)}`
      return [{ path: `${path}.products[${i}].priceTypes[${j}].saleEnds`, message }]
    }),
  )
}

/** What is sold by date has its prices at its dates: the last date cannot leave without them. */
function withoutDates({ showtimes, products }: EventEntry, path: string): Fault[] {
  if (showtimes.length > 0 || !products.some(isPerShowtime)) return []
  return [{ path: `${path}.showtimes`, message: "keeps one date at least: cancel it instead" }]
}
