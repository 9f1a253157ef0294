import { canonicalJson } from "#core/canonical-json.ts"
import { catalogueFaults } from "#core/catalogue-checks.ts"
import { type ImportSummary, isChange } from "#core/catalogue-changes.ts"
import { type CatalogueFile, catalogueSchema } from "#core/catalogue-file.ts"
import { normalCatalogue } from "#core/catalogue-export.ts"
import { differences } from "#core/difference.ts"
import { type Fault, shapeFaults } from "#core/json-schema.ts"
import { type Actor, forbidden, type Forbidden, may, type Permission } from "#core/role.ts"
import { applyCatalogue } from "#flows/apply-catalogue.ts"
import { fileOf, type KnownCatalogue, loadCatalogue } from "#flows/load-catalogue.ts"
import { recordAudit } from "#store/audit.ts"
import { catalogueId, findAccountSlug, lockCatalogue } from "#store/catalogue.ts"
import { type Pool, type Tx, withTx } from "#store/db.ts"
import { listVariantFigures, type VariantFigures } from "#store/event-figures.ts"
import { lockHeads } from "#store/inventory.ts"
import type { Storefronts } from "./storefronts.ts"

export type EditDeps = {
  readonly pool: Pool
  readonly storefronts: Pick<Storefronts, "refresh">
}

/** `Other`: what else than a refusal an edit may end in, with nothing changed. */
export type CatalogueEdit<Other extends Outcome = never> = {
  readonly permission: Permission
  /** For the history of who changed what: "event.changed". */
  readonly action: string
  /** "event:friday-night". */
  readonly subject: string
  /**
   * Slugs of the events whose showtimes and products the edit reads or changes, new ones too; the others stand in the file without
   * theirs, and must stay as they are. Absent: all, which is slow where there are hundreds.
   */
  readonly events?: readonly string[]
  /**
   * The slug of an event, one of `events`, by whose sales the edit decides: nothing of it is sold or held from when `edit` is told the
   * figures until the change is done. Absent: `edit` is told none.
   */
  readonly bySalesOf?: string
  /** The file as it shall be, or why not. Pure; may run more than once. */
  readonly edit: (
    file: CatalogueFile,
    figures: readonly VariantFigures[],
  ) => CatalogueFile | Refused | Other
  /** What is done before or after it in the same transaction; what it does stays when the edit is refused. */
  readonly within?: (tx: Tx, edit: () => Promise<Edited<Other>>) => Promise<Edited<Other>>
}

type Outcome = { readonly outcome: string }

export type Refused = { readonly outcome: "refused"; readonly faults: readonly Fault[] }

export type Edited<Other = never> =
  | { readonly outcome: "saved"; readonly summary: ImportSummary }
  | Refused
  | Forbidden
  | Other

/**
 * Changes what an account sells or how it looks, in one transaction with its line of history: every open widget shows it. Refuses with the
 * faults of the changed file, each with its path.
 */
export async function editCatalogue<Other extends Outcome = never>(
  deps: EditDeps,
  actor: Actor,
  edit: CatalogueEdit<NoInfer<Other>>,
): Promise<Edited<Other>> {
  if (!may(actor, edit.permission)) return forbidden(edit.permission)
  const { within = (_tx, inside) => inside() } = edit
  const edited = await withTx(deps.pool, (tx) => within(tx, () => editInside(tx, actor, edit)))
  if (edited.outcome === "saved") await deps.storefronts.refresh()
  return edited
}

async function editInside<Other extends Outcome>(
  tx: Tx,
  actor: Actor,
  edit: CatalogueEdit<Other>,
): Promise<Edited<Other>> {
  await lockCatalogue(tx, actor.accountId)
  const slug = await findAccountSlug(tx, actor.accountId)
  if (slug === undefined) throw new Error(`there is no account ${actor.accountId}`)
  const known = await loadCatalogue(tx, { id: actor.accountId, slug }, edit.events)
  const before = fileOf(known)
  const after = edit.edit(before, await lockedFigures(tx, actor.accountId, edit, known))
  if (!isFile(after)) return after
  const faults = faultsOf(before, after, edit.events)
  if (faults.length > 0) return { outcome: "refused", faults }
  const applied = await applyCatalogue(tx, after, known)
  if (!applied.ok) return { outcome: "refused", faults: applied.faults }
  if (isChange(applied.summary)) await recordEdit(tx, actor, edit, before, after)
  return { outcome: "saved", summary: applied.summary }
}

function isFile<Other extends Outcome>(after: CatalogueFile | Other): after is CatalogueFile {
  return !("outcome" in after)
}

/** All of the event's stock at once, in the order of ids: what is locked later on is among it. */
async function lockedFigures(
  tx: Tx,
  accountId: string,
  { bySalesOf }: Pick<CatalogueEdit, "bySalesOf">,
  { existing }: KnownCatalogue,
): Promise<readonly VariantFigures[]> {
  if (bySalesOf === undefined) return []
  await lockHeads(
    tx,
    existing.variants.map((row) => String(row["id"])),
  )
  return listVariantFigures(tx, accountId, bySalesOf)
}

/** More places than anybody reads in a line of history. */
const mostRecorded = 200

async function recordEdit(
  tx: Tx,
  actor: Actor,
  { action, subject }: Pick<CatalogueEdit, "action" | "subject">,
  before: CatalogueFile,
  after: CatalogueFile,
): Promise<void> {
  const changed = differences(
    withoutAddresses(before),
    withoutAddresses(normalCatalogue(after, catalogueId)),
  ).slice(0, mostRecorded)
  await recordAudit(tx, {
    accountId: actor.accountId,
    personId: actor.userId,
    action,
    subject,
    before: Object.fromEntries(changed.map((each) => [each.path, each.before])),
    after: Object.fromEntries(changed.map((each) => [each.path, each.after])),
  })
}

/** Whom a code is for is not everybody's to read who sees the history. */
function withoutAddresses(file: CatalogueFile): CatalogueFile {
  const promotions = file.promotions?.map((promotion) => ({
    ...promotion,
    ...(promotion.audience?.emails && {
      audience: {
        ...promotion.audience,
        emails: [`${promotion.audience.emails.length} addresses`],
      },
    }),
  }))
  return { ...file, ...(promotions && { promotions }) }
}

function faultsOf(
  before: CatalogueFile,
  after: CatalogueFile,
  events: readonly string[] | undefined,
): Fault[] {
  const wrongShape = shapeFaults(catalogueSchema, after)
  if (wrongShape.length > 0) return wrongShape
  if (after.account.slug !== before.account.slug) throw new Error("an account keeps its slug")
  if (events) assertWithin(before, after, new Set(events))
  return catalogueFaults(after)
}

/** The insides of other events were not read: writing them would empty them, leaving them out would archive half of them. */
function assertWithin(before: CatalogueFile, after: CatalogueFile, events: ReadonlySet<string>) {
  const others = (file: CatalogueFile) => file.events.filter(({ slug }) => !events.has(slug))
  const slugs = (file: CatalogueFile) => others(file).map(({ slug }) => slug)
  const isEmpty = others(after).every((each) => each.showtimes.length + each.products.length === 0)
  if (isEmpty && canonicalJson(slugs(before).toSorted()) === canonicalJson(slugs(after).toSorted()))
    return
  throw new Error(`an edit of ${[...events].join(", ")} reached into another event`)
}
