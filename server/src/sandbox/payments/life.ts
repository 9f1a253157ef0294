/** Who needs this sandbox: the process that started it, and those that found it. With nobody left it ends after a while. */
export type Life = {
  readonly stop: () => void
  /** A server that found this sandbox holds it; the answer lets go. */
  readonly hold: () => () => void
  readonly hasParent: () => boolean
  readonly holders: () => number
}

/** Keeps count, and calls `stop` when nobody has needed the sandbox for `orphanMs`. */
export function startLife(stop: () => void, orphanMs: number): Life {
  let holders = 0
  let timer: NodeJS.Timeout | undefined
  const review = () => {
    clearTimeout(timer)
    timer = undefined
    if (!process.connected && holders === 0) timer = setTimeout(stop, orphanMs)
  }
  process.on("disconnect", review)
  return {
    stop: () => {
      clearTimeout(timer)
      stop()
    },
    hold: () => {
      holders += 1
      review()
      return () => {
        holders -= 1
        review()
      }
    },
    hasParent: () => process.connected,
    holders: () => holders,
  }
}
