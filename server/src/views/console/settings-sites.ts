import { button } from "#views/console/kit/button.ts"
import { badge, card, note } from "#views/console/kit/card.ts"
import { errorOf, field, type FieldFault, hidden } from "#views/console/kit/form.ts"
import type { Surroundings } from "#views/console/kit/shell.ts"
import { table } from "#views/console/kit/table.ts"
import { settingsPage } from "#views/console/settings-page.ts"
import { html, type Html, none, url } from "#views/html.ts"

export type SitesPage = {
  readonly visit: Surroundings
  readonly sites: readonly {
    readonly origin: string
    readonly wallets?: "pending" | "enabled" | "disabled" | "refused" | "unknown"
    readonly error?: string
  }[]
  readonly widgets: readonly {
    readonly slug: string
    readonly title: string
    readonly allowNullOrigin: boolean
  }[]
  readonly typed?: string
  readonly faults?: readonly FieldFault[]
}

/** Which sites may show the widgets. */
export function sitesPage(page: SitesPage): Html {
  const { visit, faults = [] } = page
  const here = `/console/${visit.account.slug}/settings/sites`
  return settingsPage({
    visit,
    name: "sites",
    title: "Sites",
    lead: "Only these sites can show your widgets. The pages that we host always can.",
    faults,
    body: html`${addCard(here, page)} ${sitesCard(here, page)} ${framesCard(page)}`,
  })
}

function addCard(here: string, { typed, faults = [] }: SitesPage): Html {
  return card({
    title: "Add a site",
    padded: true,
    body: html`<form class="stack" method="post" action="${url(here)}">
      ${field({
        name: "site",
        label: "Address",
        value: typed ?? "",
        error: errorOf(faults, "site"),
        placeholder: "www.example.com",
        inputmode: "url",
        maxlength: 2000,
        hint: "Paste any page of it: we take what is before the first slash. With and without www are two sites.",
      })}
      <div class="row">${button({ label: "Allow this site", kind: "primary", icon: "plus" })}</div>
    </form>`,
  })
}

function sitesCard(here: string, { sites }: SitesPage): Html {
  return card({
    title: "Allowed sites",
    body: table({
      caption: "Sites that may show your widgets",
      columns: [
        { label: "Site" },
        { label: "Apple Pay and Google Pay", kind: "wide" },
        { label: "Actions", kind: "actions", hidden: true },
      ],
      rows: sites.map((site) => [
        html`<span class="mono">${site.origin}</span>`,
        wallets(here, site),
        html`<form method="post" action="${url(`${here}/remove`)}">
          ${hidden("site", site.origin)}
          ${button({ label: `Remove ${site.origin}`, kind: "quiet", icon: "trash", square: true })}
        </form>`,
      ]),
      empty: "No site yet: your widgets only work on the pages that we host.",
    }),
    foot: "A site that is removed shows its visitors a link to the hosted page instead. Their carts stay.",
  })
}

type Site = SitesPage["sites"][number]

function wallets(here: string, { origin, wallets: state, error }: Site): Html {
  const retry = html`<form method="post" action="${url(`${here}/retry`)}">
    ${hidden("site", origin)} ${button({ label: "Try again", kind: "quiet", icon: "swap" })}
  </form>`
  if (state === undefined)
    return html`<span class="sub">Not on this address: wallets need https and a public name.</span>`
  switch (state) {
    case "enabled":
      return badge("ok", "Ready")
    case "pending":
      return html`<span class="row">${badge("info", "Being registered")}</span>`
    case "unknown":
      return html`<span class="row">${badge("plain", "Not registered")} ${retry}</span>`
    case "disabled":
      return html`<span class="row">${badge("warn", "Switched off")} ${retry}</span
        ><span class="sub"
          >The provider has it, but could not confirm the site. Cards work meanwhile.</span
        >`
    case "refused":
      return html`<span class="row">${badge("bad", "Refused")} ${retry}</span
        ><span class="sub"
          >The provider said “${error ?? "no reason"}”. Cards work meanwhile.</span
        >`
  }
}

function framesCard({ widgets, visit }: SitesPage): Html {
  const open = widgets.filter(({ allowNullOrigin }) => allowNullOrigin)
  return card({
    title: "Sandboxed frames",
    padded: true,
    body: html`<p>
        Some site builders and previews put what you paste into a sandboxed frame. A page in such a
        frame does not tell its site: its origin is <code>null</code>, and so it is on no list.
      </p>
      ${
        open.length > 0
          ? note(
              "warn",
              html`${open.map(({ title }) => title).join(", ")} may be shown in such frames, and so
              by any site at all. Nobody can buy less or more by that; it is your shop window.`,
            )
          : none
      }
      <p class="sub">
        Allowed for each widget by itself:
        ${widgets.map(({ slug, title }, i) => [
          i > 0 && ", ",
          html`<a
            class="link"
            href="${url(`/console/${visit.account.slug}/widgets/${slug}#frames`)}"
            >${title}</a
          >`,
        ])}.
      </p>`,
  })
}
