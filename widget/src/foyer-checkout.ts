import type { FaultCode, FirstView, Frame, Place, ShellWords } from "@foyer/shared/protocol"
import { html, LitElement, nothing } from "lit"
import { createAnnouncer } from "./announcer.ts"
import { brandSheet } from "./brand-sheet.ts"
import { isConsent } from "./host-commands.ts"
import { fits } from "./first-fit.ts"
import { pageManager } from "./page-manager.ts"
import { pageKey } from "./page.ts"
import { type Item, openSession, type Session } from "./session.ts"
import { cutOffWords, english } from "./shell.ts"

type Greeting = Pick<Frame, "words" | "locale" | "brand">

const troubleAfterMs = 700
/** In a sandboxed frame, which the hosted page refuses to be shown in. */
const isSandboxed = window.origin === "null"
/** As the server writes times. */
const clock = { hour: "2-digit", minute: "2-digit", hourCycle: "h23" } as const
/** Rendered, but no attribute. */
const own = { state: true }

/** The element: its attributes, its life in the document, and the shell around the view that the server renders. */
export class FoyerCheckout extends LitElement {
  static override properties = {
    widget: {},
    event: {},
    promo: {},
    locale: {},
    currency: {},
    theme: { reflect: true },
    consent: {},
    checkout: {},
    words: own,
    language: own,
    isInTrouble: own,
    isGreeted: own,
    faultCode: own,
    hostedUrl: own,
    isCutOff: own,
    announcement: own,
    alarm: own,
  }

  declare widget: string | undefined
  declare event: string | undefined
  declare promo: string | undefined
  declare locale: string | undefined
  declare currency: string | undefined
  declare theme: string | undefined
  declare consent: string | undefined
  declare checkout: string | undefined
  declare private words: ShellWords
  declare private language: Frame["locale"]
  declare private isInTrouble: boolean
  declare private isGreeted: boolean
  declare private faultCode: FaultCode | "failed" | undefined
  declare private hostedUrl: string | undefined
  declare private isCutOff: boolean
  declare private announcement: string
  declare private alarm: string

  #view: HTMLElement = document.createElement("div")
  #session: Session | undefined
  #trouble: ReturnType<typeof setTimeout> | undefined
  #announce = createAnnouncer((text) => (this.announcement = text))

  constructor() {
    super()
    this.words = english
    this.isInTrouble = false
    this.isGreeted = false
    this.isCutOff = false
    this.announcement = ""
    this.alarm = ""
  }

  /** The view stands beside what Lit renders: it may have been painted before the module was there, and stays where it is. */
  protected override createRenderRoot() {
    const painted = this.shadowRoot?.adoptedStyleSheets
    const root = super.createRenderRoot() as ShadowRoot
    const sheet = window[pageKey]?.sheet
    root.adoptedStyleSheets = painted ?? (sheet ? [sheet] : [])
    this.#view = root.querySelector<HTMLElement>("#view") ?? this.#view
    if (!this.#view.isConnected) root.append(Object.assign(this.#view, { id: "view" }))
    this.renderOptions.renderBefore = this.#view
    return root
  }

  override connectedCallback(): void {
    super.connectedCallback()
    if (this.#session) pageManager()?.join(this.#session)
  }

  override disconnectedCallback(): void {
    if (this.#session) pageManager()?.leave(this.#session)
    super.disconnectedCallback()
  }

  protected override updated(changed: Map<string, unknown>): void {
    if (changed.has("consent") && isConsent(this.consent)) pageManager()?.consent(this.consent)
    if (changed.has("widget")) this.#open()
    else if (changed.has("event")) this.#session?.go(this.#start())
  }

  /** Puts what a button names into the cart, and shows it. */
  async buy(items: readonly Item[]): Promise<void> {
    await this.updateComplete
    this.#session?.buy(items)
    this.scrollIntoView({ block: "nearest" })
  }

  #open(): void {
    const manager = pageManager()
    if (this.#session) manager?.leave(this.#session)
    this.#session?.close()
    this.#session = undefined
    if (!manager || !this.widget) return
    const page = window[pageKey]
    const first = page?.firsts?.find((each) => fits(each, this))
    this.#session = openSession(this.#stage(first), manager, {
      widget: this.widget,
      at: this.#start(),
      first,
    })
    manager.join(this.#session)
    const { clicked } = page ?? {}
    if (!page || !clicked || !this.#view.contains(clicked)) return
    delete page.clicked
    clicked.click()
  }

  #start(): Place {
    // Said only by the hosted page, of a checkout that was begun elsewhere.
    const at = this.getAttribute("at")
    if (at === "cart" || at === "payment") return { view: at }
    const isSlug = this.event !== undefined && /^[a-z0-9]+(-[a-z0-9]+)*$/.test(this.event)
    return isSlug && this.event ? { view: "event", event: this.event } : { view: "browse" }
  }

  #stage(first: FirstView | undefined) {
    return {
      host: this,
      root: this.renderRoot as ShadowRoot,
      view: this.#view,
      wishes: () => ({
        locale: this.locale ?? first?.locale.tag,
        currency: this.currency,
        promo: this.promo,
      }),
      isHosted: () => this.checkout === "hosted" && !isSandboxed,
      link: (isUp: boolean) => this.#linked(isUp),
      greet: (frame: Greeting) => this.#greeted(frame),
      announce: this.#announce,
      alert: (text: string) => this.#alarmed(text),
      fault: (code: FaultCode | "failed" | undefined) => {
        this.faultCode = code
        if (code) this.#alarmed(code === "please-reload" ? this.words.reload : this.words.failed)
      },
      blocked: (url: string, isPayment: boolean) => {
        this.hostedUrl = url
        this.isCutOff = !isPayment && !this.isGreeted
        this.#view.hidden = this.isCutOff
      },
    }
  }

  /** A short drop is nobody's business. */
  #linked(isUp: boolean): void {
    if (!isUp) {
      this.#trouble ??= setTimeout(() => (this.isInTrouble = true), troubleAfterMs)
      return
    }
    clearTimeout(this.#trouble)
    this.#trouble = undefined
    this.isInTrouble = false
    this.#view.hidden = this.isCutOff = false
    this.faultCode = undefined
  }

  #greeted({ words, locale, brand }: Greeting): void {
    this.isGreeted = true
    if (words) this.words = words
    if (locale) this.language = locale
    if (locale && locale.tag !== this.#view.lang)
      Object.assign(this.#view, { lang: locale.tag, dir: locale.dir })
    const root = this.renderRoot as ShadowRoot
    const { sheet } = window[pageKey] ?? {}
    if (brand) root.adoptedStyleSheets = [...(sheet ? [sheet] : []), brandSheet(brand)]
  }

  /** The same words twice are two alarms. */
  #alarmed(text: string): void {
    this.alarm = ""
    void this.updateComplete.then(() => (this.alarm = text))
  }

  #heldUntil(): string {
    const deadline = this.#session?.deadline()
    if (deadline === undefined) return this.words.nothingLost
    const time = new Intl.DateTimeFormat(this.language?.tag, clock)
    return this.words.stillHeld.replace("{time}", time.format(deadline))
  }

  protected override render() {
    return html`${this.#troubleNote()}${this.#faultNote()}${this.#blockedNote()}
      <div class="sr" role="status">${this.announcement}</div>
      <div class="sr" role="alert">${this.alarm}</div>
      ${this.isInTrouble && !this.isGreeted ? html`<slot></slot>` : nothing}`
  }

  #troubleNote() {
    if (!this.isInTrouble || this.isCutOff) return nothing
    return html`<p id="trouble" class="note warn" part="panel">
      <b>${this.words.reconnecting}</b><span>${this.#heldUntil()}</span>
    </p>`
  }

  #faultNote() {
    if (!this.faultCode) return nothing
    const isOld = this.faultCode === "please-reload"
    return html`<p id="fault" class="note bad" part="panel">
      <b>${isOld ? this.words.reload : this.words.failed}</b>
      <button class="link" type="button" @click=${this.#tryAgain}>${this.words.tryAgain}</button>
    </p>`
  }

  #blockedNote() {
    if (!this.hostedUrl) return nothing
    const { paymentBlocked: title, paymentBlockedWhy: why, payOnSecurePage: link } = this.words
    const words = this.isCutOff ? cutOffWords() : { title, why, link }
    return html`<p id="blocked" class="note warn" part="panel">
      <b>${words.title}</b><span>${words.why}</span>
      <a class="btn" href=${this.hostedUrl} target=${isSandboxed ? "_blank" : "_self"} part="button"
        >${words.link}</a
      >
    </p>`
  }

  #tryAgain = () => {
    if (this.faultCode === "please-reload") return location.reload()
    this.faultCode = undefined
    pageManager()?.retry()
    if (this.#session) this.#session.go(this.#session.at)
  }
}
