import { getTimezone } from "countries-and-timezones"
import maxmind, { type CountryResponse } from "maxmind"

/** Guesses where a visitor is. Only the first region shown depends on it; tax never does. */
export type Geography = {
  /** ISO 3166-1 alpha-2; undefined when nothing tells. */
  countryOf(visitor: Visitor): string | undefined
}

export type Visitor = {
  readonly address: string
  /** As Node gives them: names in lower case. */
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>
  /** The browser's IANA time zone. */
  readonly timeZone?: string
}

export type GeographyOptions = {
  /** A MaxMind country or city database. */
  readonly file?: string
  /** A header that the operator's own edge sets on every request, such as `cf-ipcountry`; believed as it is. */
  readonly edgeHeader?: string
}

/** The country database cannot be read: a reason that the operator can act on. */
export class GeographyRefused extends Error {
  override readonly name = "GeographyRefused"
}

/**
 * Order of belief: the edge's header, the database, the browser's time zone when it lies in one country. Refuses (throws) a file that is
 * no MaxMind database.
 */
export async function openGeography(options: GeographyOptions): Promise<Geography> {
  const reader = options.file ? await openReader(options.file) : undefined
  const header = options.edgeHeader?.toLowerCase()
  return {
    countryOf: ({ address, headers, timeZone }) =>
      (header && countryCode(headers[header])) ??
      (reader && countryCode(countryIn(reader, address))) ??
      (timeZone ? countryOfZone(timeZone) : undefined),
  }
}

type Reader = Awaited<ReturnType<typeof maxmind.open<CountryResponse>>>

async function openReader(file: string): Promise<Reader> {
  return maxmind.open<CountryResponse>(file).catch((cause: unknown) => {
    throw new GeographyRefused(`GEOIP_DB must name a MaxMind database; ${file} is none`, { cause })
  })
}

function countryIn(reader: Reader, address: string): string | undefined {
  return maxmind.validate(address) ? reader.get(address)?.country?.iso_code : undefined
}

/** Edges say XX or T1 for "unknown" and "Tor". */
function countryCode(value: unknown): string | undefined {
  return typeof value === "string" && /^[A-Z]{2}$/.test(value) && value !== "XX" ? value : undefined
}

/**
 * A zone that several countries share (Europe/Zurich, Asia/Dubai) belongs to the one it is named for: the first. Only what looks like
 * `Area/Place` is looked up: the library reads it as a property's name, and it comes from the browser.
 */
function countryOfZone(timeZone: string): string | undefined {
  if (!/^[A-Z][A-Za-z]*\/[A-Za-z0-9_+/-]+$/.test(timeZone)) return undefined
  return getTimezone(timeZone)?.countries[0]
}
