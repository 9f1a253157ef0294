import { expect, it } from "vitest"
import { readUpload } from "#web/console/upload.ts"
import { openLimits } from "#web/limits.ts"
import { openTurns } from "#web/turns.ts"

const deps = () => ({ limits: openLimits(), turns: openTurns() })
const noPicture = { arrayBuffer: async () => new ArrayBuffer(8) }

it("reads one picture at a time, whoever sends them", async () => {
  const shared = deps()
  const gate = Promise.withResolvers<void>()
  const begun: string[] = []
  const file = (name: string) => ({
    arrayBuffer: async () => {
      begun.push(name)
      await gate.promise
      begun.push(`${name} read`)
      return new ArrayBuffer(8)
    },
  })
  const reads = ["a", "b", "c"].map((name) => readUpload(shared, `account ${name}`, file(name)))
  gate.resolve()
  await Promise.all(reads)
  expect(begun).toEqual(["a", "a read", "b", "b read", "c", "c read"])
})

it("refuses an account that sends very many, and no other", async () => {
  const shared = deps()
  const reasons = []
  for (let sent = 0; sent < 61; sent += 1) {
    const read = await readUpload(shared, "busy", noPicture)
    reasons.push(read.ok ? "ok" : read.reason)
  }
  expect(reasons.filter((each) => each === "not-a-picture")).toHaveLength(60)
  expect(reasons.at(-1)).toBe("too-many-uploads")
  expect(await readUpload(shared, "other", noPicture)).toMatchObject({ reason: "not-a-picture" })
})
