import { expect, it } from "vitest"
import { openTurns } from "#web/turns.ts"

it("runs the work of one key in order, however long each takes", async () => {
  const turns = openTurns()
  const ended: number[] = []
  const gates = [0, 1, 2].map(() => Promise.withResolvers<void>())
  const runs = gates.map((gate, index) =>
    turns("cart", async () => {
      await gate.promise
      ended.push(index)
    }),
  )
  gates[2]?.resolve()
  gates[1]?.resolve()
  gates[0]?.resolve()
  await Promise.all(runs)
  expect(ended).toEqual([0, 1, 2])
})

it("does not let one key wait for another", async () => {
  const turns = openTurns()
  const gate = Promise.withResolvers<void>()
  const slow = turns("a", () => gate.promise)
  expect(await turns("b", async () => "done")).toBe("done")
  gate.resolve()
  await slow
})

it("goes on after work that failed, and tells only its caller", async () => {
  const turns = openTurns()
  const failed = turns("cart", () => Promise.reject(new Error("no")))
  const next = turns("cart", async () => "next")
  await expect(failed).rejects.toThrow("no")
  expect(await next).toBe("next")
})
