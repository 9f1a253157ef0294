const spelled = new Map<string, string>()
/** More names than there are; the rest is a browser inventing spellings. */
const mostSpelled = 1000

/**
 * The IANA time zone as `Intl` spells it, or the fallback when there is none of that name: a browser's word is not to be trusted, and `Intl`
 * throws at an unknown zone. Asked for with every click, and slow to find out: what was found is kept.
 */
export function timeZoneOr(fallback: string, timeZone: string | undefined): string {
  if (timeZone === undefined) return fallback
  const known = spelled.get(timeZone) ?? spellingOf(timeZone)
  if (known !== undefined && spelled.size < mostSpelled) spelled.set(timeZone, known)
  return known ?? fallback
}

function spellingOf(timeZone: string): string | undefined {
  try {
    return new Intl.DateTimeFormat("en", { timeZone }).resolvedOptions().timeZone
  } catch (error) {
    if (error instanceof RangeError) return undefined
    throw error
  }
}
