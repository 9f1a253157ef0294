import { randomUUID } from "node:crypto"
import { expect, it } from "vitest"
import { aHandshake } from "#testing/web-world.ts"
import { openLive } from "#web/live.ts"
import { instanceOf, openSession } from "#web/session.ts"

const aSession = () =>
  openSession({ id: randomUUID(), handshake: aHandshake(), address: "192.0.2.1", origin: "" })
const at = { view: "browse" } as const

it("keeps the instances that were used last, and no more than a handshake may name", () => {
  const session = aSession()
  const first = instanceOf(session, "first", "club/main", at)
  for (let count = 0; count < 19; count++) instanceOf(session, `${count}`, "club/main", at)
  expect(instanceOf(session, "first", "club/main", at)).toBe(first)
  instanceOf(session, "one more", "club/main", at)
  expect(session.instances.size).toBe(20)
  expect(session.instances.has("first")).toBe(true)
  expect(session.instances.has("0")).toBe(false)
})

it("takes the id of another widget for another instance", () => {
  const session = aSession()
  const first = instanceOf(session, "one", "club/main", at)
  expect(instanceOf(session, "one", "other/main", at)).not.toBe(first)
})

it("is told no more once it has left the room", async () => {
  const stock = { remaining: async () => new Map(), revOf: () => 1, forget: () => {} }
  const room = openLive(stock)
  const looks: string[] = []
  const told = Promise.withResolvers<void>()
  const sessions = ["gone", "here"].map((name) => {
    const session = aSession()
    instanceOf(session, name, "club/main", at).accountId = "account"
    room.enter(session, async () => {
      looks.push(name)
      if (name === "here") told.resolve()
    })
    return session
  })
  const [gone] = sessions
  if (gone) room.leave(gone)
  room.touched({ accountId: "account" })
  await told.promise
  expect(looks).toEqual(["here"])
})

it("lets others have a turn while it shows a change to many, and then shows them what changed meanwhile", async () => {
  const stock = { remaining: async () => new Map(), revOf: () => 1, forget: () => {} }
  const room = openLive(stock)
  const crowd = 600
  const told = Promise.withResolvers<void>()
  let looks = 0
  let looksBeforeTurn = 0
  for (let count = 0; count < crowd; count++) {
    const session = aSession()
    instanceOf(session, "one", "club/main", at).accountId = "account"
    room.enter(session, async () => {
      looks += 1
      if (looks === 1) {
        room.touched({ accountId: "account" })
        setImmediate(() => (looksBeforeTurn = looks))
      }
      if (looks === 2 * crowd) told.resolve()
    })
  }
  room.touched({ accountId: "account" })
  await told.promise
  expect(looksBeforeTurn).toBeGreaterThan(0)
  expect(looksBeforeTurn).toBeLessThan(crowd)
})
