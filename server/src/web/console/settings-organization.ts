import { organizationPart } from "#core/catalogue-part.ts"
import { organizationLabel, organizationPage } from "#views/console/settings-organization.ts"
import type { ConsoleDeps } from "#web/console/deps.ts"
import type { Typed } from "#web/console/form.ts"
import { partFormRoutes } from "#web/console/part-form.ts"

export function organizationRoutes(deps: ConsoleDeps) {
  return partFormRoutes(deps, "/settings/organization", {
    permission: "edit-settings",
    action: "organization.changed",
    subject: "organization",
    events: [],
    part: organizationPart,
    prepare: organizationTyped,
    labelOf: organizationLabel,
    view: organizationPage,
    done: { path: "settings/organization", notice: "Saved. Open widgets have it now." },
  })
}

/** The main language is one of the languages; a website may be typed without its scheme. */
function organizationTyped(typed: Typed): Typed {
  const main = typed.find(([name]) => name === "account.locale")?.[1] ?? ""
  const isThere = typed.some(([name, value]) => name === "account.locales" && value === main)
  const all = isThere || main === "" ? typed : [["account.locales", main] as const, ...typed]
  return all.map(([name, value]) => [name, asInFile(name, value.trim())] as const)
}

function asInFile(name: string, value: string): string {
  if (name === "account.orderPrefix") return value.toUpperCase()
  const isBare = name === "account.website" && value !== "" && !/^[a-z]+:/i.test(value)
  return isBare ? `https://${value}` : value
}
