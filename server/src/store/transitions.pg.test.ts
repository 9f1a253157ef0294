import { expect, it } from "vitest"
import { type Machine, transitions } from "#core/order-state.ts"
import { testDatabase } from "#testing/database.ts"

it("the core knows every machine that the database has", async () => {
  await using database = await testDatabase()
  const { rows } = await database.owner.query<{ machine: string }>(
    "select distinct machine from ops.transition",
  )
  expect(rows.map(({ machine }) => machine).toSorted()).toEqual(Object.keys(transitions).toSorted())
})

it.each(Object.keys(transitions) as Machine[])(
  "the database allows exactly the moves of %s that the core knows",
  async (machine) => {
    await using database = await testDatabase()
    const { rows } = await database.owner.query<{ move: string }>(
      "select from_state || ' -> ' || to_state as move from ops.transition where machine = $1",
      [machine],
    )
    const moves: Readonly<Record<string, readonly string[]>> = transitions[machine]
    const known = Object.entries(moves).flatMap(([from, states]) =>
      states.map((to) => `${from} -> ${to}`),
    )
    expect(rows.map((row) => row.move).toSorted()).toEqual(known.toSorted())
  },
)
