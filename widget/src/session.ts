import type {
  CommandType,
  Effect,
  FaultCode,
  FirstView,
  Frame,
  HostEvent,
  Place,
} from "@foyer/shared/protocol"
import { type Act, listen } from "./actions.ts"
import { type Countdown, startCountdown } from "./countdown.ts"
import { focusBefore, moveFocus } from "./focus.ts"
import { parseFragment } from "./fragment.ts"
import type { Cause, Manager, Member, Wishes } from "./manager.ts"
import { morph } from "./morph.ts"
import type { PaymentForm } from "./payment.ts"
import { randomId } from "./random-id.ts"
import { createRegions } from "./regions.ts"
import { skeleton } from "./shell.ts"
import { whenNear } from "./when-near.ts"
import { type Pending, showQuantities } from "./stepper.ts"

/** What the element lends to its session: where to show, and what to tell. */
export type Stage = {
  readonly host: HTMLElement
  readonly root: ShadowRoot
  readonly view: HTMLElement
  readonly wishes: () => Wishes
  readonly isHosted: () => boolean
  readonly link: (isUp: boolean) => void
  readonly greet: (frame: Pick<Frame, "words" | "locale" | "brand">) => void
  readonly announce: (text: string) => void
  readonly alert: (text: string) => void
  readonly fault: (code: FaultCode | "failed" | undefined) => void
  /** The payment form, or without `isPayment` the whole widget, is kept from its server: `url` is the hosted page. */
  readonly blocked: (url: string, isPayment: boolean) => void
}

/** What a buy button names, and how many of it. */
export type Item = { readonly item: string; readonly quantity: number }

export type Session = Member & {
  readonly go: (at: Place) => void
  readonly buy: (items: readonly Item[]) => void
  readonly deadline: () => number | undefined
  readonly close: () => void
}

/** One widget on the page: shows frames, sends what the shopper does, runs the frames' effects. It outlives moves of its element. */
export function openSession(
  stage: Stage,
  manager: Manager,
  start: { readonly widget: string; readonly at: Place; readonly first?: FirstView | undefined },
): Session {
  const { host, root, view } = stage
  const account = start.widget.split("/")[0] ?? ""
  const regions = createRegions(view)
  const pending: Pending = new Map()
  let isGreeted = false
  let payment: Promise<PaymentForm | undefined> | undefined
  let shown = viewOf(start.at)

  const ask = (type: CommandType, data: unknown, done: () => void = () => {}) =>
    manager.send(session, type, data, done)

  const unhide = () => view.style.removeProperty("visibility")

  const send: Act["send"] = (type, data, trigger) => {
    trigger?.setAttribute("aria-busy", "true")
    const price = type === "set-quantity" ? (data as { price: string }).price : undefined
    const wanted = price === undefined ? undefined : pending.get(price)
    ask(type, data, () => {
      trigger?.removeAttribute("aria-busy")
      // A later click is still on its way: its quantity stays on screen.
      if (price !== undefined && pending.get(price) === wanted) pending.delete(price)
      showQuantities(view, pending)
    })
  }

  const pay = async (agreed: Parameters<Act["pay"]>[0], trigger: Element) => {
    trigger.setAttribute("aria-busy", "true")
    const form = await payment
    const problem = await form?.submit()
    // Without a form to confirm it with, nothing is begun.
    if (problem === undefined && (form || !payment)) return send("pay", agreed, trigger)
    trigger.removeAttribute("aria-busy")
    if (problem === undefined) stage.blocked(hosted(), true)
    else stage.alert(problem)
  }

  const receive = (frame: Frame, cause?: Cause) => {
    if (cause) {
      unhide()
      stage.fault(undefined)
    }
    const before = focusBefore(root, frame.focus)
    const viewChanged = shown !== viewOf(frame.at)
    regions.show(frame.regions, isGreeted && !cause && !viewChanged)
    showQuantities(view, pending)
    countdown.show(frame.now)
    if (cause?.type === "navigate" && shown.startsWith("success") && viewChanged)
      manager.carts.forget(account)
    shown = viewOf(frame.at)
    const isOwn = isGreeted && cause !== undefined
    const isForm = cause !== undefined && answersForm(cause)
    moveFocus(root, before, frame.focus, { viewChanged, isOwn, isForm })
    if (!isGreeted || frame.words || frame.brand) stage.greet(frame)
    if (frame.announce) stage.announce(frame.announce)
    // In the next view an old alarm is no longer true, and a screen reader would still come upon it.
    if (frame.alert || viewChanged) stage.alert(frame.alert ?? "")
    if (!isGreeted) tellHost("ready", { widget: start.widget })
    isGreeted = true
    for (const effect of frame.effects ?? []) run(effect)
  }

  const tellHost = (event: HostEvent, detail: Readonly<Record<string, unknown>>) =>
    host.dispatchEvent(new CustomEvent(`foyer:${event}`, { detail, bubbles: true, composed: true }))

  const run = (effect: Effect) => {
    switch (effect.type) {
      case "store-cart":
        return storeCart(manager, effect)
      case "mount-payment":
        return stage.isHosted() ? leaveToPay() : mountPayment(effect)
      case "confirm-payment":
        return void confirm(effect)
      case "fire-conversions":
        return manager.convert(effect, (outcomes) =>
          ask("ack-conversions", { order: effect.order, outcomes }),
        )
      case "navigate":
        return navigate(effect.url)
      case "tell-host":
        return tellOnce(effect)
      default:
        console.warn("foyer: unknown effect", effect satisfies never)
    }
  }

  /** A purchase is told once, whatever reloads its success view. */
  const tellOnce = ({ event, detail }: Extract<Effect, { type: "tell-host" }>) => {
    const isNews =
      event !== "purchase" || manager.once(`purchase.${String(detail["transaction_id"])}`)
    if (isNews) tellHost(event, detail)
  }

  const hosted = (query = "?at=payment") => hostedPage(manager, start.widget, account, query)

  /** Who comes back by the browser's button finds the cart, not the way out again. */
  const leaveToPay = () => {
    session.at = { view: "cart" }
    location.assign(hosted())
  }

  const mountPayment = (effect: Extract<Effect, { type: "mount-payment" }>) => {
    payment ??= import("./payment.ts").then(
      ({ createPaymentForm }) =>
        createPaymentForm(host, root, {
          pay: (agreed) => send("pay", agreed),
          blocked: () => stage.blocked(hosted(), true),
        }),
      () => {
        stage.blocked(hosted(), true)
        return undefined
      },
    )
    void payment.then((form) => form?.mount(effect))
  }

  const confirm = async (effect: Extract<Effect, { type: "confirm-payment" }>) => {
    const form = await payment
    if (!form) return
    if (await form.confirm(effect)) return ask("complete", {})
    // What the server wants to charge is not what the shopper saw: nothing is confirmed, and the view is asked for anew.
    ask("back", {}, () => stage.fault("failed"))
  }

  /** Nothing can be shown here, but the hosted page has it all. */
  const cutOffHere = () => {
    const { event } = start.at
    stage.blocked(hosted(event ? `?event=${event}` : ""), false)
  }

  const refuseSite = () => {
    console.error(
      `foyer: ${location.origin} may not show ${start.widget}. Add it to the account's allowed origins.`,
    )
    cutOffHere()
  }

  const member: Member = {
    instance: randomId(),
    widget: start.widget,
    account,
    at: start.at,
    wishes: stage.wishes,
    whenNear: (connect) => (start.first ? whenNear(host, connect) : queueMicrotask(connect)),
    receive,
    link: stage.link,
    fault: (code) => {
      tellHost("error", { code })
      if (code === "unknown-widget") console.error(`foyer: there is no widget "${start.widget}"`)
      if (code === "origin-not-allowed") refuseSite()
      else stage.fault(code)
    },
    blocked: cutOffHere,
  }

  if (!start.first) morph(view, parseFragment(skeleton))
  listen(root, { send, pay: (agreed, trigger) => void pay(agreed, trigger), pending })
  const countdown: Countdown = startCountdown(view, Date.now, () =>
    ask("open-widget", { at: member.at }),
  )

  // What is painted already is the same: nothing on the screen changes.
  if (start.first) {
    regions.show(start.first.regions)
    stage.greet(start.first)
  }

  const session: Session = Object.assign(member, {
    go: (at: Place) => ask("navigate", { at }),
    buy: (items: readonly Item[]) => {
      // A widget that was opened for them does not show its empty cart first.
      if (!isGreeted) view.style.visibility = "hidden"
      ask("add-items", { items }, unhide)
    },
    deadline: countdown.deadline,
    close: () => {
      countdown.stop()
      void payment?.then((form) => form?.close())
    },
  })
  return session
}

const viewOf = ({ view, event }: Place) => `${view} ${event ?? ""}`

/** What a button elsewhere asked for, and what went wrong with a form, is gone to, even when it is there already. */
function answersForm({ type, isRefused }: Cause): boolean {
  const isGoneTo = type === "complete" || type === "add-items"
  return isGoneTo || (isRefused && (type === "submit-details" || type === "pay"))
}

function storeCart(manager: Manager, effect: Extract<Effect, { type: "store-cart" }>): void {
  const { account, region, completed } = effect
  manager.carts.note(account, {
    ...(region !== undefined && { region }),
    ...(completed !== undefined && { completed }),
  })
}

/** The cart's token rides in the hash, which no server log sees. */
function hostedPage(
  { origin, carts }: Manager,
  widget: string,
  account: string,
  query: string,
): string {
  const { token } = carts.read(account)
  return `${origin}/v1/w/${widget}${query}${token ? `#cart=${token}` : ""}`
}

function navigate(url: string): void {
  if (/^https?:\/\//i.test(url)) location.assign(url)
}
