import type { Storefront, Widget } from "#core/storefront.ts"
import type { Db, Pool } from "#store/db.ts"
import {
  findCatalogueRev,
  listAllowedOrigins,
  listCatalogueRevs,
  type MarkedStorefront,
  reloadStorefront,
} from "#store/storefronts.ts"

/** What every account sells, kept in memory at its newest revision. Ends its timer when disposed of. */
export type Storefronts = Disposable & {
  /** As last seen; at most a second old when another process changed it. */
  bySlug(slug: string): Promise<Storefront | undefined>
  /** As it is now, judged by the revision that `db` sees: what a command prices with. Throws without such an account. */
  fresh(db: Db, accountId: string): Promise<Storefront>
  /** `account-slug/widget-slug`. */
  widget(name: string): Promise<{ readonly shop: Storefront; readonly widget: Widget } | undefined>
  /** Whether any account allows the origin. */
  allowsOrigin(origin: string): Promise<boolean>
  /** Learns now what changed; otherwise that happens each second. */
  refresh(): Promise<void>
  /** Called with the account's id after a change was learned. Answers how to stop listening. */
  onChange(listener: (accountId: string) => void): () => void
}

export type StorefrontsDeps = {
  readonly pool: Pool
  /** How often other processes' changes are looked for; 0: only by `refresh` and `fresh`. */
  readonly checkEveryMs?: number
}

type Entry = {
  readonly accountId: string
  readonly slug: string
  readonly rev: number
  /** The revision before, as far as it was loaded: what of it is as it was is not read again. */
  before?: MarkedStorefront
  loaded?: MarkedStorefront
  loading?: Promise<MarkedStorefront | undefined>
}

type State = {
  readonly byId: Map<string, Entry>
  readonly idBySlug: Map<string, string>
  origins: ReadonlySet<string>
}

/**
 * Opens the shared cache. A storefront is loaded when first asked for, once for all who wait, and again when its revision rose.
 */
export function openStorefronts({ pool, checkEveryMs = 1000 }: StorefrontsDeps): Storefronts {
  const state: State = { byId: new Map(), idBySlug: new Map(), origins: new Set() }
  const listeners = new Set<(accountId: string) => void>()
  const readAndTell = async (db: Db) => {
    for (const id of await readChanges(db, state)) for (const tell of listeners) tell(id)
  }
  const learn = shared(() => readAndTell(pool.db))
  let known: Promise<void> | undefined
  const ready = async () => {
    known ??= learn()
    await known.catch((error: unknown) => {
      known = undefined
      throw error
    })
  }
  const bySlug = async (slug: string) => {
    await ready()
    const entry = state.byId.get(state.idBySlug.get(slug) ?? "")
    return (entry && (await loadOnce(pool.db, entry)))?.shop
  }
  const timer =
    checkEveryMs > 0 ? setInterval(() => void learn().catch(pool.report), checkEveryMs) : undefined
  timer?.unref()
  return {
    bySlug,
    fresh: async (db, accountId) => {
      const rev = await findCatalogueRev(db, accountId)
      if (rev === undefined) throw new Error(`there is no account ${accountId}`)
      if (isNews(state, accountId, rev)) await readAndTell(db)
      const entry = state.byId.get(accountId)
      const found = entry && (entry.loaded ?? (await load(db, entry)))
      if (!found) throw new Error(`there is no account ${accountId}`)
      return found.shop
    },
    widget: async (name) => {
      const [account = "", slug = ""] = name.split("/")
      const shop = await bySlug(account)
      const widget = shop?.widgets.find((each) => each.slug === slug)
      return shop && widget ? { shop, widget } : undefined
    },
    allowsOrigin: async (origin) => {
      await ready()
      return state.origins.has(origin)
    },
    refresh: learn,
    onChange: (listener) => {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    [Symbol.dispose]: () => clearInterval(timer),
  }
}

/** Forgets what is older than the database; answers the ids of the accounts that changed. */
async function readChanges(db: Db, state: State): Promise<string[]> {
  const revs = await listCatalogueRevs(db)
  const changed = revs.filter(({ accountId, rev }) => isNews(state, accountId, rev))
  if (changed.length === 0) return []
  state.origins = new Set(await listAllowedOrigins(db))
  for (const { accountId, slug, rev } of changed) {
    const known = state.byId.get(accountId)
    const before = known?.loaded ?? known?.before
    state.byId.set(accountId, { accountId, slug, rev, ...(before && { before }) })
    state.idBySlug.set(slug, accountId)
  }
  return changed.map(({ accountId }) => accountId)
}

function isNews(state: State, accountId: string, rev: number): boolean {
  const known = state.byId.get(accountId)
  return known === undefined || known.rev < rev
}

/** One load in flight for everybody; a failed one is forgotten, so that the next caller tries again. */
async function loadOnce(db: Db, entry: Entry): Promise<MarkedStorefront | undefined> {
  if (entry.loaded) return entry.loaded
  entry.loading ??= load(db, entry).finally(() => delete entry.loading)
  return entry.loading
}

/** Waits for nobody else's load: transactions that did would keep the very connections that it needs. */
async function load(db: Db, entry: Entry): Promise<MarkedStorefront | undefined> {
  const found = await reloadStorefront(db, entry.accountId, entry.before)
  if (found) entry.loaded ??= found
  delete entry.before
  return entry.loaded
}

/** While one run is under way, callers get the run after it, which surely sees what they did before they called. */
function shared(run: () => Promise<void>): () => Promise<void> {
  let running: Promise<void> | undefined
  let next: Promise<void> | undefined
  const start = () => {
    next = undefined
    running = run().finally(() => (running = undefined))
    return running
  }
  return () => {
    if (!running) return start()
    next ??= running.then(start, start)
    return next
  }
}
