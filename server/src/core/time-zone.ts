/**
 * The IANA time zone as `Intl` spells it, or the fallback when there is none of that name: a browser's word is not to be trusted, and `Intl`
 * throws at an unknown zone.
 */
export function timeZoneOr(fallback: string, timeZone: string | undefined): string {
  if (timeZone === undefined) return fallback
  try {
    return new Intl.DateTimeFormat("en", { timeZone }).resolvedOptions().timeZone
  } catch (error) {
    if (error instanceof RangeError) return fallback
    throw error
  }
}
