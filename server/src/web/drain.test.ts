import { expect, it } from "vitest"
import { openDrain } from "#web/drain.ts"

it("is closed when all that began has ended, and takes on no more", async () => {
  const drain = openDrain()
  const gate = Promise.withResolvers<void>()
  const seen: string[] = []
  const running = drain.run(async () => {
    await gate.promise
    seen.push("ended")
  })
  const closed = drain.close().then(() => seen.push("closed"))
  await drain.run(async () => void seen.push("too late"))
  gate.resolve()
  await Promise.all([running, closed])
  expect(seen).toEqual(["ended", "closed"])
})

it("closes although some work failed", async () => {
  const drain = openDrain()
  const running = drain.run(() => Promise.reject(new Error("no")))
  await expect(running).rejects.toThrow("no")
  await drain.close()
  expect(drain.isClosed).toBe(true)
})
