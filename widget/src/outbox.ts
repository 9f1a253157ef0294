import type { Answer, Command, CommandType } from "@foyer/shared/protocol"

/** One thing the shopper did. `lane` orders it among its cart's others; `merge` names what a later one replaces. */
export type Outgoing = {
  readonly op: string
  readonly type: CommandType
  readonly lane: string
  readonly merge?: string
  /** Made when it is first sent, and kept over resends. */
  readonly seal: () => Command
  /** `undefined`: it is not known whether it ran, and the outbox has given up asking. */
  readonly done: (answer: Answer | undefined) => void
}

export type Outbox = {
  readonly add: (outgoing: Outgoing) => void
  readonly connected: (isUp: boolean) => void
}

type Rim = {
  /** `undefined`: no answer came in time, or the connection went. */
  readonly send: (command: Command, answered: (answer: Answer | undefined) => void) => void
  readonly later: (run: () => void, delayMs: number) => void
}

type Entry = {
  outgoing: Outgoing
  command?: Command
  flight: number
  tries: number
  isBusy: boolean
}

const maxTries = 6
/** A payment that another process was asking for when it died is free again after half a minute. */
const maxPayTries = 9
const longestDelayMs = 8000

/**
 * Keeps commands until they are answered. One of a cart is under way at a time, so they run in the order they were made; a lost answer means
 * "unknown", and the same command with the same op is sent again.
 */
export function createOutbox({ send, later }: Rim): Outbox {
  const lanes = new Map<string, Entry[]>()
  let isUp = false

  const add = (outgoing: Outgoing) => {
    const lane = lanes.get(outgoing.lane) ?? []
    lanes.set(outgoing.lane, lane)
    const last = lane.at(-1)
    if (last && !last.command && last.outgoing.merge && last.outgoing.merge === outgoing.merge)
      last.outgoing = bothTold(last.outgoing, outgoing)
    else lane.push({ outgoing, flight: 0, tries: 0, isBusy: false })
    pump(lane)
  }

  const pump = (lane: Entry[]) => {
    const [head] = lane
    if (!head || head.isBusy || !isUp) return
    head.isBusy = true
    const flight = ++head.flight
    head.command ??= head.outgoing.seal()
    send(head.command, (answer) => {
      if (flight === head.flight) settle(lane, head, answer)
    })
  }

  const settle = (lane: Entry[], head: Entry, answer: Answer | undefined) => {
    if (++head.tries < mostTries(head.outgoing.type, answer)) {
      const flight = ++head.flight
      later(
        () => {
          if (flight !== head.flight) return
          head.isBusy = false
          pump(lane)
        },
        Math.min(longestDelayMs, 250 * 2 ** head.tries),
      )
      return
    }
    lane.shift()
    head.outgoing.done(answer)
    pump(lane)
  }

  const connected = (up: boolean) => {
    isUp = up
    for (const lane of lanes.values()) {
      const [head] = lane
      if (head) Object.assign(head, { isBusy: false, flight: head.flight + 1, tries: 0 })
      pump(lane)
    }
  }

  return { add, connected }
}

function bothTold(earlier: Outgoing, later: Outgoing): Outgoing {
  const done = (answer: Answer | undefined) => {
    earlier.done(answer)
    later.done(answer)
  }
  return { ...later, done }
}

/** How often a command is sent until its answer is taken as it is; a clear answer is taken at once. */
function mostTries(type: CommandType, answer: Answer | undefined): number {
  if (!answer) return maxTries
  // The payment is begun, and what the browser has to confirm is not there yet: the same click asks for it again.
  if (answer.ok) return type === "pay" && answer.outcome === "working" ? maxPayTries : 0
  return answer.code === "too-many-requests" || answer.code === "server-error" ? maxTries : 0
}
