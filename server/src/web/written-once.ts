declare global {
  interface JSON {
    /** ECMAScript's own, which the type-checker does not know yet: JSON for one value, taken over as it is by `stringify`. */
    rawJSON(json: string): unknown
  }
}

/**
 * A text that is escaped here once, however often `JSON.stringify` then writes it: a frame that thousands are sent is written in a third of the
 * time. It has the type of what a reader will find; until then it is no text and can only be sent.
 */
export function writtenOnce(text: string): string {
  return JSON.rawJSON(JSON.stringify(text)) as string
}
