const mostLetters = 60

/** "Café Späti, 2nd night" as "cafe-spati-2nd-night"; a number is added where the name is taken. Scripts without Latin letters get `fallback`. */
export function slugFrom(title: string, taken: ReadonlySet<string>, fallback = "item"): string {
  const bare = title
    .normalize("NFKD")
    .replaceAll(/\p{M}/gu, "")
    .toLowerCase()
    .replaceAll("ß", "ss")
    .replaceAll("&", " and ")
    .replaceAll(/['’]/g, "")
    .replaceAll(/[^a-z0-9]+/g, "-")
    .replaceAll(/^-+|-+$/g, "")
  const slug = bare === "" ? fallback : shortened(bare)
  if (!taken.has(slug)) return slug
  for (let number = 2; ; number += 1)
    if (!taken.has(`${slug}-${number}`)) return `${slug}-${number}`
}

/** Ends with a whole word, unless the first one is too long by itself. */
function shortened(slug: string): string {
  if (slug.length <= mostLetters) return slug
  const end = slug.lastIndexOf("-", mostLetters)
  return slug.slice(0, end > 0 ? end : mostLetters)
}
