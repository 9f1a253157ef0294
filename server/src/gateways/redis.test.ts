import { expect, it } from "vitest"
import { openRedisBus } from "#gateways/redis.ts"
import { busEar } from "#testing/bus-ear.ts"
import { startRedis } from "#testing/redis-server.ts"

const ignore = () => {}

it("tells every process, and says so when its connection was gone for a while", async () => {
  await using redis = await startRedis()
  const [one, other] = [busEar(), busEar()]
  await using bus = await openRedisBus(redis.url, one, ignore)
  await using _ = await openRedisBus(redis.url, other, ignore)
  const both = Promise.all([one.next(), other.next()])
  await bus.publish("é changed")
  expect(await both).toEqual(["é changed", "é changed"])

  const missed = Promise.all([one.next(), other.next()])
  redis.drop()
  expect(await missed).toEqual(["(missed)", "(missed)"])
})

it("refuses to start without a Redis to be reached", async () => {
  const redis = await startRedis()
  await redis[Symbol.asyncDispose]()
  await expect(openRedisBus(redis.url, busEar(), ignore)).rejects.toThrow(
    "REDIS_URL leads to no Redis that can be reached",
  )
})
