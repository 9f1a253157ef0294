import { expect, it } from "vitest"
import { lazily, once } from "#lazily.ts"

/** A shop that notes when it is opened. */
function aShop() {
  const opened: string[] = []
  const shop = lazily(async () => {
    opened.push("open")
    return {
      greet: async (name: string) => `Hello ${name}`,
      fail: async () => {
        throw new Error("closed")
      },
    }
  })
  return { opened, shop }
}

it("opens nothing before it is asked", async () => {
  const { opened, shop } = aShop()
  // Handed on by a promise, it is not taken for one.
  expect(await Promise.resolve(shop)).toBe(shop)
  expect(opened).toEqual([])
})

it("opens once for all who ask, and answers as what was opened", async () => {
  const { opened, shop } = aShop()
  expect(await Promise.all([shop.greet("Ada"), shop.greet("Ben")])).toEqual([
    "Hello Ada",
    "Hello Ben",
  ])
  await expect(shop.fail()).rejects.toThrow("closed")
  expect(opened).toEqual(["open"])
})

it("tries again what failed, and not what went well", async () => {
  let tries = 0
  const work = once(async () => {
    tries += 1
    if (tries === 1) throw new Error("not yet")
    return tries
  })
  await expect(work()).rejects.toThrow("not yet")
  expect([await work(), await work()]).toEqual([2, 2])
})
