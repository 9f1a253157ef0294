import { formEntriesOf } from "#core/form-tree.ts"
import type { SchemaNode } from "#core/json-schema.ts"
import { note } from "#views/console/kit/card.ts"
import { table } from "#views/console/kit/table.ts"
import { html, type Html, url } from "#views/html.ts"

/** Fields that somebody else has changed while a form was open, and what they are in it. */
export type Conflict = readonly {
  readonly field: string
  readonly was: string
  readonly theirs: string
  readonly yours: string
}[]

export function changedFields(
  schema: SchemaNode,
  versions: { readonly seen: unknown; readonly current: unknown; readonly typed: unknown },
): Conflict {
  const flat = (value: unknown) => new Map(formEntriesOf(schema, value ?? undefined))
  const [was, theirs, yours] = [flat(versions.seen), flat(versions.current), flat(versions.typed)]
  const fields = [...new Set([...was.keys(), ...theirs.keys()])]
  return fields
    .filter((field) => was.get(field) !== theirs.get(field))
    .map((field) => ({
      field,
      was: was.get(field) ?? "",
      theirs: theirs.get(field) ?? "",
      yours: yours.get(field) ?? "",
    }))
}

/** The form's fields after that: what only they have changed is theirs, everything else is as it was typed. */
export function mergedFields(
  schema: SchemaNode,
  versions: { readonly seen: unknown; readonly current: unknown; readonly typed: unknown },
): [string, string][] {
  const flat = (value: unknown) => new Map(formEntriesOf(schema, value ?? undefined))
  const [was, theirs, yours] = [flat(versions.seen), flat(versions.current), flat(versions.typed)]
  return [...new Set([...theirs.keys(), ...yours.keys()])].flatMap((field) => {
    const value = (yours.get(field) === was.get(field) ? theirs : yours).get(field)
    return value === undefined ? [] : [[field, value]]
  })
}

/** Above the form, which holds what was typed: nothing is overwritten unless its sender wants it. */
export function conflictNote(
  conflict: Conflict | undefined,
  reload: string,
  labelOf: (field: string) => string | undefined,
): Html | undefined {
  if (!conflict) return undefined
  const said = (text: string) => (text === "" ? html`<span class="sub">nothing</span>` : text)
  return html`<div class="stack" role="alert" tabindex="-1" autofocus data-takes-focus>
    ${note(
      "warn",
      html`<b>Somebody changed this while you had it open.</b>
        <p>
          Below is what you typed, with what only they have changed; it is not saved yet. Where you
          both changed something, yours stands. Save it so, or
          <a class="link" href="${url(reload)}">take theirs</a> and begin again.
        </p>`,
    )}
    ${table({
      caption: "What they changed",
      columns: [{ label: "Field" }, { label: "It was" }, { label: "Theirs" }, { label: "Yours" }],
      rows: conflict.map(({ field, was, theirs, yours }) => [
        labelOf(field) ?? field,
        said(was),
        said(theirs),
        said(yours),
      ]),
      empty: "Only its place in the list.",
    })}
  </div>`
}
