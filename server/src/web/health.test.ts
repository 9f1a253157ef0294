import { Registry } from "prom-client"
import { expect, it } from "vitest"
import { healthRoutes } from "#web/health.ts"

const statusOf = async (path: string, isReady: () => Promise<boolean>) =>
  (await healthRoutes({ isReady, metrics: new Registry() }).request(path)).status

it("is up as long as the process answers, and ready only with its database", async () => {
  const broken = () => Promise.reject(new Error("no database"))
  expect(await statusOf("/healthz", broken)).toBe(200)
  expect(await statusOf("/readyz", broken)).toBe(503)
  expect(await statusOf("/readyz", async () => false)).toBe(503)
  expect(await statusOf("/readyz", async () => true)).toBe(200)
  expect(await statusOf("/metrics", broken)).toBe(200)
})
