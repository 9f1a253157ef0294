/** A page's storage may be forbidden, full or gone; what is kept here is never lost before the page is. */
export type SafeStorage = {
  readonly get: (key: string) => string | undefined
  readonly set: (key: string, value: string) => void
}

type Store = Pick<Storage, "getItem" | "setItem">

/** Reads the first of `stores` that has the key, writes the first that takes it, else memory. Nothing is written to probe. */
export function safeStorage(stores: readonly (() => Store)[]): SafeStorage {
  const memory = new Map<string, string>()
  return {
    get: (key) => memory.get(key) ?? firstOf(stores, (store) => store.getItem(key)),
    set: (key, value) => {
      const written = firstOf(stores, (store) => {
        store.setItem(key, value)
        return "written"
      })
      if (written) memory.delete(key)
      else memory.set(key, value)
    },
  }
}

function firstOf(
  stores: readonly (() => Store)[],
  ask: (store: Store) => string | null,
): string | undefined {
  for (const store of stores) {
    try {
      const answer = ask(store())
      if (answer !== null) return answer
    } catch {
      // Forbidden in a sandboxed frame, or full: the next one may do.
    }
  }
  return undefined
}

/** Lasting storage, else the tab's, else memory. */
export const pageStorage = (): SafeStorage =>
  safeStorage([() => window.localStorage, () => window.sessionStorage])
