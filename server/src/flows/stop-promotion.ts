import type { CatalogueFile } from "#core/catalogue-file.ts"
import type { Actor } from "#core/role.ts"
import { type Edited, editCatalogue, type EditDeps } from "#flows/edit-catalogue.ts"

/** Ends a code at once, or lets it run again within its dates. Carts that hold it are told when they are next priced. */
export function stopPromotion(
  deps: EditDeps,
  actor: Actor,
  code: string,
  stopped: boolean,
): Promise<Edited> {
  return editCatalogue(deps, actor, {
    permission: "edit-promotions",
    action: stopped ? "promotion.stopped" : "promotion.started",
    subject: `promotion:${code}`,
    events: [],
    edit: (file) => ({ ...file, promotions: withStop(file, code, stopped) }),
  })
}

function withStop({ promotions = [] }: CatalogueFile, code: string, stopped: boolean) {
  return promotions.map((entry) => (entry.code === code ? { ...entry, stopped } : entry))
}
