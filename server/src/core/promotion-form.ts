/** What a code gives, as the form asks for it. */
export type PromotionKind = "percent" | "amount" | "bogo"

type Typed = readonly (readonly [name: string, value: string])[]

const ofKind: Readonly<Record<PromotionKind, RegExp>> = {
  percent: /^percentOff$/,
  amount: /^(?:amountOff\.|per$)/,
  bogo: /^bogo\./,
}

/** The kind that was chosen in the field `$kind`; the first where nobody chose. */
export function kindTyped(typed: Typed): PromotionKind {
  const chosen = typed.findLast(([name]) => name === "$kind")?.[1]
  return chosen === "amount" || chosen === "bogo" ? chosen : "percent"
}

/**
 * What was typed into a promotion's form as the catalogue file says it: only the chosen kind's fields, codes in capitals, addresses in lower case, "10 %"
 * and "5,50" as plain numbers. A list of addresses only where the code is for who is listed.
 */
export function promotionTyped(typed: Typed): Typed {
  const kind = kindTyped(typed)
  const others = Object.entries(ofKind).filter(([name]) => name !== kind)
  const isListed = typed.some(([name, value]) => name === "audience.who" && value === "listed")
  return typed
    .filter(([name]) => !others.some(([, pattern]) => pattern.test(name)))
    .filter(([name]) => isListed || !name.startsWith("audience.emails"))
    .map(([name, value]) => [name, asInFile(name, value)] as const)
}

function asInFile(name: string, value: string): string {
  if (name === "code") return value.trim().toUpperCase()
  if (name.startsWith("audience.emails")) return value.toLowerCase().replaceAll(";", ",")
  if (/percentOff$|^amountOff\.|^minimum\./.test(name)) return plainNumber(value)
  return value
}

/** "10 %" is "10", "5,50" is "5.50", "$5" is "5"; what is no such thing stays, to be refused as it was typed. */
export function plainNumber(text: string): string {
  const bare = text.replaceAll(/[\s%$€£¥]/g, "")
  if (/^\d+$/.test(bare)) return bare
  if (/^\d+[.,]\d{1,4}$/.test(bare)) return bare.replace(",", ".")
  return text
}
