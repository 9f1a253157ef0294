import { Hono } from "hono"
import { Gauge, type Registry } from "prom-client"

export type HealthDeps = {
  /** Whether the database answers and every migration is applied; a thrown fault counts as no. */
  readonly isReady: () => Promise<boolean>
  readonly metrics: Registry
  /** How many payments wait for a person; when it throws the figure is not a number, and the others are told all the same. */
  readonly countParked: () => Promise<number>
}

/** `/healthz`: the process is up. `/readyz`: it can serve shoppers. `/metrics`: figures for Prometheus. */
export function healthRoutes({ isReady, metrics, countParked }: HealthDeps): Hono {
  const parked: Gauge = new Gauge({
    name: "foyer_parked_payments",
    help: "Payments that a person must look at: neither fulfilled nor given back by themselves.",
    registers: [metrics],
    collect: async () => parked.set(await countParked().catch(() => Number.NaN)),
  })
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
