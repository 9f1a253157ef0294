/**
 * The part of JSON Schema (2020-12) that our own files use: values of it are plain JSON, written to `docs/` as they are, read here to
 * check a document, and typed so that the document's type follows from its schema. The description of a pattern says what it wants.
 */
export type SchemaNode = {
  readonly type?: JsonType | readonly JsonType[]
  readonly description?: string
  readonly enum?: readonly (string | number)[]
  readonly pattern?: string
  readonly minLength?: number
  readonly maxLength?: number
  readonly minimum?: number
  readonly maximum?: number
  readonly items?: SchemaNode
  readonly minItems?: number
  readonly maxItems?: number
  readonly properties?: Readonly<Record<string, SchemaNode>>
  readonly required?: readonly string[]
  readonly additionalProperties?: boolean | SchemaNode
  readonly propertyNames?: SchemaNode
  readonly maxProperties?: number
}

type JsonType = "string" | "integer" | "boolean" | "object" | "array" | "null"

/** A schema and the type of what it accepts. */
export type Schema<T> = SchemaNode & { readonly [meaning]?: T }
export type Meaning<S> = S extends Schema<infer T> ? T : never

declare const meaning: unique symbol

/** Where a document is wrong, as `events[2].products[0].slug`, and why, in plain words. */
export type Fault = { readonly path: string; readonly message: string }

/** Free text, one line or more. */
export function words(description: string, maxLength: number, minLength = 0): Schema<string> {
  return { type: "string", description, minLength, maxLength }
}

/** Text of one shape; `description` completes "must be ...". */
export function shaped(description: string, pattern: string): Schema<string> {
  return { type: "string", description, pattern, maxLength: 2000 }
}

export function oneOf<const T extends string>(
  description: string,
  ...values: readonly T[]
): Schema<T> {
  return { type: "string", description, enum: values }
}

export function whole(description: string, minimum: number, maximum: number): Schema<number> {
  return { type: "integer", description, minimum, maximum }
}

export function nullable<T>(schema: Schema<T>): Schema<T | null> {
  const { type = [] } = schema
  return { ...schema, type: [type, "null"].flat() as JsonType[] } as Schema<T | null>
}

export function yesOrNo(description: string): Schema<boolean> {
  return { type: "boolean", description }
}

export function list<T>(
  description: string,
  items: Schema<T>,
  maxItems: number,
  minItems = 0,
): Schema<readonly T[]> {
  return { type: "array", description, items, minItems, maxItems }
}

/** An object whose keys are data. */
export function mapOf<T>(
  description: string,
  propertyNames: Schema<string>,
  additionalProperties: Schema<T>,
): Schema<Readonly<Record<string, T>>> {
  return { type: "object", description, propertyNames, additionalProperties, maxProperties: 200 }
}

type Shape = Readonly<Record<string, Schema<unknown>>>

/** An object with these keys and no other. */
export function object<R extends Shape, O extends Shape>(
  description: string,
  required: R,
  optional: O,
): Schema<
  { readonly [K in keyof R]: Meaning<R[K]> } & { readonly [K in keyof O]?: Meaning<O[K]> }
> {
  return {
    type: "object",
    description,
    properties: { ...required, ...optional },
    required: Object.keys(required),
    additionalProperties: false,
  }
}

/** Everything that is wrong with `value`, in document order; empty: it has the schema's type. */
export function shapeFaults(schema: SchemaNode, value: unknown, path = ""): Fault[] {
  const type = jsonTypeOf(value)
  const wanted = [schema.type ?? []].flat()
  if (!wanted.some((each) => each === type))
    return [{ path, message: `must be ${wanted.map((each) => typeWords[each]).join(" or ")}` }]
  if (typeof value === "string") return textFaults(schema, value, path)
  if (typeof value === "number") return numberFaults(schema, value, path)
  if (Array.isArray(value)) return listFaults(schema, value, path)
  if (isObject(value)) return objectFaults(schema, value, path)
  return []
}

const typeWords: Record<JsonType, string> = {
  string: "text",
  integer: "a whole number",
  boolean: "true or false",
  object: "an object",
  array: "a list",
  null: "null",
}

function jsonTypeOf(value: unknown): JsonType | "number" {
  if (value === null) return "null"
  if (Array.isArray(value)) return "array"
  if (Number.isSafeInteger(value)) return "integer"
  const type = typeof value
  return type === "string" || type === "boolean" || type === "object" ? type : "number"
}

function textFaults(schema: SchemaNode, value: string, path: string): Fault[] {
  const length = Array.from(value).length
  const { minLength = 0, maxLength = Infinity } = schema
  if (schema.enum && !schema.enum.includes(value))
    return [{ path, message: `must be one of ${schema.enum.join(", ")}` }]
  if (length < minLength) return [{ path, message: "must not be empty" }]
  if (unwritable.test(value)) return [{ path, message: "has a character that cannot be written" }]
  if (length > maxLength) return [{ path, message: `must have at most ${maxLength} characters` }]
  if (schema.pattern !== undefined && !new RegExp(schema.pattern, "u").test(value))
    return [{ path, message: `must be ${schema.description}` }]
  return []
}

/** Control characters but tab and line break: no font shows them, and PostgreSQL stores no NUL. */
// oxlint-disable-next-line no-control-regex -- exactly these
const unwritable = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/

function numberFaults(schema: SchemaNode, value: number, path: string): Fault[] {
  const { minimum = -Infinity, maximum = Infinity } = schema
  if (schema.enum && !schema.enum.includes(value))
    return [{ path, message: `must be ${schema.enum.join(" or ")}` }]
  if (value >= minimum && value <= maximum) return []
  return [{ path, message: `must be a whole number from ${minimum} to ${maximum}` }]
}

function listFaults(schema: SchemaNode, value: readonly unknown[], path: string): Fault[] {
  const { items = {}, minItems = 0, maxItems = Infinity } = schema
  if (value.length < minItems) return [{ path, message: `must have at least ${minItems}` }]
  if (value.length > maxItems) return [{ path, message: `must have at most ${maxItems}` }]
  return value.flatMap((element, index) => shapeFaults(items, element, `${path}[${index}]`))
}

function objectFaults(
  schema: SchemaNode,
  value: Readonly<Record<string, unknown>>,
  path: string,
): Fault[] {
  const { required = [], maxProperties = Infinity } = schema
  const missing = required
    .filter((name) => !Object.hasOwn(value, name))
    .map((name) => ({ path: join(path, name), message: "is missing" }))
  if (Object.keys(value).length > maxProperties)
    return [{ path, message: `must have at most ${maxProperties} entries` }]
  const wrong = Object.entries(value).flatMap(([name, element]) =>
    entryFaults(schema, name, element, join(path, name)),
  )
  return [...missing, ...wrong]
}

function entryFaults(schema: SchemaNode, name: string, value: unknown, path: string): Fault[] {
  const { properties = {}, additionalProperties = true, propertyNames } = schema
  const known = Object.hasOwn(properties, name) ? properties[name] : undefined
  if (known) return shapeFaults(known, value, path)
  if (additionalProperties === false)
    return [{ path, message: `is not known; here can be ${Object.keys(properties).join(", ")}` }]
  const named = propertyNames ? textFaults(propertyNames, name, path) : []
  const own = additionalProperties === true ? [] : shapeFaults(additionalProperties, value, path)
  return [...named, ...own]
}

/** `a.b`, or `a["b c"]` where the name is no identifier. */
export function join(path: string, name: string): string {
  if (!/^[$\w-]+$/.test(name)) return `${path}[${JSON.stringify(name)}]`
  return path === "" ? name : `${path}.${name}`
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value)
}
