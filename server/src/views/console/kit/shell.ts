import { may, type Permission, type Role } from "#core/role.ts"
import { html, type Html, none, type Part, url } from "#views/html.ts"
import { initials } from "#views/initials.ts"
import { foyerMark, icon, type IconName } from "#views/console/kit/icons.ts"
import { menuItem } from "#views/console/kit/nav.ts"
import { consoleScriptPath, consoleSheetPath } from "#views/console/kit/paths.ts"

/** Who asks and where they are: what the frame around every page says. */
export type Surroundings = {
  readonly actor: { readonly role: Role }
  readonly person: { readonly name: string; readonly email: string }
  readonly account: { readonly slug: string; readonly name: string }
  readonly accounts: readonly { readonly slug: string; readonly name: string }[]
  /** What the last form said when it led here. */
  readonly notice?: string | undefined
}

export type NavName =
  | "today"
  | "events"
  | "orders"
  | "promotions"
  | "reports"
  | "links"
  | "pixels"
  | "sales"
  | "waitlist"
  | "stock"
  | "payouts"
  | "widgets"
  | "settings"

export type Crumb = { readonly label: string; readonly href?: string | undefined }

export type ConsolePage = {
  readonly visit: Surroundings
  readonly title: string
  readonly active: NavName
  readonly crumbs?: readonly Crumb[] | undefined
  /** Below the title: when, where, how many. */
  readonly lead?: Part
  /** At the end of the head; one of them primary at most. */
  readonly actions?: Part
  readonly body: Part
  /** Its `[data-live]` regions follow what happens. */
  readonly live?: boolean | undefined
}

/** A whole page of the console: navigation, head, body. */
export function consolePage(page: ConsolePage): Html {
  const { visit } = page
  return bare({
    title: `${page.title} · ${visit.account.name}`,
    ...(page.live && { live: visit.account.slug }),
    body: html`<a class="skip" href="#main">Skip to the page</a>
      <div class="shell">
        <div class="topbar">
          <span class="mark" aria-hidden="true">${initials(visit.account.name)}</span
          ><b>${visit.account.name}</b
          ><button
            class="btn quiet square"
            type="button"
            popovertarget="side"
            aria-label="Open navigation"
          >
            ${icon("menu")}
          </button>
        </div>
        ${sideBar(page)}
        <main class="page" id="main" tabindex="-1">${pageHead(page)} ${page.body}</main>
      </div>
      ${visit.notice !== undefined && toast(visit.notice)}`,
  })
}

/** Sign-in and the like: one card on a quiet ground, no side bar. */
export function plainPage(page: {
  readonly title: string
  readonly body: Part
  /** Room for more than a short form. */
  readonly wide?: boolean | undefined
  readonly notice?: string | undefined
}): Html {
  return bare({
    title: `${page.title} · Foyer`,
    body: html`<main class="plain${page.wide ? " broad" : ""}" id="main">
        <p class="house"><span class="mark">${foyerMark}</span><b>Foyer</b></p>
        ${page.body}
      </main>
      ${page.notice !== undefined && toast(page.notice)}`,
  })
}

/** The document: one sheet, one script, nothing inline, nothing from elsewhere. */
function bare(page: { readonly title: string; readonly body: Part; readonly live?: string }): Html {
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="robots" content="noindex" />
        <meta name="color-scheme" content="light dark" />
        <title>${page.title}</title>
        <link rel="stylesheet" href="${url(consoleSheetPath)}" />
        <script src="${url(consoleScriptPath)}" type="module"></script>
      </head>
      <body ${page.live !== undefined && html` data-live-account="${page.live}"`}>
        ${page.body}
      </body>
    </html>`
}

function pageHead(page: ConsolePage): Html {
  return html`<div class="page-head">
    <div>
      ${page.crumbs !== undefined && crumbs(page.crumbs, page.title)}
      <h1>${page.title}</h1>
      ${page.lead !== undefined && html`<p class="sub" ${page.live && html` id="lead" data-live`}>${page.lead}</p>`}
    </div>
    ${page.actions !== undefined && html`<div class="row" ${page.live && html` id="head-actions" data-live`}>${page.actions}</div>`}
  </div>`
}

function crumbs(items: readonly Crumb[], title: string): Html {
  return html`<nav class="crumb sub" aria-label="Path to ${title}">
    ${items.map((item, index) => [
      index > 0 && html`<span aria-hidden="true">/</span>`,
      item.href === undefined
        ? html`<span>${item.label}</span>`
        : html`<a href="${url(item.href)}">${item.label}</a>`,
    ])}
  </nav>`
}

type Place = {
  readonly name: NavName
  readonly label: string
  readonly icon: IconName
  readonly path: string
  readonly needs: Permission
}

const places: readonly Place[] = [
  { name: "today", label: "Today", icon: "today", path: "today", needs: "see-today" },
  { name: "events", label: "Events", icon: "events", path: "events", needs: "see-events" },
  { name: "orders", label: "Orders", icon: "orders", path: "orders", needs: "see-orders" },
  {
    name: "promotions",
    label: "Promotions",
    icon: "promotions",
    path: "promotions",
    needs: "see-promotions",
  },
  { name: "reports", label: "Reports", icon: "reports", path: "reports", needs: "see-reports" },
  {
    name: "waitlist",
    label: "Waitlist",
    icon: "waitlist",
    path: "waitlist",
    needs: "see-waitlist",
  },
  { name: "stock", label: "Stock", icon: "stock", path: "stock", needs: "see-stock" },
  { name: "payouts", label: "Payouts", icon: "payouts", path: "payouts", needs: "see-payouts" },
  { name: "widgets", label: "Widgets", icon: "widgets", path: "widgets", needs: "edit-widgets" },
]

/** For whom the reports are the whole console, each of them is a place. */
const reportPlaces: readonly Place[] = [
  { name: "reports", label: "Attribution", icon: "reports", path: "reports", needs: "see-reports" },
  {
    name: "sales",
    label: "Sales history",
    icon: "history",
    path: "reports/sales",
    needs: "see-reports",
  },
  { name: "links", label: "Links", icon: "link", path: "reports/links", needs: "see-reports" },
  {
    name: "pixels",
    label: "Pixel health",
    icon: "pixel",
    path: "reports/pixels",
    needs: "see-reports",
  },
]

const withinReports: ReadonlySet<NavName> = new Set(["reports", "links", "pixels", "sales"])

const settingsPlace: Place = {
  name: "settings",
  label: "Settings",
  icon: "settings",
  path: "settings/organization",
  needs: "edit-settings",
}

function sideBar({ visit, active, title }: ConsolePage): Html {
  const { account, actor } = visit
  const onlyReports = !may(actor, "see-today")
  const shown = onlyReports ? reportPlaces : places.filter((place) => may(actor, place.needs))
  const current = !onlyReports && withinReports.has(active) ? "reports" : active
  const link = (place: Place) =>
    html`<a
      href="${url(`/console/${account.slug}/${place.path}`)}"
      ${place.name === current && html` aria-current="page"`}
      >${icon(place.icon)}${place.label}</a
    >`
  return html`<div class="side" id="side" popover>
    <div class="side-in">
      ${accountMenu(visit)}
      <nav class="nav" aria-label="Main, ${title}">
        ${shown.map(link)}
        ${
          may(actor, settingsPlace.needs) &&
          html`<hr />
            ${link(settingsPlace)}`
        }
      </nav>
      ${personMenu(visit)}
    </div>
  </div>`
}

function accountMenu({ account, accounts }: Surroundings): Html {
  return html`<details class="menu">
    <summary>
      <span class="mark" aria-hidden="true">${initials(account.name)}</span
      ><span class="cut"><b>${account.name}</b></span
      >${icon("up-down")}
    </summary>
    <div class="pop">
      ${accounts.map((each) =>
        menuItem({
          label: each.name,
          href: `/console/${each.slug}`,
          icon: each.slug === account.slug ? "check" : "swap",
        }),
      )}
      <hr />
      ${menuItem({ label: "New organization", href: "/console/new", icon: "plus" })}
    </div>
  </details>`
}

const roleNames: Readonly<Record<Role, string>> = {
  owner: "Owner",
  manager: "Manager",
  "box-office": "Box office",
  marketer: "Marketer",
  finance: "Finance",
}

function personMenu({ person, actor }: Surroundings): Html {
  const name = person.name === "" ? person.email : person.name
  return html`<details class="menu user">
    <summary>
      <span class="mark round" aria-hidden="true">${initials(name)}</span
      ><span class="cut"><b>${name}</b><br /><span class="sub">${roleNames[actor.role]}</span></span
      >${icon("up-down")}
    </summary>
    <div class="pop up">
      <p class="sub cut">${person.email}</p>
      ${menuItem({ label: "Sign out", action: "/console/sign-out", icon: "external" })}
    </div>
  </details>`
}

/** Says that something is done, then makes room; a pointer on it keeps it. */
function toast(text: string): Html {
  return html`<div class="toast" role="status" data-toast>
    ${icon("check")}<span>${text}</span>
  </div>`
}

/** The head of a group of cards. */
export function sectionTitle(title: string, text?: Part): Html {
  return html`<div>
    <h2>${title}</h2>
    ${text === undefined ? none : html`<p class="sub">${text}</p>`}
  </div>`
}
