import type { Tx } from "./database.ts"
import { findAnyObject } from "./objects.ts"

/** Replaces ids by their objects along the asked paths, `latest_charge` or `data.latest_charge`; what is no stored object stays an id. */
export async function expand(tx: Tx, body: object, paths: readonly string[]): Promise<object> {
  let expanded = body
  for (const path of paths.slice(0, 20)) expanded = await expandPath(tx, expanded, path.split("."))
  return expanded
}

async function expandPath(
  tx: Tx,
  body: object,
  [head = "", ...rest]: readonly string[],
): Promise<object> {
  const value: unknown = Object.getOwnPropertyDescriptor(body, head)?.value
  if (Array.isArray(value)) {
    const items = await Promise.all(
      value.map((item: unknown) => (isObject(item) ? expandPath(tx, item, rest) : item)),
    )
    return { ...body, [head]: items }
  }
  const inner = typeof value === "string" ? await findAnyObject(tx, value) : value
  if (!isObject(inner)) return body
  return { ...body, [head]: rest.length === 0 ? inner : await expandPath(tx, inner, rest) }
}

function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null
}
