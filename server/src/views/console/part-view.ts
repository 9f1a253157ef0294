import type { CatalogueFile } from "#core/catalogue-file.ts"
import type { FormValues } from "#views/console/form-values.ts"
import { errorOf, type FieldFault, ticks } from "#views/console/kit/form.ts"
import type { Surroundings } from "#views/console/kit/shell.ts"
import type { Html } from "#views/html.ts"

/** What the form of one part of the catalogue shows: what is, or what somebody has just typed. */
export type PartView = {
  readonly file: CatalogueFile
  readonly values: FormValues
  readonly faults: readonly FieldFault[]
  /** For the hidden field `base`: the part as it was when the form was opened. */
  readonly base: string
  /** See `conflictView`. */
  readonly conflict?: Html | undefined
}

export type SettingsView = PartView & { readonly visit: Surroundings }

/** What a kit's control is told of a field. */
export function texts({ values, faults }: Pick<PartView, "values" | "faults">) {
  return (name: string) => ({ name, value: values.text(name), error: errorOf(faults, name) })
}

/** Which events something is for. */
export function eventTicks({ file, values }: PartView): Html {
  return ticks({
    name: "events",
    label: "Events",
    hint: "Tick none for all of them, those to come too.",
    options: file.events.map(({ slug, title }) => ({ value: slug, label: title })),
    chosen: values.all("events"),
  })
}
