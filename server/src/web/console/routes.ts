import type { HttpBindings } from "@hono/node-server"
import { Hono } from "hono"
import { bodyLimit } from "hono/body-limit"
import { frontDoor } from "#core/front-door.ts"
import { notFound, tooLarge } from "#web/console/answer.ts"
import { checkPageRoutes } from "#web/console/check-page.ts"
import { type ConsoleEnv, visiting } from "#web/console/context.ts"
import type { ConsoleDeps } from "#web/console/deps.ts"
import { entranceRoutes } from "#web/console/entrance.ts"
import { eventDatesRoutes } from "#web/console/event-dates.ts"
import { eventPagesRoutes } from "#web/console/event-pages.ts"
import { eventsRoutes } from "#web/console/events.ts"
import { firstRunRoutes } from "#web/console/first-run.ts"
import { importRoutes } from "#web/console/import.ts"
import { mostBodyBytes } from "#web/console/form.ts"
import { consoleHeaders, ownForms, readableAddresses } from "#web/console/guard.ts"
import { historyRoutes } from "#web/console/history.ts"
import { invitationRoutes } from "#web/console/invitation.ts"
import { newAccountRoutes } from "#web/console/new-account.ts"
import { laterRoutes } from "#web/console/later.ts"
import { ordersRoutes } from "#web/console/orders.ts"
import { partsRoutes } from "#web/console/parts.ts"
import { promotionRoutes } from "#web/console/promotions.ts"
import { reportRoutes } from "#web/console/reports.ts"
import { brandRoutes } from "#web/console/settings-brand.ts"
import { moneyRoutes } from "#web/console/settings-money.ts"
import { organizationRoutes } from "#web/console/settings-organization.ts"
import { siteRoutes } from "#web/console/settings-sites.ts"
import { teamRoutes } from "#web/console/team.ts"
import { todayRoutes } from "#web/console/today.ts"
import { verifyAgainRoutes } from "#web/console/verify-again.ts"
import { widgetRoutes } from "#web/console/widgets.ts"

/** The whole console: what anybody may ask for first, then the pages of one account, for its members alone. */
export function consoleRoutes(deps: ConsoleDeps) {
  const guards = [
    consoleHeaders(deps.publicUrl),
    ownForms(deps.publicUrl),
    readableAddresses,
    bodyLimit({ maxSize: mostBodyBytes, onError: tooLarge }),
  ] as const
  return new Hono<{ Bindings: HttpBindings }>()
    .use("/console", ...guards)
    .use("/console/*", ...guards)
    .route("/", partsRoutes(deps))
    .route("/console", entranceRoutes(deps))
    .route("/console", invitationRoutes(deps))
    .route("/console", newAccountRoutes(deps))
    .route("/console", verifyAgainRoutes(deps))
    .route("/console/:account", accountRoutes(deps))
    .all("/console/*", notFound)
}

/** Every page of one account; a new page has one line here. */
function accountRoutes(deps: ConsoleDeps) {
  return new Hono<ConsoleEnv>()
    .use(visiting(deps))
    .get("/", (c) => {
      const { account, actor } = c.var.visit
      return c.redirect(`/console/${account.slug}/${frontDoor(actor.role)}`, 303)
    })
    .get("/settings", (c) =>
      c.redirect(`/console/${c.var.visit.account.slug}/settings/organization`, 303),
    )
    .route("/", todayRoutes(deps))
    .route("/", eventsRoutes(deps))
    .route("/", eventPagesRoutes(deps))
    .route("/", eventDatesRoutes(deps))
    .route("/", ordersRoutes(deps))
    .route("/", laterRoutes())
    .route("/", teamRoutes(deps))
    .route("/", historyRoutes(deps))
    .route("/", promotionRoutes(deps))
    .route("/", reportRoutes(deps))
    .route("/", checkPageRoutes(deps))
    .route("/", firstRunRoutes(deps))
    .route("/", importRoutes(deps))
    .route("/", widgetRoutes(deps))
    .route("/", organizationRoutes(deps))
    .route("/", brandRoutes(deps))
    .route("/", siteRoutes(deps))
    .route("/", moneyRoutes(deps))
    .all("*", notFound)
}
