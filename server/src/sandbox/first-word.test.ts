import { type ChildProcess } from "node:child_process"
import { EventEmitter } from "node:events"
import { expect, it } from "vitest"
import { firstWord } from "#sandbox/first-word.ts"

const aChild = () => new EventEmitter() as ChildProcess

it("passes over what Node's watch mode reports", async () => {
  const child = aChild()
  const word = firstWord(child)
  child.emit("message", { "watch:import": ["file:///a.ts"] })
  child.emit("message", { state: "ready" })
  expect(await word).toEqual({ state: "ready" })
})

it("is the exit code of a process that says nothing", async () => {
  const child = aChild()
  const word = firstWord(child)
  child.emit("exit", 3)
  expect(await word).toBe(3)
})
