/** Verbs that answer later: nobody can tell when what does them was loaded. */
type Verbs<T> = { readonly [Verb in keyof T]: (...given: never[]) => Promise<unknown> }

/** What `open` opens, opened when it is first asked for something: a server that starts need not load what its first answers do without. */
export function lazily<T extends Verbs<T>>(open: () => Promise<T>): T {
  const opened = once(open)
  const verb =
    (name: keyof T) =>
    async (...given: never[]) =>
      (await opened())[name](...given)
  // It is no promise, though anything else may be asked of it.
  return new Proxy({} as T, {
    get: (_, name) => (name === "then" ? undefined : verb(name as keyof T)),
  })
}

/** Does it at the first call; every call has the same answer. What failed is tried again by the next. */
export function once<T>(work: () => Promise<T>): () => Promise<T> {
  let answer: Promise<T> | undefined
  return () => {
    answer ??= work().catch((error: unknown) => {
      answer = undefined
      throw error
    })
    return answer
  }
}
