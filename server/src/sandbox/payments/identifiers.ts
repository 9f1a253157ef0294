import { randomBytes } from "node:crypto"

const alphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"

/** An id as the provider makes them: the prefix, then 24 random letters and digits. */
export function newObjectId(prefix: string): string {
  return `${prefix}_${randomText(24)}`
}

/** Letters and digits from the system's randomness; a byte is taken modulo 62, which is even enough for a sandbox. */
export function randomText(length: number): string {
  return Array.from(randomBytes(length), (byte) => alphabet[byte % alphabet.length]).join("")
}
