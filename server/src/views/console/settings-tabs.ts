import { may, type Permission } from "#core/role.ts"
import { tabs } from "#views/console/kit/nav.ts"
import type { Surroundings } from "#views/console/kit/shell.ts"
import type { Html } from "#views/html.ts"

export type SettingsName = (typeof places)[number]["name"]

const places = [
  { name: "organization", label: "Organization" },
  { name: "brand", label: "Brand" },
  { name: "regions", label: "Regions" },
  { name: "tax", label: "Tax" },
  { name: "fees", label: "Fees" },
  { name: "pixels", label: "Pixels" },
  { name: "sites", label: "Sites" },
  { name: "team", label: "Team" },
  { name: "audit", label: "History" },
] as const

const others: Readonly<Record<string, Permission>> = { team: "manage-team", audit: "see-history" }

/** The pages of the settings that this role may open. */
export function settingsTabs({ account, actor }: Surroundings, current: SettingsName): Html {
  const open = places.filter(({ name }) => may(actor, others[name] ?? "edit-settings"))
  return tabs({
    label: "Settings",
    items: open.map(({ name, label }) => ({
      label,
      href: `/console/${account.slug}/settings/${name}`,
      current: name === current,
    })),
  })
}
