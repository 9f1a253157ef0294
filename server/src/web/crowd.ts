/** How many sockets each address has open. */
export type Crowd = {
  isFull(address: string): boolean
  /** Answers how to leave again; leaving twice counts once. */
  enter(address: string): () => void
}

/** Far more than people have; a carrier's gateway or a venue's network may bring many of them. */
const mostSockets = 2000

export function openCrowd(most = mostSockets): Crowd {
  const counts = new Map<string, number>()
  const add = (address: string, one: 1 | -1) => {
    const count = (counts.get(address) ?? 0) + one
    if (count > 0) counts.set(address, count)
    else counts.delete(address)
  }
  return {
    isFull: (address) => (counts.get(address) ?? 0) >= most,
    enter(address) {
      let isHere = true
      add(address, 1)
      return () => {
        if (isHere) add(address, -1)
        isHere = false
      }
    },
  }
}
