import { Hono } from "hono"
import type { Registry } from "prom-client"

export type HealthDeps = {
  /** Whether the database answers and every migration is applied; a thrown fault counts as no. */
  readonly isReady: () => Promise<boolean>
  readonly metrics: Registry
}

/** `/healthz`: the process is up. `/readyz`: it can serve shoppers. `/metrics`: figures for Prometheus. */
export function healthRoutes({ isReady, metrics }: HealthDeps): Hono {
  return new Hono()
    .get("/healthz", (c) => c.json({ ok: true }))
    .get("/readyz", async (c) => {
      const ready = await isReady().catch(() => false)
      return c.json({ ok: ready }, ready ? 200 : 503)
    })
    .get("/metrics", async (c) =>
      c.body(await metrics.metrics(), 200, { "Content-Type": metrics.contentType }),
    )
}
