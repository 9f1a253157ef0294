import type { FaultCode, Frame, Place, ShellWords } from "@foyer/shared/protocol"
import { html, LitElement, nothing } from "lit"
import { createAnnouncer } from "./announcer.ts"
import { brandSheet } from "./brand-sheet.ts"
import { isConsent } from "./host-commands.ts"
import { pageManager } from "./page-manager.ts"
import { openSession, type Session } from "./session.ts"
import { cutOffWords, english } from "./shell.ts"
import { styles } from "./styles.ts"

const troubleAfterMs = 700
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
  static override styles = styles

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

  #open(): void {
    const manager = pageManager()
    const view = this.renderRoot.querySelector("#view")
    if (this.#session) manager?.leave(this.#session)
    this.#session?.close()
    this.#session = undefined
    if (!manager || !view || !this.widget) return
    this.#session = openSession(this.#stage(view), manager, {
      widget: this.widget,
      at: this.#start(),
    })
    manager.join(this.#session)
  }

  #start(): Place {
    // Said only by the hosted page, of a checkout that was begun elsewhere.
    const at = this.getAttribute("at")
    if (at === "cart" || at === "payment") return { view: at }
    const isSlug = this.event !== undefined && /^[a-z0-9]+(-[a-z0-9]+)*$/.test(this.event)
    return isSlug && this.event ? { view: "event", event: this.event } : { view: "browse" }
  }

  #stage(view: Element) {
    return {
      host: this,
      root: this.renderRoot as ShadowRoot,
      view,
      wishes: () => ({ locale: this.locale, currency: this.currency, promo: this.promo }),
      isHosted: () => this.checkout === "hosted",
      link: (isUp: boolean) => this.#linked(isUp),
      greet: (frame: Frame) => this.#greeted(frame),
      announce: this.#announce,
      alert: (text: string) => this.#alarmed(text),
      fault: (code: FaultCode | "failed" | undefined) => {
        this.faultCode = code
        if (code) this.#alarmed(code === "please-reload" ? this.words.reload : this.words.failed)
      },
      blocked: (url: string, isPayment: boolean) => {
        this.hostedUrl = url
        this.isCutOff = !isPayment
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
    this.isCutOff = false
    this.faultCode = undefined
  }

  #greeted({ words, locale, brand }: Frame): void {
    this.isGreeted = true
    if (words) this.words = words
    if (locale) this.language = locale
    const root = this.renderRoot as ShadowRoot
    const sheets = FoyerCheckout.elementStyles.flatMap((style) =>
      style instanceof CSSStyleSheet ? [style] : (style.styleSheet ?? []),
    )
    if (brand) root.adoptedStyleSheets = [...sheets, brandSheet(brand)]
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
      <div
        id="view"
        lang=${this.language?.tag ?? nothing}
        dir=${this.language?.dir ?? nothing}
        ?hidden=${this.isCutOff}
      ></div>
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
      <a class="btn" href=${this.hostedUrl} part="button">${words.link}</a>
    </p>`
  }

  #tryAgain = () => {
    if (this.faultCode === "please-reload") return location.reload()
    this.faultCode = undefined
    pageManager()?.retry()
    if (this.#session) this.#session.go(this.#session.at)
  }
}
