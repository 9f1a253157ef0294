import { Hono } from "hono"
import { expect, test } from "vitest"
import { mostBodyBytes, readForm } from "./form.ts"

const app = new Hono().post("/", async (c) => {
  const { values } = await readForm(c)
  return c.json([...values].map(([name, all]) => [name, all.length]))
})

const send = (body: string) =>
  app.request("/", {
    method: "POST",
    headers: { "content-type": "application/x-www-form-urlencoded" },
    body,
  })

test("a name may repeat: every value is read, in order", async () => {
  const answer = await send("a=1&b=2&a=3")
  expect(await answer.json()).toEqual([
    ["a", 2],
    ["b", 1],
  ])
})

test("a form as large as a request may be, all of one name, is refused before it is gathered", async () => {
  const answer = await send("a&".repeat(mostBodyBytes / 2))
  expect(answer.status).toBe(413)
})

test("a form of 20,000 fields is read, one more is none", async () => {
  const fields = (count: number) => Array.from({ length: count }, (_, i) => `f${i}=1`).join("&")
  expect((await send(fields(20_000))).status).toBe(200)
  expect((await send(fields(20_001))).status).toBe(413)
})
