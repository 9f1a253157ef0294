import {
  type Infer,
  list,
  object,
  oneOf,
  optional,
  type Parsed,
  record,
  text,
  whole,
} from "./parse.ts"
import type { ConversionPayload } from "./conversion.ts"

// Apart from the schemas, so that the widget can know these without carrying those.
export { layoutRegion, protocolVersion } from "./wire.ts"

/** Random ids made in the browser: the op of a command, the instance of a widget. */
const uuid = text(36, 36, /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/)
const slug = text(80, 1, /^[a-z0-9]+(-[a-z0-9]+)*$/)
/** `account-slug/widget-slug`. */
const widgetName = text(161, 3, /^[a-z0-9]+(-[a-z0-9]+)*\/[a-z0-9]+(-[a-z0-9]+)*$/)
/** 32 random bytes as base64url: whoever has it has the cart. Made by the browser, kept hashed by the server. */
const cartToken = text(43, 43, /^[A-Za-z0-9_-]{43}$/)
/** BCP 47, loosely: the server picks the nearest locale that the organizer has. */
const localeTag = text(35, 2, /^[A-Za-z0-9-]+$/)

export const views = ["browse", "event", "cart", "details", "payment", "success"] as const
export type View = (typeof views)[number]

/** Where a widget instance is: owned by the browser, echoed by the server. */
const place = object({
  view: oneOf(...views),
  /** Event slug. */
  event: optional(slug),
  /** Showtime id. */
  showtime: optional(uuid),
  /** Browse filter: a category or a month `2026-11`. */
  filter: optional(text(40)),
})
export type Place = Infer<typeof place>

/** What a landing URL told about where a visitor came from; every field trimmed and length-limited. */
const touch = object({
  /** Milliseconds since the epoch, by the browser's clock. */
  at: whole(0, 8.64e15),
  source: optional(text(200)),
  medium: optional(text(200)),
  campaign: optional(text(200)),
  content: optional(text(200)),
  term: optional(text(200)),
  clickIds: optional(
    record(
      oneOf("gclid", "gbraid", "wbraid", "fbclid", "rdt_cid", "msclkid", "ttclid"),
      text(500),
      7,
    ),
  ),
  ref: optional(text(200)),
  customerReferralCode: optional(text(200)),
  accessCode: optional(text(200)),
  referrer: optional(text(500)),
  landingPage: optional(text(500)),
})
export type Touch = Infer<typeof touch>

const consent = oneOf("granted", "denied", "unknown")
export type Consent = Infer<typeof consent>

/** Said on every connect and with every HTTP command: who asks, from where, and what they already have. */
const handshake = object({
  protocol: whole(1, 1000),
  widgets: list(object({ instance: uuid, widget: widgetName, at: place }), 20),
  /** By account slug. `rev` is the revision on screen, `region` the shopper's choice. */
  carts: record(
    slug,
    object({
      token: optional(cartToken),
      rev: optional(whole(0, Number.MAX_SAFE_INTEGER)),
      region: optional(slug),
    }),
    10,
  ),
  locale: localeTag,
  /** The embed's `currency` attribute: picks the first region when the shopper has not. */
  currency: optional(text(3, 3, /^[a-z]{3}$/)),
  /** The embed's `promo` attribute or a promo link. */
  promo: optional(text(40)),
  timeZone: optional(text(60)),
  /** The host page's address without query and hash; where a redirect payment returns to. */
  page: optional(text(2000)),
  touches: list(touch, 20),
  /** Random, made as the page is opened and kept nowhere: a reconnect is no second visit. */
  visit: optional(uuid),
  consent,
})
export type Handshake = Infer<typeof handshake>
export const parseHandshake: (input: unknown) => Parsed<Handshake> = handshake

const nothing = object({})
const answers = record(text(60, 1, /^[a-z][a-z0-9_-]*$/i), text(2000), 60)

/** The closed set of commands and what each carries. Quantities are absolute, never "+1". */
const commands = {
  /** Show this instance; also how a widget mounted later introduces itself. */
  "open-widget": object({ at: place }),
  navigate: object({ at: place }),
  /** `price` is a price type's id. `amount`, for pay-what-you-like, is what was typed, in the cart's currency. 0 removes. */
  "set-quantity": object({ price: uuid, quantity: whole(0, 1000), amount: optional(text(20)) }),
  /** What a buy button carries: price types' ids, or `event/product` where that leaves one choice. At least so many of each. */
  "add-items": object({
    items: list(object({ item: text(200, 1), quantity: whole(1, 1000) }), 20),
  }),
  "choose-region": object({ region: slug }),
  "apply-promo": object({ code: text(40) }),
  "remove-promo": nothing,
  /** On to the form: holds are extended once. */
  "go-to-checkout": nothing,
  /** Keep what is typed, judge nothing but a mistyped mail domain. */
  "save-details": object({ values: answers }),
  "submit-details": object({ values: answers }),
  /** The amount the shopper sees and agrees to, in minor units. */
  pay: object({
    amountMinor: whole(0, Number.MAX_SAFE_INTEGER),
    currency: text(3, 3, /^[a-z]{3}$/),
  }),
  /** The provider's form has answered, well or badly: look at what is true. */
  complete: nothing,
  /** One step back; leaves a payment that has not succeeded. */
  back: nothing,
  /** Hold what was lost to the clock again. */
  "renew-holds": nothing,
  "discard-lost": nothing,
  "set-consent": object({ consent }),
  "ack-conversions": object({
    order: uuid,
    outcomes: list(
      object({
        destination: oneOf("meta", "ga4", "google-ads", "reddit"),
        outcome: oneOf("fired", "no-consent", "missing-library"),
      }),
      10,
    ),
  }),
} as const

export type CommandType = keyof typeof commands
export const commandTypes = Object.keys(commands) as readonly CommandType[]
export type CommandData<T extends CommandType> = Infer<(typeof commands)[T]>

const envelope = object({
  /** Made once per click by the browser and kept over resends: the command runs once. */
  op: uuid,
  instance: uuid,
  widget: widgetName,
  cart: optional(cartToken),
  /** The cart's revision on screen. */
  base: whole(0, Number.MAX_SAFE_INTEGER),
  at: place,
  type: oneOf(...commandTypes),
})
export type Envelope = Infer<typeof envelope>

export type Command = {
  [T in CommandType]: Envelope & { readonly type: T; readonly data: CommandData<T> }
}[CommandType]

export function parseCommand(input: unknown): Parsed<Command> {
  const head = envelope(input)
  if (!head.ok) return head
  const data = commands[head.value.type]((input as { data?: unknown }).data ?? {}, ".data")
  return data.ok ? { ok: true, value: { ...head.value, data: data.value } as Command } : data
}

/** HTTP fallback, `POST /v1/w/:account/:widget/command`: the same handshake and the same envelope in one body. */
export type CommandRequest = { readonly handshake: Handshake; readonly command: Command }

export type Region = { readonly id: string; readonly html: string }

/** What the server answers with: state, not a delta. Only regions that differ from what this connection last got are sent. */
export type Frame = {
  readonly instance: string
  /** The cart's revision; 0 without a cart. */
  readonly rev: number
  /** Rises per connection and orders frames: a lower one is dropped. */
  readonly seq: number
  readonly at: Place
  readonly regions: readonly Region[]
  /** For the polite live region. */
  readonly announce?: string
  /** For the assertive one: an error the shopper must hear. */
  readonly alert?: string
  /** Id, in the fragment, of the element that takes focus when the view changed or the focused one is gone. */
  readonly focus?: string
  /** Server clock, milliseconds since the epoch: countdowns use the difference. */
  readonly now: number
  readonly effects?: readonly Effect[]
  /** In an instance's first frame: what the shell says when the server cannot be asked. */
  readonly words?: ShellWords
  /** In an instance's first frame and when it was changed: the organizer's brand, as `--foyer-*` custom properties that the page's own may override. */
  readonly brand?: {
    readonly theme?: "light" | "dark"
    readonly properties: Readonly<Record<string, string>>
  }
  /** In an instance's first frame: BCP 47 and direction of the fragments. */
  readonly locale?: { readonly tag: string; readonly dir: "ltr" | "rtl" }
}

/** What the script of one widget shows before anything was asked: the frame that whoever comes to the place sees first. */
export type FirstView = Required<Pick<Frame, "at" | "regions" | "words" | "brand" | "locale">> & {
  /** `account/widget`. */
  readonly widget: string
  /** The currency that the script's address asks for. */
  readonly currency?: string
  /** All the languages that the organizer has. */
  readonly locales: readonly string[]
}

export type ShellWords = {
  readonly reconnecting: string
  /** Has `{time}` when tickets are held. */
  readonly stillHeld: string
  readonly nothingLost: string
  readonly paymentBlocked: string
  readonly paymentBlockedWhy: string
  readonly payOnSecurePage: string
  readonly reload: string
  readonly failed: string
  readonly tryAgain: string
}

/** Things a frame asks the browser to do: data from a closed set, never script. Unknown ones are ignored. */
export type Effect =
  | {
      readonly type: "store-cart"
      readonly account: string
      readonly region?: string
      readonly completed?: boolean
    }
  | {
      readonly type: "mount-payment"
      readonly publishableKey: string
      readonly amountMinor: number
      readonly currency: string
      readonly locale: string
      /** Only with the payment sandbox: its own script, loaded instead of Stripe's. */
      readonly script?: string
      readonly buyer: { readonly name: string; readonly email: string }
    }
  | {
      readonly type: "confirm-payment"
      readonly clientSecret: string
      readonly amountMinor: number
      readonly currency: string
    }
  | {
      readonly type: "fire-conversions"
      readonly order: string
      readonly payloads: readonly ConversionPayload[]
    }
  | { readonly type: "navigate"; readonly url: string }
  | {
      readonly type: "tell-host"
      readonly event: HostEvent
      readonly detail: Readonly<Record<string, unknown>>
    }

/** Dispatched on the element as `foyer:<name>`, bubbling and composed, with GA4-shaped detail. */
export type HostEvent = "ready" | "view" | "cart" | "begin-checkout" | "purchase" | "error"

export type FaultCode =
  | "bad-request"
  | "unknown-widget"
  | "origin-not-allowed"
  | "please-reload"
  | "too-many-requests"
  | "op-reused"
  | "server-error"

/** The ack. A refusal (sold out, code expired) is an answer like any other: the frame says it in words. */
export type Answer =
  | {
      readonly ok: true
      readonly outcome: "done" | "refused" | "working"
      readonly reason?: string
      readonly frame?: Frame
    }
  | { readonly ok: false; readonly code: FaultCode; readonly message: string }

export type ClientMessages = { command: (command: unknown, ack: (answer: Answer) => void) => void }
export type ServerMessages = { frame: (frame: Frame) => void }
