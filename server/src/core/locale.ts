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

/** The same for an `Accept-Language` header: the first language it likes that the organizer has. */
export function acceptedLocale(
  header: string,
  locales: readonly string[],
  fallback: string,
): string {
  const liked = header
    .split(",")
    .map((part) => {
      const [tag = "", quality] = part.split(";")
      return { tag: tag.trim(), quality: Number(/q=([\d.]+)/.exec(quality ?? "")?.[1] ?? 1) }
    })
    .filter(({ tag, quality }) => tag !== "" && quality > 0)
    .toSorted((a, b) => b.quality - a.quality)
  for (const { tag } of liked.slice(0, 20)) {
    const found = nearestLocale(tag, locales, "")
    if (found !== "") return found
  }
  return fallback
}

function languageOf(tag: string): string {
  return tag.split("-", 1)[0] ?? tag
}
