import { attributes } from "@foyer/shared/dom"

const selector = `time[${attributes.until}]`

export type Countdown = {
  /** Writes the time left now; `serverNow` in milliseconds since the epoch corrects the visitor's clock. */
  readonly show: (serverNow?: number) => void
  /** The nearest deadline on screen, in milliseconds of the visitor's clock. */
  readonly deadline: () => number | undefined
  readonly stop: () => void
}

/** Keeps each `data-until` at the time left, `m:ss`; `ended` is called once per deadline. */
export function startCountdown(
  root: ParentNode,
  clock: () => number,
  ended: () => void,
): Countdown {
  const over = new Set<string>()
  let aheadMs = 0

  const leftMs = (until: string) => Date.parse(until) - clock() - aheadMs
  const deadlines = () =>
    [...root.querySelectorAll(selector)].map((time) => ({
      time,
      until: time.getAttribute(attributes.until) ?? "",
    }))

  const show = (serverNow?: number) => {
    if (serverNow !== undefined) aheadMs = serverNow - clock()
    for (const { time, until } of deadlines()) {
      const left = leftMs(until)
      if (Number.isNaN(left)) continue
      const text = formatLeft(left)
      if (time.textContent !== text) time.textContent = text
      if (left > 0 || over.has(until)) continue
      over.add(until)
      ended()
    }
  }

  const timer = setInterval(show, 1000, undefined)
  return {
    show,
    deadline: () => {
      const left = deadlines()
        .map(({ until }) => leftMs(until))
        .filter((ms) => ms > 0)
      return left.length > 0 ? clock() + Math.min(...left) : undefined
    },
    stop: () => clearInterval(timer),
  }
}

/** `m:ss`, never below 0:00. */
export function formatLeft(leftMs: number): string {
  const seconds = Math.max(0, Math.ceil(leftMs / 1000))
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`
}
