import { randomBytes } from "node:crypto"
import { catalogueFaults } from "#core/catalogue-checks.ts"
import { type CatalogueFile, catalogueSchema } from "#core/catalogue-file.ts"
import { shapeFaults } from "#core/json-schema.ts"
import { accountSlug, type NewAccount, newAccountFile } from "#core/new-account.ts"
import { personName } from "#core/person.ts"
import { applyCatalogue } from "#flows/apply-catalogue.ts"
import type { Deps } from "#flows/deps.ts"
import { loadCatalogue } from "#flows/load-catalogue.ts"
import { recordAudit } from "#store/audit.ts"
import { catalogueId, findAccountId, lockCatalogue } from "#store/catalogue.ts"
import { type Tx, withTx } from "#store/db.ts"
import { addMember, listMemberships } from "#store/members.ts"

export type CreatedAccount =
  | { readonly outcome: "created"; readonly accountId: string; readonly slug: string }
  /** The fields that cannot be as they are. */
  | { readonly outcome: "refused"; readonly fields: readonly (keyof NewAccount)[] }
  /** Nobody needs so many; somebody's script may. */
  | { readonly outcome: "too-many" }

const mostAccounts = 50
/** Tries with a number at the slug's end before it gets a random one. */
const numberedSlugs = 20

/**
 * Makes an organization with a region, a price list, a tax class and the widget "main", nothing for sale yet; who makes it is its owner. Two
 * of the same name get different addresses.
 */
export async function createAccount(
  { pool, storefronts }: Pick<Deps, "pool" | "storefronts">,
  personId: string,
  typed: NewAccount,
): Promise<CreatedAccount> {
  const account = { ...typed, name: personName(typed.name) }
  const fields = wrongFields(account)
  if (fields.length > 0) return { outcome: "refused", fields }
  if ((await listMemberships(pool.db, personId)).length >= mostAccounts)
    return { outcome: "too-many" }
  const created = await withTx(pool, (tx) => create(tx, personId, account))
  await storefronts.refresh()
  return { outcome: "created", ...created }
}

async function create(tx: Tx, personId: string, account: NewAccount) {
  const { slug, accountId } = await takeSlug(tx, accountSlug(account.name))
  const file = newAccountFile(slug, account)
  const known = await loadCatalogue(tx, { id: accountId, slug })
  const applied = await applyCatalogue(tx, file, known)
  if (!applied.ok) throw new Error("a new account has nothing that could be refused")
  await addMember(tx, { accountId, personId, role: "owner" })
  await recordAudit(tx, {
    accountId,
    personId,
    action: "account.created",
    subject: `account:${slug}`,
    after: account,
  })
  return { accountId, slug }
}

/** Who else wants the same one waits until this transaction ends, and takes the next. */
async function takeSlug(tx: Tx, wished: string) {
  for (let number = 1; ; number += 1) {
    const end = number <= numberedSlugs ? String(number) : randomBytes(4).toString("hex")
    const slug = number === 1 ? wished : `${wished}-${end}`
    const accountId = catalogueId("account", slug)
    await lockCatalogue(tx, accountId)
    if ((await findAccountId(tx, slug)) === undefined) return { slug, accountId }
  }
}

const good: NewAccount = { name: "A", country: "CA", currency: "cad", timeZone: "America/Toronto" }

/** Each field is judged in good company, by what a catalogue file may say. */
function wrongFields(account: NewAccount): (keyof NewAccount)[] {
  const fields = ["name", "country", "currency", "timeZone"] as const
  return fields.filter((field) =>
    isFaulty(newAccountFile("new", { ...good, [field]: account[field] })),
  )
}

function isFaulty(file: CatalogueFile): boolean {
  return shapeFaults(catalogueSchema, file).length > 0 || catalogueFaults(file).length > 0
}
