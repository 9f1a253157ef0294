/**
 * Codes that people read out: Crockford's base 32 (https://www.crockford.com/base32.html), which has no I, L, O or U. Each character takes the
 * five low bits of one random byte: 256 divides evenly by 32, so every character is equally likely.
 */
const alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"

/** 50 bits: among a million tickets a guess is right once in a thousand million. */
const ticketCodeLength = 10
/** 30 bits, and unique within the account by the database. */
const orderNumberLength = 6

/** How many random bytes `ticketCode` and `orderNumber` need. */
export const codeBytes = { ticketCode: ticketCodeLength, orderNumber: orderNumberLength } as const

/** Ten characters, from at least ten random bytes. */
export function ticketCode(randomBytes: Uint8Array): string {
  return characters(randomBytes, ticketCodeLength)
}

/** `LS-7KQ2MX`: the account's prefix and six characters, from at least six random bytes. */
export function orderNumber(prefix: string, randomBytes: Uint8Array): string {
  return `${prefix}-${characters(randomBytes, orderNumberLength)}`
}

function characters(randomBytes: Uint8Array, length: number): string {
  if (randomBytes.length < length) throw new RangeError(`a code needs ${length} random bytes`)
  return Array.from(randomBytes.subarray(0, length), (byte) => alphabet[byte & 31]).join("")
}
