/** Work that must end before what it needs is closed. */
export type Drain = {
  /** Does the work, unless the drain is closed: then nothing happens, and who asked comes back later. Never rejects: the work sees to its own faults. */
  run(work: () => Promise<void>): Promise<void>
  readonly isClosed: boolean
  /** Takes on no more; resolves when all that began has ended. */
  close(): Promise<void>
}

export function openDrain(): Drain {
  const underWay = new Set<Promise<void>>()
  let isClosed = false
  return {
    async run(work) {
      if (isClosed) return
      const running = work()
      underWay.add(running)
      await running.finally(() => underWay.delete(running))
    },
    get isClosed() {
      return isClosed
    },
    async close() {
      isClosed = true
      while (underWay.size > 0) await Promise.allSettled(underWay)
    },
  }
}
