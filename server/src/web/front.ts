import { Hono } from "hono"

/** The bare address: to the demo where there is one, otherwise a line that says what answers here. */
export function frontRoutes(leadsTo: string | undefined): Hono {
  return new Hono()
    .get("/", (c) =>
      leadsTo === undefined
        ? c.text("Foyer is running. It sells tickets inside organizers' own web pages.\n")
        : c.redirect(leadsTo),
    )
    .get("/favicon.ico", (c) => c.body(null, 204, { "Cache-Control": "public, max-age=86400" }))
}
