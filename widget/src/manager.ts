import type {
  Answer,
  Command,
  CommandType,
  Consent,
  FaultCode,
  Frame,
  Handshake,
  Place,
} from "@foyer/shared/protocol"
import { protocolVersion } from "@foyer/shared/wire"
import { accountOf, type CartTokens, openCartTokens } from "./cart-token.ts"
import { type Connection, openConnection } from "./connection.ts"
import type { Conversions, Order, Outcome } from "./conversions.ts"
import { createOutbox, type Outbox } from "./outbox.ts"
import type { Page } from "./page.ts"
import { randomId, randomToken } from "./random-id.ts"
import { pageStorage } from "./safe-storage.ts"

/** One widget instance, as the page's manager knows it. */
export type Member = {
  readonly instance: string
  readonly widget: string
  readonly account: string
  readonly wishes: () => Wishes
  at: Place
  /** Calls when the widget needs its server: at once, or where it shows its first view already, when somebody comes near. */
  readonly whenNear: (connect: () => void) => void
  readonly receive: (frame: Frame, cause?: Cause) => void
  readonly link: (isUp: boolean) => void
  readonly fault: (code: FaultCode) => void
  /** The page itself forbids every way to the server. */
  readonly blocked: () => void
}

/** The embed's attributes that the server must know before it renders. */
export type Wishes = {
  readonly locale?: string | undefined
  readonly currency?: string | undefined
  readonly promo?: string | undefined
}

/** The command a frame answers. */
export type Cause = { readonly type: CommandType; readonly isRefused: boolean }

export type Manager = {
  readonly origin: string
  readonly carts: CartTokens
  /** Fires an order's conversions; `told` hears what became of each. */
  readonly convert: (order: Order, told: (outcomes: readonly Outcome[]) => void) => void
  readonly join: (member: Member) => void
  /** A page builder that moves the element joins again at once: the session ends only when it does not. */
  readonly leave: (member: Member) => void
  readonly send: (member: Member, type: CommandType, data: unknown, done: () => void) => void
  readonly consent: (consent: Consent) => void
  readonly retry: () => void
  /** True the first time on this page and in this browser's storage: what was told is not told again. */
  readonly once: (key: string) => boolean
}

const leaveAfterMs = 1000

/** The page's one manager: one connection for all its widgets, one cart for each account. */
export function createManager({ origin, arrival }: Page): Manager {
  const storage = pageStorage()
  const carts = openCartTokens(storage, randomToken)
  const members = new Map<string, Member>()
  const leaving = new Map<string, ReturnType<typeof setTimeout>>()
  const visit = randomId()
  const revs = new Map<string, number>()
  const seqs = new Map<string, number>()
  let announced = new Set<string>()
  let consent: Consent = "unknown"
  let conversions: Promise<Conversions> | undefined
  let connection: Connection | undefined
  let isUp = false
  let owesReturn = arrival.returned
  let ownsPromo = false

  const outbox: Outbox = createOutbox({
    send: (command, answered) =>
      connection ? connection.send(command, answered) : answered(undefined),
    later: (run, delayMs) => void setTimeout(run, delayMs),
  })

  const send: Manager["send"] = (member, type, data, done) => {
    if (type === "apply-promo" || type === "remove-promo") ownsPromo = true
    const op = randomId()
    const seal = () => envelope(member, op, type, data)
    const settled = (answer: Answer | undefined) => {
      if (answer?.ok && answer.frame)
        receive(answer.frame, { type, isRefused: answer.outcome === "refused" })
      if (!answer?.ok) fault(member, answer)
      done()
    }
    const merge = mergeKey(member, type, data)
    connect()
    outbox.add({ op, type, lane: member.account, seal, done: settled, ...(merge && { merge }) })
  }

  const envelope = (member: Member, op: string, type: CommandType, data: unknown): Command => {
    const cart = carts.tokenFor(member.account, type)
    const { instance, widget, account, at } = member
    const base = revs.get(account) ?? 0
    return { op, instance, widget, base, at, type, data, ...(cart && { cart }) } as Command
  }

  const receive = (frame: Frame, cause?: Cause) => {
    const member = members.get(frame.instance)
    if (!member || frame.seq <= (seqs.get(frame.instance) ?? -1)) return
    seqs.set(frame.instance, frame.seq)
    revs.set(member.account, frame.rev)
    member.at = frame.at
    member.receive(frame, cause)
  }

  const up = () => {
    isUp = true
    seqs.clear()
    outbox.connected(true)
    for (const member of members.values()) {
      member.link(true)
      if (!announced.has(member.instance)) introduce(member)
    }
    if (owesReturn) askForReturned()
    owesReturn = false
  }

  const down = () => {
    isUp = false
    outbox.connected(false)
    for (const member of members.values()) member.link(false)
  }

  const introduce = (member: Member) => send(member, "open-widget", { at: member.at }, () => {})

  /** Back from a redirect payment, nobody has told the server yet. */
  const askForReturned = () => {
    const paying = new Map([...members.values()].map((member) => [member.account, member]))
    for (const [account, member] of paying)
      if (carts.read(account).token) send(member, "complete", {}, () => {})
  }

  const handshake = (): Handshake => {
    announced = new Set(members.keys())
    return greet([...members.values()], { carts, revs, consent, arrival, visit, ownsPromo })
  }

  const connect = () => {
    if (members.size > 0)
      connection ??= openConnection(origin, {
        handshake,
        up,
        down,
        refused: (code) => members.forEach((member) => member.fault(code)),
        blocked: () => members.forEach((member) => member.blocked()),
        frame: receive,
      })
  }

  /** Loaded after the purchase: nothing before it needs them. */
  const convert = async (order: Order, told: (outcomes: readonly Outcome[]) => void) => {
    conversions ??= import("./conversions.ts").then(({ createConversions }) =>
      createConversions(storage, window as unknown as Record<string, unknown>, consent),
    )
    const { tell } = await conversions
    tell(order, told)
  }

  const depart = (member: Member) => {
    leaving.delete(member.instance)
    members.delete(member.instance)
    if (members.size > 0) return
    connection?.close()
    connection = undefined
  }

  window.addEventListener("storage", ({ key }) => {
    // Another tab has begun, changed or completed the cart. Who still looks at an order keeps it.
    for (const member of members.values())
      if (member.account === accountOf(key) && member.at.view !== "success") introduce(member)
  })

  return {
    origin,
    carts,
    convert: (order, told) => void convert(order, told),
    join: (member) => {
      clearTimeout(leaving.get(member.instance))
      leaving.delete(member.instance)
      if (members.has(member.instance)) return
      members.set(member.instance, member)
      const { token, region } = carts.read(member.account)
      // All widgets that the parser has made by then ride in one handshake.
      if (token || region || arrival.returned) queueMicrotask(connect)
      else member.whenNear(connect)
      if (isUp) introduce(member)
    },
    leave: (member) => {
      leaving.set(
        member.instance,
        setTimeout(() => depart(member), leaveAfterMs),
      )
    },
    send,
    consent: (given) => {
      if (given === consent) return
      consent = given
      void conversions?.then((held) => held.consent(given))
      const [first] = members.values()
      if (first && connection) send(first, "set-consent", { consent }, () => {})
    },
    retry: () => connection?.retry(),
    once: (key) => {
      const isNew = storage.get(`foyer.v1.once.${key}`) === undefined
      if (isNew) storage.set(`foyer.v1.once.${key}`, "1")
      return isNew
    },
  }
}

function fault(member: Member, answer: Extract<Answer, { ok: false }> | undefined): void {
  if (answer) console.warn(`foyer: ${answer.code}: ${answer.message}`)
  member.fault(answer?.code ?? "server-error")
}

/** A later command of the same kind makes an unsent earlier one pointless: quantities and places are absolute. */
function mergeKey({ instance }: Member, type: CommandType, data: unknown): string | undefined {
  if (type === "set-quantity") return `${type} ${(data as { price: string }).price}`
  const isLastWord = type === "save-details" || type === "navigate" || type === "open-widget"
  return isLastWord ? `${type} ${instance}` : undefined
}

type Known = {
  readonly carts: CartTokens
  readonly revs: ReadonlyMap<string, number>
  readonly consent: Consent
  readonly arrival: Page["arrival"]
  readonly visit: string
  /** The shopper has typed or removed a code: the page's own is not offered again. */
  readonly ownsPromo: boolean
}

const maxWidgets = 20
const maxAccounts = 10

/** What the page says on each connect. Attributes are the host's to mistype: what does not fit is left out rather than refused. */
function greet(members: readonly Member[], known: Known): Handshake {
  const accounts = [...new Set(members.map(({ account }) => account))].slice(0, maxAccounts)
  const wishes = members.map((member) => member.wishes())
  const wish = (name: keyof Wishes, pattern: RegExp) =>
    wishes.map((each) => each[name]?.trim()).find((value) => value && pattern.test(value))
  const currency = wish("currency", /^[a-z]{3}$/i)?.toLowerCase()
  // Who followed a promo link was promised its code, whatever the page itself offers.
  const promo = known.arrival.promo ?? wish("promo", /^.{1,40}$/)
  const locale = [wish("locale", localeTag), document.documentElement.lang, navigator.language]
  return {
    protocol: protocolVersion,
    widgets: members
      .slice(0, maxWidgets)
      .map(({ instance, widget, at }) => ({ instance, widget, at })),
    carts: Object.fromEntries(accounts.map((account) => [account, cartOf(account, known)])),
    locale: locale.find((tag) => tag && localeTag.test(tag)) ?? "en",
    timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
    page: known.arrival.page,
    touches: known.arrival.touch ? [known.arrival.touch] : [],
    visit: known.visit,
    consent: known.consent,
    ...(currency && { currency }),
    ...(promo && !known.ownsPromo && { promo }),
  }
}

const localeTag = /^[A-Za-z0-9-]{2,35}$/

function cartOf(account: string, { carts, revs }: Known): Handshake["carts"][string] {
  const { token, region } = carts.read(account)
  const rev = revs.get(account)
  return { ...(token && { token }), ...(region && { region }), ...(rev && { rev }) }
}
