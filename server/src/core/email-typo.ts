import { isEmail } from "#core/email.ts"

/** Domains that most shoppers' mail goes to. A domain in this list is never "corrected", however near it is to another. */
const commonDomains: readonly string[] = [
  "gmail.com",
  "googlemail.com",
  "yahoo.com",
  "yahoo.ca",
  "yahoo.co.uk",
  "yahoo.co.jp",
  "yahoo.fr",
  "yahoo.de",
  "yahoo.es",
  "ymail.com",
  "rocketmail.com",
  "hotmail.com",
  "hotmail.ca",
  "hotmail.co.uk",
  "hotmail.fr",
  "hotmail.de",
  "hotmail.es",
  "outlook.com",
  "outlook.fr",
  "outlook.de",
  "outlook.es",
  "outlook.jp",
  "live.com",
  "live.ca",
  "live.fr",
  "live.co.uk",
  "msn.com",
  "icloud.com",
  "me.com",
  "mac.com",
  "aol.com",
  "proton.me",
  "protonmail.com",
  "pm.me",
  "fastmail.com",
  "hey.com",
  "zoho.com",
  "mail.com",
  "email.com",
  "gmx.com",
  "gmx.de",
  "gmx.net",
  "gmx.at",
  "gmx.ch",
  "web.de",
  "t-online.de",
  "freenet.de",
  "orange.fr",
  "wanadoo.fr",
  "free.fr",
  "sfr.fr",
  "laposte.net",
  "bell.net",
  "sympatico.ca",
  "rogers.com",
  "shaw.ca",
  "telus.net",
  "videotron.ca",
  "comcast.net",
  "verizon.net",
  "att.net",
  "sbcglobal.net",
  "btinternet.com",
  "sky.com",
  "qq.com",
  "163.com",
  "naver.com",
  "docomo.ne.jp",
  "ezweb.ne.jp",
  "i.softbank.jp",
]

/** Top levels that exist only as slips of the finger. `.co`, `.cm` and `.om` are countries', so they are judged by the whole domain alone. */
const mistypedTopLevels: ReadonlyMap<string, string> = new Map([
  ["con", "com"],
  ["cmo", "com"],
  ["ocm", "com"],
  ["comm", "com"],
  ["coom", "com"],
  ["vom", "com"],
  ["xom", "com"],
  ["cpm", "com"],
  ["ner", "net"],
  ["nte", "net"],
  ["ent", "net"],
  ["ogr", "org"],
  ["rog", "org"],
])

/**
 * The address somebody probably meant, or undefined when there is nothing to ask. One slip of the finger (a letter missing, doubled, wrong or
 * two swapped) in a common domain is suggested, two in a domain of nine letters or more.
 */
export function suggestEmail(email: string): string | undefined {
  const typed = email.trim()
  if (!isEmail(typed)) return undefined
  const at = typed.lastIndexOf("@")
  const domain = typed.slice(at + 1).toLowerCase()
  const meant = suggestDomain(domain)
  return meant === undefined ? undefined : `${typed.slice(0, at)}@${meant}`
}

function suggestDomain(domain: string): string | undefined {
  if (commonDomains.includes(domain)) return undefined
  const near = commonDomains
    .map((common) => ({ common, distance: distanceBetween(domain, common) }))
    .filter(({ common, distance }) => distance <= slipsAllowed(common))
    .toSorted((a, b) => a.distance - b.distance)
  return near[0]?.common ?? withTopLevelMended(domain)
}

/** Short domains have real neighbours: `me.com` and `he.com`, `aol.com` and `sol.com`. */
function slipsAllowed(common: string): number {
  if (common.length < 8) return 0
  return common.length < 9 ? 1 : 2
}

function withTopLevelMended(domain: string): string | undefined {
  const dot = domain.lastIndexOf(".")
  const mended = mistypedTopLevels.get(domain.slice(dot + 1))
  return mended === undefined ? undefined : `${domain.slice(0, dot)}.${mended}`
}

/** Damerau-Levenshtein distance, adjacent letters swapped counting one (optimal string alignment). */
function distanceBetween(a: string, b: string): number {
  let beforeLast: number[] = []
  let last = Array.from({ length: b.length + 1 }, (_, column) => column)
  for (let row = 1; row <= a.length; row++) {
    const current = [row]
    for (let column = 1; column <= b.length; column++) {
      const isSame = a[row - 1] === b[column - 1]
      const isSwapped = a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1]
      current[column] = Math.min(
        (last[column] ?? 0) + 1,
        (current[column - 1] ?? 0) + 1,
        (last[column - 1] ?? 0) + (isSame ? 0 : 1),
        isSwapped ? (beforeLast[column - 2] ?? 0) + 1 : Number.POSITIVE_INFINITY,
      )
    }
    beforeLast = last
    last = current
  }
  return last[b.length] ?? 0
}
