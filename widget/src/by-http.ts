import type { Answer, Command, Frame } from "@foyer/shared/protocol"
import type { Listener } from "./connection.ts"
import { randomId } from "./random-id.ts"

/** The same commands as plain requests, while no WebSocket can be had. */
export type ByHttp = {
  readonly isUp: () => boolean
  readonly send: (command: Command, answered: (answer: Answer | undefined) => void) => void
  readonly close: () => void
}

type Told = { answer?: Answer; isBlocked: boolean }

/** How often is asked what the socket would have said, while a hold runs or a payment is under way. */
const lookEveryMs = 4000
const patienceMs = 15_000
const longestPauseMs = 60_000

/**
 * Opens the way over HTTP, once the server answers on it. `restSocket` ends the tries for a WebSocket: a page's content policy does not change
 * while it is shown, a network may.
 */
export function openByHttp(origin: string, listener: Listener, restSocket: () => void): ByHttp {
  const lively = new Set<string>()
  const shown = new Map<string, string>()
  /** The brand each widget wears: the same one again is not news. */
  const worn = new Map<string, string | undefined>()
  const stopListening = new AbortController()
  let seq = 0
  let sent = 0
  let isUp = false
  let isOver = false
  let isBlocked = false

  const post = async (command: Command): Promise<Told> => {
    try {
      const response = await fetch(`${origin}/v1/w/${command.widget}/command`, {
        method: "POST",
        headers: { "Content-Type": "application/json" },
        body: JSON.stringify({ handshake: listener.handshake(), command }),
        credentials: "omit",
        referrerPolicy: "no-referrer",
        signal: AbortSignal.timeout(patienceMs),
      })
      return { answer: (await response.json()) as Answer, isBlocked: false }
    } catch {
      // The event that tells of a policy comes after the failure it tells of.
      await new Promise((resolve) => setTimeout(resolve))
      return { isBlocked }
    }
  }

  /** Each answer is a whole page's first: what the widget already has of it, it is spared. */
  const readied = (frame: Frame, isOwn: boolean): Frame => {
    const { brand, words: _, locale: __, ...rest } = frame
    const { instance, at } = frame
    const dress = JSON.stringify(brand)
    const known = dress === worn.get(instance) ? rest : { ...rest, ...(brand && { brand }) }
    worn.set(instance, dress)
    const before = shown.get(instance)
    shown.set(instance, at.view)
    const isLive =
      at.view === "payment" || frame.regions.some(({ html }) => /data-until=/.test(html))
    if (isLive) lively.add(instance)
    else lively.delete(instance)
    const numbered = { ...(before === undefined ? frame : known), seq: ++seq }
    if (isOwn || before !== at.view) return numbered
    const { announce: ____, alert: _____, effects = [], ...quiet } = numbered
    return { ...quiet, effects: effects.filter(({ type }) => type !== "tell-host") }
  }

  /** Shows each widget as a socket's greeting would. Answers what came of the first that failed. */
  const look = async (which: (instance: string) => boolean): Promise<Told> => {
    const { widgets, carts } = listener.handshake()
    for (const { instance, widget, at } of widgets.filter((each) => which(each.instance))) {
      const cart = carts[widget.split("/")[0] ?? ""]?.token
      const op = randomId()
      const asked = { op, instance, widget, base: 0, at, ...(cart !== undefined && { cart }) }
      const before = sent
      const told = await post({ ...asked, type: "open-widget", data: { at } })
      if (isOver || !told.answer?.ok) return told
      if (!isUp) goUp()
      // What was asked meanwhile knows better.
      if (told.answer.frame && before === sent) listener.frame(readied(told.answer.frame, false))
    }
    return { isBlocked: false }
  }

  const goUp = () => {
    isUp = true
    console.warn(
      `foyer: no WebSocket to ${socketOrigin(origin)} can be opened here, so the widget goes on by plain requests. For tickets and prices that change live, let the network or the page's Content-Security-Policy allow: connect-src ${origin} ${socketOrigin(origin)}`,
    )
    listener.up()
  }

  const begin = async (pauseMs: number) => {
    if (isOver) return
    const { answer, isBlocked } = await look(() => true)
    if (isOver || isUp) return
    if (isBlocked) return giveUp()
    if (answer && !answer.ok) return listener.refused(answer.code)
    setTimeout(() => void begin(Math.min(longestPauseMs, pauseMs * 2)), pauseMs)
  }

  const giveUp = () => {
    close()
    restSocket()
    console.error(
      `foyer: this page's Content-Security-Policy keeps the widget from its server. Add: connect-src ${origin} ${socketOrigin(origin)}`,
    )
    listener.blocked()
  }

  const close = () => {
    isOver = true
    isUp = false
    clearInterval(looking)
    stopListening.abort()
  }

  const looking = setInterval(() => {
    if (isUp && !document.hidden)
      void look((instance) => !shown.has(instance) || lively.has(instance))
  }, lookEveryMs)

  document.addEventListener(
    "securitypolicyviolation",
    ({ blockedURI, effectiveDirective }) => {
      if (effectiveDirective !== "connect-src") return
      if (blockedURI.startsWith(origin)) isBlocked = true
      // Some browsers tell no more of such an address than its scheme.
      if (/^wss?$/.test(blockedURI) || blockedURI.startsWith(socketOrigin(origin))) restSocket()
    },
    { signal: stopListening.signal },
  )
  void begin(2000)

  return {
    isUp: () => isUp,
    send: (command, answered) => {
      sent += 1
      void post(command).then(({ answer }) => {
        if (isOver || !answer?.ok || !answer.frame) return answered(answer)
        answered({ ...answer, frame: readied(answer.frame, true) })
      })
    },
    close,
  }
}

function socketOrigin(origin: string): string {
  return origin.replace(/^http/, "ws")
}
