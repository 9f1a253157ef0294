import { Hono } from "hono"
import { partsPage } from "#views/console/parts.ts"
import { page } from "#web/console/answer.ts"
import type { ConsoleDeps } from "#web/console/deps.ts"

/** The page of every part, for who builds the console: only where the payment sandbox stands in, as nothing real is sold there. */
export function partsRoutes({ paymentForm }: Pick<ConsoleDeps, "paymentForm">) {
  const routes = new Hono()
  return paymentForm.script === undefined
    ? routes
    : routes.get("/console/parts", (c) => page(c, partsPage()))
}
