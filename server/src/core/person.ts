import { isEmail, longestEmail } from "./email.ts"

const longestName = 100

/** A name as it is shown and mailed: one line, no control characters, no invisible turns of direction, at most 100 characters. */
export function personName(typed: string): string {
  const line = typed
    .toWellFormed()
    .normalize("NFC")
    .replaceAll(/[\p{Cc}\p{Zl}\p{Zp}\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]/gu, " ")
    .replaceAll(/\s+/g, " ")
    .trim()
  return Array.from(line).slice(0, longestName).join("").trim()
}

/** Of a new password, in characters: length is what makes it hard to guess (NIST SP 800-63B, 3.1.1). */
export const passwordLength = { least: 10, most: 128 } as const

/** What sign-in takes: no signs that only quoted addresses and old mail routes use, and an ending of letters. */
const signInEmail = /^(?!\.)[a-z0-9_'+.-]*[a-z0-9_+-]@([a-z0-9][a-z0-9-]*\.)+[a-z]{2,}$/

/** An address to sign in with, as it is kept: lower case, its domain in ASCII. Undefined when it cannot be one. */
export function personEmail(typed: string): string | undefined {
  const text = typed.trim().toLowerCase()
  if (!isEmail(text)) return undefined
  const at = text.lastIndexOf("@")
  const host = `http://${text.slice(at + 1)}`
  const email = URL.canParse(host) ? `${text.slice(0, at)}@${new URL(host).hostname}` : text
  return email.length <= longestEmail && signInEmail.test(email) ? email : undefined
}
