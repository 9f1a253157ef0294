import type { Permission } from "#core/role.ts"

/** Who may ask for a route of the console: anybody, who is signed in, every member of the account, or whose role has the permission. */
export type Need = "anybody" | "person" | "member" | Permission

export type RouteNeed = {
  readonly needs: Need
  /** What a form sends; one that was filled in badly on purpose when absent. */
  readonly form?: Readonly<Record<string, string>>
  /** What is asked for is not there, even for who may ask: 404 or 410. */
  readonly isMissing?: true
  /** A query that the route needs. */
  readonly query?: string
}

/**
 * What each route of the console needs, by method and path as the router has it (patterns of parameters left out). A route that is not here
 * fails the walk: nobody can forget to say whom a page is for.
 */
export const consoleNeeds: Readonly<Record<string, Need | RouteNeed>> = {
  "GET /console/assets/:sheet": "anybody",
  "GET /console/assets/console.js": "anybody",
  "GET /console/parts": "anybody",
  "GET /console/parts/shopper": "anybody",
  "GET /console/parts/mail": "anybody",

  "GET /console": "anybody",
  "GET /console/sign-in": "anybody",
  "POST /console/sign-in": "anybody",
  "GET /console/sign-up": "anybody",
  "POST /console/sign-up": "anybody",
  "POST /console/sign-out": "anybody",
  "GET /console/forgot": "anybody",
  "POST /console/forgot": "anybody",
  "GET /console/reset": "anybody",
  "POST /console/reset": "anybody",
  "GET /console/verify": "anybody",
  "POST /console/verify": { needs: "anybody", isMissing: true },
  "GET /console/invitation/:token": { needs: "anybody", isMissing: true },
  "POST /console/invitation/:token": { needs: "anybody", isMissing: true },
  "GET /console/new": "person",
  "POST /console/new": "person",
  "GET /console/verify/again": "person",
  "POST /console/verify/again": "person",

  "GET /console/:account": "member",
  "GET /console/:account/settings": "member",
  "GET /console/:account/settings/team": "manage-team",
  "POST /console/:account/settings/team/invitations": "manage-team",
  "POST /console/:account/settings/team/invitations/:id/withdraw": {
    needs: "manage-team",
    isMissing: true,
  },
  "POST /console/:account/settings/team/members/:id/role": {
    needs: "manage-team",
    form: { role: "finance" },
    isMissing: true,
  },
  "POST /console/:account/settings/team/members/:id/welcome": {
    needs: "manage-team",
    isMissing: true,
  },
  "POST /console/:account/settings/team/members/:id/remove": {
    needs: "manage-team",
    isMissing: true,
  },
  "GET /console/:account/settings/audit": "see-history",

  "GET /console/:account/widgets": "edit-widgets",
  "GET /console/:account/widgets/new": "edit-widgets",
  "POST /console/:account/widgets/new": "edit-widgets",
  "GET /console/:account/widgets/:widget": "edit-widgets",
  "POST /console/:account/widgets/:widget": "edit-widgets",
  "GET /console/:account/widgets/:widget/preview": "edit-widgets",
  "GET /console/:account/settings/organization": "edit-settings",
  "POST /console/:account/settings/organization": "edit-settings",
  "GET /console/:account/settings/brand": "edit-settings",
  "POST /console/:account/settings/brand": "edit-settings",
  "GET /console/:account/settings/brand/preview": "edit-settings",
  "POST /console/:account/settings/brand/preview": "edit-settings",
  "GET /console/:account/settings/brand/preview.css": "edit-settings",
  "POST /console/:account/settings/brand/contrast": "edit-settings",
  "GET /console/:account/settings/regions": "edit-settings",
  "POST /console/:account/settings/regions": "edit-settings",
  "GET /console/:account/settings/tax": "edit-settings",
  "POST /console/:account/settings/tax": "edit-settings",
  "GET /console/:account/settings/fees": "edit-settings",
  "POST /console/:account/settings/fees": "edit-settings",
  "GET /console/:account/settings/pixels": "edit-settings",
  "POST /console/:account/settings/pixels": "edit-settings",
  "GET /console/:account/settings/sites": "edit-settings",
  "POST /console/:account/settings/sites": "edit-settings",
  "POST /console/:account/settings/sites/remove": "edit-settings",
  "POST /console/:account/settings/sites/retry": { needs: "edit-settings", isMissing: true },

  "GET /console/:account/events": "see-events",
  "GET /console/:account/events/new": "edit-events",
  "POST /console/:account/events/new": "edit-events",
  "GET /console/:account/events/:event": "see-events",
  "POST /console/:account/events/:event": "edit-events",
  "GET /console/:account/events/:event/page": "see-events",
  "POST /console/:account/events/:event/page": "edit-events",
  "GET /console/:account/events/:event/questions": "see-events",
  "POST /console/:account/events/:event/questions": "edit-events",
  "GET /console/:account/events/:event/fees": "see-events",
  "POST /console/:account/events/:event/fees": "edit-events",
  "GET /console/:account/events/:event/add-ons": "see-events",
  "POST /console/:account/events/:event/add-ons": "edit-events",
  "GET /console/:account/events/:event/history": "see-history",
  "GET /console/:account/events/:event/archive": "edit-events",
  "POST /console/:account/events/:event/do": { needs: "edit-events", form: { do: "publish" } },
  "GET /console/:account/events/:event/dates": "edit-events",
  "POST /console/:account/events/:event/dates": "edit-events",
  "GET /console/:account/events/:event/dates/:at": "see-events",
  "POST /console/:account/events/:event/dates/:at": "edit-events",
  "GET /console/:account/events/:event/dates/:at/cancel": "edit-events",
  "GET /console/:account/events/:event/dates/:at/remove": "edit-events",
  "POST /console/:account/events/:event/dates/:at/do": {
    needs: "edit-events",
    form: { do: "resume" },
  },

  "GET /console/:account/promotions": "see-promotions",
  "GET /console/:account/promotions/new": "edit-promotions",
  "POST /console/:account/promotions/new": "edit-promotions",
  "GET /console/:account/promotions/:code": "see-promotions",
  "POST /console/:account/promotions/:code": "edit-promotions",
  "POST /console/:account/promotions/:code/stop": "edit-promotions",
  "POST /console/:account/promotions/:code/start": "edit-promotions",
  "GET /console/:account/promotions/:code/qr.svg": "see-promotions",
  "GET /console/:account/promotions/:code/qr.png": "see-promotions",

  "GET /console/:account/widgets/:widget/check": "edit-widgets",
  "POST /console/:account/widgets/:widget/check": "edit-widgets",
  "POST /console/:account/widgets/:widget/check/allow": {
    needs: "edit-widgets",
    form: { origin: "https://new-site.example" },
  },

  "GET /console/:account/first-run": "edit-widgets",
  "GET /console/:account/first-run/event": "edit-widgets",
  "POST /console/:account/first-run/event": "edit-events",
  "GET /console/:account/first-run/look": "edit-widgets",
  "POST /console/:account/first-run/look": {
    needs: "edit-settings",
    form: { "account.brand.colors.accent": "red" },
  },
  "GET /console/:account/first-run/site": "edit-widgets",
  "POST /console/:account/first-run/site": "edit-widgets",
  "GET /console/:account/first-run/snippet": "edit-widgets",
  "POST /console/:account/first-run/snippet/check": "edit-widgets",
  "POST /console/:account/first-run/snippet/check/allow": {
    needs: "edit-widgets",
    form: { origin: "javascript:" },
    isMissing: true,
  },
  "GET /console/:account/first-run/order": "edit-widgets",

  "GET /console/:account/today": "see-today",
  "GET /console/:account/orders": "see-orders",
  "GET /console/:account/orders.csv": "export-orders",
  "GET /console/:account/orders/:number": "see-orders",
  "GET /console/:account/orders/:number/cancel": "handle-orders",
  "POST /console/:account/orders/:number/resend": "handle-orders",
  "POST /console/:account/orders/:number/cancel": "handle-orders",
  "GET /console/:account/waitlist": "see-waitlist",
  "GET /console/:account/stock": "see-stock",
  "GET /console/:account/payouts": "see-payouts",

  "GET /console/:account/reports": "see-reports",
  "GET /console/:account/reports.csv": "see-reports",
  "GET /console/:account/reports/orders": "see-reports",
  "GET /console/:account/reports/orders.csv": "see-reports",
  "POST /console/:account/reports/views": "see-reports",
  "POST /console/:account/reports/views/:id/delete": "see-reports",
  "GET /console/:account/reports/links": "see-reports",
  "GET /console/:account/reports/links/code.svg": {
    needs: "see-reports",
    query: "?page=club.example&source=newsletter",
  },
  "GET /console/:account/reports/links/code.png": {
    needs: "see-reports",
    query: "?page=club.example&source=newsletter",
  },
  "GET /console/:account/reports/pixels": "see-reports",
  "GET /console/:account/reports/sales": "see-reports",
  "GET /console/:account/reports/sales.csv": "see-reports",

  "GET /console/:account/import": "edit-events",
  "POST /console/:account/import/page": "edit-events",
  "POST /console/:account/import/file": "edit-events",
  "GET /console/:account/import/:id": { needs: "edit-events", isMissing: true },
  "POST /console/:account/import/:id": { needs: "edit-events", isMissing: true },
}
