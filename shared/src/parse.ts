/**
 * Schemas for what crosses the wire: small enough for the widget, strict enough for the server.
 * What arrives is `unknown` until one of these has read it; unknown keys are dropped, never kept.
 */
export type Parsed<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly path: string; readonly message: string }

export type Schema<T> = (input: unknown, path?: string) => Parsed<T>
export type Infer<S> = S extends Schema<infer T> ? T : never

const good = <T>(value: T): Parsed<T> => ({ ok: true, value })
const bad = (path: string, message: string): Parsed<never> => ({ ok: false, path, message })

/** Text of `min` to `max` UTF-16 units: no control characters but line breaks and tabs, no half of a surrogate pair (which no database takes). */
export function text(max: number, min = 0, pattern?: RegExp): Schema<string> {
  return (input, path = "") => {
    if (typeof input !== "string") return bad(path, "must be text")
    if (input.length < min || input.length > max)
      return bad(path, `must have ${min} to ${max} characters`)
    if (hasControlCharacter(input)) return bad(path, "must not contain control characters")
    if (!input.isWellFormed()) return bad(path, "must be well-formed Unicode")
    if (pattern && !pattern.test(input)) return bad(path, `must match ${pattern.source}`)
    return good(input)
  }
}

/** A whole number from `min` to `max`. */
export function whole(min: number, max: number): Schema<number> {
  return (input, path = "") =>
    Number.isSafeInteger(input) && (input as number) >= min && (input as number) <= max
      ? good(input as number)
      : bad(path, `must be a whole number from ${min} to ${max}`)
}

export function oneOf<const T extends string>(...values: readonly T[]): Schema<T> {
  return (input, path = "") =>
    values.includes(input as T)
      ? good(input as T)
      : bad(path, `must be one of ${values.join(", ")}`)
}

export function list<T>(item: Schema<T>, max: number): Schema<readonly T[]> {
  return (input, path = "") => {
    if (!Array.isArray(input)) return bad(path, "must be a list")
    if (input.length > max) return bad(path, `must have at most ${max} items`)
    const values: T[] = []
    for (const [index, element] of input.entries()) {
      const parsed = item(element, `${path}[${index}]`)
      if (!parsed.ok) return parsed
      values.push(parsed.value)
    }
    return good(values)
  }
}

/** An object used as a map; keys are checked with `key`. The value has no prototype: a name that was not sent is not there. */
export function record<T>(
  key: Schema<string>,
  item: Schema<T>,
  max: number,
): Schema<Readonly<Record<string, T>>> {
  return (input, path = "") => {
    if (!isObject(input)) return bad(path, "must be an object")
    const entries = Object.entries(input)
    if (entries.length > max) return bad(path, `must have at most ${max} entries`)
    const values: [string, T][] = []
    for (const [name, element] of entries) {
      const named = key(name, `${path}.${name}`)
      if (!named.ok) return named
      const parsed = item(element, `${path}.${name}`)
      if (!parsed.ok) return parsed
      values.push([name, parsed.value])
    }
    return good(Object.assign(Object.create(null), Object.fromEntries(values)))
  }
}

type Optional<S> = Schema<S> & { readonly optional: true }
type Shape = Readonly<Record<string, Schema<unknown>>>
type OptionalKeys<S extends Shape> = {
  [K in keyof S]: S[K] extends { optional: true } ? K : never
}[keyof S]
type Read<S extends Shape> = {
  readonly [K in Exclude<keyof S, OptionalKeys<S>>]: Infer<S[K]>
} & { readonly [K in OptionalKeys<S>]?: Infer<S[K]> }

/** A key that may be absent. `null` and `undefined` count as absent. */
export function optional<T>(schema: Schema<T>): Optional<T> {
  return Object.assign<Schema<T>, { optional: true }>((input, path) => schema(input, path), {
    optional: true,
  })
}

export function object<S extends Shape>(shape: S): Schema<Read<S>> {
  return (input, path = "") => {
    if (!isObject(input)) return bad(path, "must be an object")
    const values: Record<string, unknown> = {}
    for (const [name, schema] of Object.entries(shape)) {
      const element = Object.hasOwn(input, name) ? input[name] : undefined
      if (element === undefined || element === null) {
        if ("optional" in schema) continue
        return bad(`${path}.${name}`, "is missing")
      }
      const parsed = schema(element, `${path}.${name}`)
      if (!parsed.ok) return parsed
      values[name] = parsed.value
    }
    return good(values as Read<S>)
  }
}

function isObject(input: unknown): input is Record<string, unknown> {
  return typeof input === "object" && input !== null && !Array.isArray(input)
}

function hasControlCharacter(input: string): boolean {
  // oxlint-disable-next-line no-control-regex -- finding control characters is the point
  return /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/.test(input)
}
