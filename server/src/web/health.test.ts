import { Registry } from "prom-client"
import { expect, it } from "vitest"
import { healthRoutes } from "#web/health.ts"

const ask = (path: string, isReady: () => Promise<boolean>, countParked = async () => 0) =>
  healthRoutes({ isReady, metrics: new Registry(), countParked }).request(path)

const statusOf = async (path: string, isReady: () => Promise<boolean>) =>
  (await ask(path, isReady)).status

it("is up as long as the process answers, and ready only with its database", async () => {
  const broken = () => Promise.reject(new Error("no database"))
  expect(await statusOf("/healthz", broken)).toBe(200)
  expect(await statusOf("/readyz", broken)).toBe(503)
  expect(await statusOf("/readyz", async () => false)).toBe(503)
  expect(await statusOf("/readyz", async () => true)).toBe(200)
  expect(await statusOf("/metrics", broken)).toBe(200)
})

it("counts the payments that wait for a person, and says nothing of them when nobody knows", async () => {
  const said = async (count: () => Promise<number>) =>
    /^foyer_parked_payments (.*)$/m.exec(
      await (await ask("/metrics", async () => true, count)).text(),
    )?.[1]
  expect(await said(async () => 3)).toBe("3")
  expect(await said(() => Promise.reject(new Error("no database")))).toBe("Nan")
})
