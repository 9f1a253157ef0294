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
