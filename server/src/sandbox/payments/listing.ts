import { invalid, type Answer, found } from "./answer.ts"
import type { Tx } from "./database.ts"
import { type Fields, groupOf, textOf, wholeOf } from "./form.ts"

/** Parameters that every list takes. */
export const listParams = ["limit", "starting_after", "ending_before", "created", "expand"] as const

/** Where a filter looks: the parameter's name, and the SQL expression it must equal. */
export type Filters = Readonly<Record<string, string>>

const comparisons = { gt: ">", gte: ">=", lt: "<", lte: "<=" } as const

/** Newest first, in pages, as every list of the API answers. */
export async function listObjects(
  tx: Tx,
  kind: string,
  path: string,
  fields: Fields,
  filters: Filters = {},
): Promise<Answer> {
  const limit = wholeOf(fields, "limit") ?? 10
  if (!(limit >= 1 && limit <= 100)) {
    return invalid(
      "Invalid limit: must be between 1 and 100.",
      "limit",
      "parameter_invalid_integer",
    )
  }
  const { where, values } = conditions(kind, fields, filters)
  const isBackwards = textOf(fields, "ending_before") !== undefined
  const { rows } = await tx.query<{ body: object }>(
    `select body from object where ${where} order by seq ${isBackwards ? "asc" : "desc"} limit ${limit + 1}`,
    values,
  )
  const page = rows.slice(0, limit).map((row) => row.body)
  return found({
    object: "list",
    data: isBackwards ? page.toReversed() : page,
    has_more: rows.length > limit,
    url: path,
  })
}

function conditions(kind: string, fields: Fields, filters: Filters) {
  const values: unknown[] = [kind]
  const parts = ["kind = $1"]
  const add = (expression: string, value: unknown) =>
    parts.push(expression.replace("?", `$${values.push(value)}`))
  for (const [name, expression] of Object.entries(filters)) {
    const value = textOf(fields, name)
    if (value !== undefined) add(`${expression} = ?`, value)
  }
  for (const [name, sign] of Object.entries(comparisons)) {
    const second = wholeOf(groupOf(fields, "created"), name)
    if (second !== undefined && !Number.isNaN(second)) add(`created ${sign} ?`, second)
  }
  const createdAt = wholeOf(fields, "created")
  if (createdAt !== undefined && !Number.isNaN(createdAt)) add("created = ?", createdAt)
  const after = textOf(fields, "starting_after")
  if (after !== undefined) add("seq < (select seq from object where id = ?)", after)
  const before = textOf(fields, "ending_before")
  if (before !== undefined) add("seq > (select seq from object where id = ?)", before)
  return { where: parts.join(" and "), values }
}
