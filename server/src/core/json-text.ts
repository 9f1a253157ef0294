/** A document, or the first place where the text stops being one. Lines and columns count from 1. */
export type JsonText =
  | { readonly ok: true; readonly value: unknown }
  | {
      readonly ok: false
      readonly line: number
      readonly column: number
      readonly message: string
    }

/** Reads JSON as `JSON.parse` does, but says where it is broken, and refuses an object that names a key twice. */
export function parseJson(text: string): JsonText {
  const scan: Scan = { text, at: text.startsWith("\ufeff") ? 1 : 0 }
  const wrong = scanDocument(scan)
  if (wrong !== undefined) return { ok: false, ...position(text, scan.at), message: wrong }
  return { ok: true, value: JSON.parse(text.slice(text.startsWith("\ufeff") ? 1 : 0)) as unknown }
}

/** Reads on from `at`, which stays at the first fault. */
type Scan = { readonly text: string; at: number }
/** Undefined: fine. */
type Wrong = string | undefined

const deepestLevel = 100
const space = /[ \t\r\n]*/y
// oxlint-disable-next-line no-control-regex -- JSON forbids control characters inside text
const quoted = /"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[\da-fA-F]{4}))*"/y
const plain = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null/y

function scanDocument(scan: Scan): Wrong {
  const wrong = scanValue(scan, 0)
  if (wrong !== undefined) return wrong
  take(scan, space)
  return scan.at === scan.text.length ? undefined : "the document ends here, but the text goes on"
}

function scanValue(scan: Scan, level: number): Wrong {
  take(scan, space)
  if (level > deepestLevel) return `this is nested deeper than ${deepestLevel} levels`
  if (scan.at === scan.text.length) return "the text ends too early"
  const first = scan.text[scan.at]
  if (first === "{") return scanMembers(scan, "}", (keys) => scanEntry(scan, level, keys))
  if (first === "[") return scanMembers(scan, "]", () => scanValue(scan, level + 1))
  if (first === '"') return scanText(scan)
  return take(scan, plain) === undefined ? `${shown(scan)} cannot begin a value` : undefined
}

function scanMembers(scan: Scan, end: string, member: (keys: Set<string>) => Wrong): Wrong {
  const keys = new Set<string>()
  scan.at += 1
  take(scan, space)
  if (scan.text[scan.at] === end) return void (scan.at += 1)
  for (;;) {
    const wrong = member(keys)
    if (wrong !== undefined) return wrong
    take(scan, space)
    const next = scan.text[scan.at]
    if (next === end) return void (scan.at += 1)
    if (next === undefined) return `the text ends before a closing ${end}`
    if (next !== ",") return `expected a comma or ${end}, not ${shown(scan)}`
    scan.at += 1
  }
}

function scanEntry(scan: Scan, level: number, keys: Set<string>): Wrong {
  take(scan, space)
  const start = scan.at
  if (scan.text[start] !== '"') return `expected a name in quotes, not ${shown(scan)}`
  const wrong = scanText(scan)
  if (wrong !== undefined) return wrong
  const key = scan.text.slice(start, scan.at)
  if (keys.has(key)) {
    scan.at = start
    return `${key} is here for the second time in one object`
  }
  keys.add(key)
  take(scan, space)
  if (scan.text[scan.at] !== ":") return `expected a colon after ${key}, not ${shown(scan)}`
  scan.at += 1
  return scanValue(scan, level + 1)
}

function scanText(scan: Scan): Wrong {
  return take(scan, quoted) === undefined
    ? "this text is not closed, or holds a line break or an unknown escape"
    : undefined
}

function take(scan: Scan, token: RegExp): string | undefined {
  token.lastIndex = scan.at
  const match = token.exec(scan.text)
  if (match) scan.at += match[0].length
  return match?.[0]
}

function shown(scan: Scan): string {
  const next = scan.text.codePointAt(scan.at)
  return next === undefined ? "the end of the text" : JSON.stringify(String.fromCodePoint(next))
}

function position(text: string, at: number): { line: number; column: number } {
  const before = text.slice(0, at).split("\n")
  return { line: before.length, column: (before.at(-1) ?? "").length + 1 }
}
