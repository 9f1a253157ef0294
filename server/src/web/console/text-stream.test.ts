import { expect, test } from "vitest"
import { streamOf } from "#web/console/text-stream.ts"

test("a file is whole", async () => {
  async function* lines() {
    yield "a\r\n"
    yield "b\r\n"
  }
  expect(await new Response(streamOf(lines())).text()).toBe("a\r\nb\r\n")
})

test("a fault on the way breaks the file off: half of it is not taken for the whole", async () => {
  async function* lines() {
    yield "a\r\n"
    throw new Error("the database is gone")
  }
  await expect(new Response(streamOf(lines())).text()).rejects.toThrow("the database is gone")
})

test("nothing more is read for somebody who has gone", async () => {
  let isEnded = false
  async function* lines() {
    try {
      for (;;) yield "a\r\n"
    } finally {
      isEnded = true
    }
  }
  const reader = streamOf(lines()).getReader()
  await reader.read()
  await reader.cancel()
  expect(isEnded).toBe(true)
})
