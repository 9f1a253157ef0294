import type { Answer, Command, CommandType } from "@foyer/shared/protocol"
import { expect, it } from "vitest"
import { createOutbox, type Outgoing } from "./outbox.ts"

const done: Answer = { ok: true, outcome: "done" }
type Sent = { readonly command: Command; readonly answered: (answer: Answer | undefined) => void }

/** A wire that a test answers by hand, and a clock that it turns. */
function given() {
  const wire: Sent[] = []
  const timers: (() => void)[] = []
  const delays: number[] = []
  const told: string[] = []
  const outbox = createOutbox({
    send: (command, answered) => wire.push({ command, answered }),
    later: (run, delayMs) => {
      timers.push(run)
      delays.push(delayMs)
    },
  })
  let count = 0
  const add = (type: CommandType, name: string, more: Partial<Outgoing> = {}) => {
    const op = `op-${++count}`
    outbox.add({
      op,
      type,
      lane: "club",
      seal: () => ({ op, type, data: name }) as unknown as Command,
      done: (answer) =>
        told.push(`${name}:${answer ? (answer.ok ? answer.outcome : answer.code) : "?"}`),
      ...more,
    })
  }
  const sent = () => wire.map(({ command }) => command.data as unknown as string)
  return { outbox, wire, timers, delays, told, add, sent }
}

it("sends nothing before there is a connection, then in the order it was made, one at a time", () => {
  const { outbox, wire, told, add, sent } = given()
  add("set-quantity", "a")
  add("go-to-checkout", "b")
  expect(sent()).toEqual([])
  outbox.connected(true)
  expect(sent()).toEqual(["a"])
  wire[0]?.answered(done)
  expect(sent()).toEqual(["a", "b"])
  wire[1]?.answered(done)
  expect(told).toEqual(["a:done", "b:done"])
})

it("keeps carts apart: one that waits does not stop another", () => {
  const { outbox, add, sent } = given()
  outbox.connected(true)
  add("set-quantity", "a")
  add("set-quantity", "other", { lane: "hall" })
  expect(sent()).toEqual(["a", "other"])
})

it("sends the very same command again after the connection went, and hears the late answer no more", () => {
  const { outbox, wire, told, add } = given()
  outbox.connected(true)
  add("set-quantity", "a")
  outbox.connected(false)
  wire[0]?.answered(undefined)
  outbox.connected(true)
  expect(wire).toHaveLength(2)
  expect(wire[1]?.command).toBe(wire[0]?.command)
  wire[0]?.answered(done)
  expect(told).toEqual([])
  wire[1]?.answered(done)
  expect(told).toEqual(["a:done"])
})

it("asks again when no answer comes in time, before anything later of that cart", () => {
  const { outbox, wire, timers, told, add, sent } = given()
  outbox.connected(true)
  add("set-quantity", "a")
  add("go-to-checkout", "b")
  wire[0]?.answered(undefined)
  expect(sent()).toEqual(["a"])
  timers.shift()?.()
  expect(sent()).toEqual(["a", "a"])
  expect(wire[1]?.command.op).toBe(wire[0]?.command.op)
  wire[1]?.answered(done)
  expect(sent()).toEqual(["a", "a", "b"])
  expect(told).toEqual(["a:done"])
})

it("waits and asks again when the server is busy, gives up after a while, and goes on", () => {
  const { outbox, wire, timers, told, add, sent } = given()
  outbox.connected(true)
  add("set-quantity", "a")
  add("back", "b")
  for (let i = 0; i < 20 && told.length === 0; i++) {
    wire.at(-1)?.answered({ ok: false, code: "too-many-requests", message: "" })
    timers.shift()?.()
  }
  expect(told).toEqual(["a:too-many-requests"])
  expect(sent().at(-1)).toBe("b")
})

it("asks again for a payment that is under way, with the same click, for half a minute", () => {
  const { outbox, wire, timers, delays, told, add } = given()
  outbox.connected(true)
  add("pay", "a")
  for (let i = 0; i < 20 && told.length === 0; i++) {
    wire.at(-1)?.answered({ ok: true, outcome: "working" })
    timers.shift()?.()
  }
  expect(told).toEqual(["a:working"])
  expect(new Set(wire.map(({ command }) => command.op)).size).toBe(1)
  expect(delays.reduce((sum, delay) => sum + delay)).toBeGreaterThan(30_000)
})

it("hears what comes of a payment that was under way", () => {
  const { outbox, wire, timers, told, add } = given()
  outbox.connected(true)
  add("pay", "a")
  wire[0]?.answered({ ok: true, outcome: "working" })
  timers.shift()?.()
  wire[1]?.answered(done)
  expect(told).toEqual(["a:done"])
})

it("takes any other command's word that it is working", () => {
  const { outbox, wire, told, add } = given()
  outbox.connected(true)
  add("complete", "a")
  wire[0]?.answered({ ok: true, outcome: "working" })
  expect(told).toEqual(["a:working"])
})

it("tells a definite fault at once", () => {
  const { outbox, wire, told, add } = given()
  outbox.connected(true)
  add("set-quantity", "a")
  wire[0]?.answered({ ok: false, code: "bad-request", message: "" })
  expect(told).toEqual(["a:bad-request"])
})

it("replaces an unsent command by its successor and answers both, but never one that is under way", () => {
  const { outbox, wire, told, add, sent } = given()
  outbox.connected(true)
  add("set-quantity", "1", { merge: "p" })
  add("set-quantity", "2", { merge: "p" })
  add("set-quantity", "3", { merge: "p" })
  add("set-quantity", "x", { merge: "other" })
  wire[0]?.answered(done)
  expect(sent()).toEqual(["1", "3"])
  wire[1]?.answered(done)
  expect(told).toEqual(["1:done", "2:done", "3:done"])
})

it("seals a command when it is first sent, so that it names what the shopper then sees", () => {
  const { outbox, wire, add } = given()
  let rev = 1
  const seal = () => ({ base: rev }) as unknown as Command
  outbox.connected(true)
  add("set-quantity", "a")
  add("back", "b", { seal })
  rev = 2
  wire[0]?.answered(done)
  rev = 3
  outbox.connected(false)
  outbox.connected(true)
  expect(wire.slice(1).map(({ command }) => command.base)).toEqual([2, 2])
})
