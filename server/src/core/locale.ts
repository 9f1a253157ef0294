/**
 * Which of the organizer's locales is nearest to the BCP 47 tag a browser asks for: the same tag, the same language in any place, or the
 * fallback. Case does not matter; the answer is always one of `locales`, or the fallback.
 */
export function nearestLocale(
  wanted: string,
  locales: readonly string[],
  fallback: string,
): string {
  const tag = wanted.toLowerCase()
  const language = languageOf(tag)
  return (
    locales.find((locale) => locale.toLowerCase() === tag) ??
    locales.find((locale) => locale.toLowerCase() === language) ??
    locales.find((locale) => languageOf(locale.toLowerCase()) === language) ??
    fallback
  )
}

function languageOf(tag: string): string {
  return tag.split("-", 1)[0] ?? tag
}
