import { may } from "#core/role.ts"
import { tabs } from "#views/console/kit/nav.ts"
import type { Surroundings } from "#views/console/kit/shell.ts"
import { type Html, none } from "#views/html.ts"

const pages = [
  { name: "reports", label: "Attribution", path: "reports" },
  { name: "sales", label: "Sales history", path: "reports/sales" },
  { name: "links", label: "Links", path: "reports/links" },
  { name: "pixels", label: "Pixel health", path: "reports/pixels" },
] as const

/** The pages of the reports, one beside the other. For whom they are the whole console they stand in the navigation already. */
export function reportTabs(
  { account, actor }: Surroundings,
  current: (typeof pages)[number]["name"],
): Html {
  if (!may(actor, "see-today")) return none
  return tabs({
    label: "Reports",
    items: pages.map(({ name, label, path }) => ({
      label,
      href: `/console/${account.slug}/${path}`,
      current: name === current,
    })),
  })
}
