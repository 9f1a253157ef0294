/** What stands in a form's fields, by their names: of the thing as it is, or as somebody has just typed it. */
export type FormValues = {
  text(name: string): string | undefined
  /** A list of texts: one field of that name, several, or `name[0]`, `name[1]`. */
  all(name: string): readonly string[]
  /** How many rows a list of things has: `name[0].slug`, `name[1].slug` are two. */
  rows(name: string): number
}

export function formValues(entries: Iterable<readonly [string, string]>): FormValues {
  const values = Map.groupBy(entries, ([name]) => name)
  const numbered = (list: string) =>
    [...values.keys()].flatMap((name) => {
      const rest = name.startsWith(`${list}[`) ? name.slice(list.length + 1) : ""
      const [, place, after = ""] = /^(\d+)\](.*)$/.exec(rest) ?? []
      return place === undefined ? [] : [{ name, place: Number(place), after }]
    })
  return {
    text: (name) => values.get(name)?.at(-1)?.[1],
    all(name) {
      const under = numbered(name)
        .filter(({ after }) => after === "")
        .toSorted((a, b) => a.place - b.place)
      return [name, ...under.map((each) => each.name)].flatMap((each) =>
        (values.get(each) ?? []).map(([, value]) => value),
      )
    },
    rows: (name) => numbered(name).reduce((most, { place }) => Math.max(most, place + 1), 0),
  }
}
