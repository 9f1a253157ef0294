/**
 * @typedef {(data: any) => void} Listener
 */

/** Who listens to an element, by the type of event. */
export function createListeners() {
  /** @type {Map<string, Set<Listener>>} */
  const all = new Map()
  return {
    /** @param {string} type @param {Listener} listener */
    add: (type, listener) => {
      all.set(type, (all.get(type) ?? new Set()).add(listener))
    },
    /** @param {string} type @param {Listener} [listener] without one, all of the type */
    remove: (type, listener) => {
      if (listener === undefined) all.delete(type)
      else all.get(type)?.delete(listener)
    },
    /** @param {string} type @param {object} event */
    tell: (type, event) => {
      const present = Array.from(all.get(type) ?? [])
      for (const listener of present) listener(event)
    },
    /** @param {string} type */
    has: (type) => (all.get(type)?.size ?? 0) > 0,
  }
}
