import type { FrameLocator, Locator, Page } from "@playwright/test"
import { expect } from "#support/browser.ts"

/** The sandbox's cards that the stories pay with. */
export const cards = {
  good: "4242424242424242",
  declined: "4000000000000002",
  threeDSecure: "4000002760003184",
  processing: "4000000000000077",
} as const

export type Details = {
  readonly email: string
  readonly firstName: string
  readonly lastName: string
}

export const ada: Details = { email: "ada@example.com", firstName: "Ada", lastName: "Lovelace" }

/** The words a shopper looks for; the stories in another language bring their own. */
const english = {
  more: "One more",
  fewer: "One fewer",
  addPromo: "Add a promo code",
  promo: "Promo code",
  applied: (code: string) => `${code} applied`,
  checkOut: "Check out",
  onward: "Continue",
  email: "E-mail",
  firstName: "First name",
  lastName: "Last name",
  toPayment: "Continue to payment",
  pay: /^Pay /,
  done: "You’re going!",
  number: "Card number",
  expiry: "Expiry",
  code: "Security code",
}
type Says = Readonly<
  Record<Exclude<keyof typeof english, "applied">, string | RegExp> &
    Pick<typeof english, "applied">
>

const french: Says = {
  more: "Un de plus",
  fewer: "Un de moins",
  addPromo: "Ajouter un code promo",
  promo: "Code promo",
  applied: (code: string) => `${code} appliqué`,
  checkOut: "Commander",
  onward: "Continuer",
  email: "Courriel",
  firstName: "Prénom",
  lastName: "Nom",
  toPayment: "Passer au paiement",
  pay: /^Payer /,
  done: /^C’est réservé/,
  number: "Numéro de carte",
  expiry: "Expiration",
  code: "Code de sécurité",
}

/** The same verbs for somebody who reads French. */
export function shopperInFrench(page: Page): Shopper {
  return shopperOn(page, page.locator("foyer-checkout"), french)
}

/** What a person does in one widget, by what they can see and hear: roles and names, never our markup. */
export type Shopper = {
  readonly page: Page
  readonly widget: Locator
  openEvent(title: string): Promise<void>
  /** Presses + or - until the stepper says so. */
  setQuantity(title: string, quantity: number): Promise<void>
  applyPromo(code: string): Promise<void>
  /** From an event, over the cart, to the form. */
  checkOut(): Promise<void>
  fillDetails(details?: Details): Promise<void>
  /** Sends the form; answers when the payment form is there. */
  toPayment(): Promise<void>
  /** From an event to the payment form, as Ada. */
  reachPayment(): Promise<void>
  fillCard(number?: string): Promise<void>
  /** Chooses the way to pay that leads over the bank's own page. */
  chooseBank(): Promise<void>
  pressPay(): Promise<void>
  /** Fills the card in and presses Pay. */
  payByCard(number?: string): Promise<void>
  /** Answers the bank's question in the page. */
  answerBank(answer: "Approve" | "Fail"): Promise<void>
  /** The payment provider's form. */
  readonly cardForm: FrameLocator
  /** Waits for the end of a purchase; answers the order's number. */
  untilGoing(): Promise<string>
  /** Waits until these very words are on the screen. */
  untilSaid(words: string | RegExp): Promise<void>
  /** Of the two places that say it, narrow and wide, the one that is seen. */
  readonly seen: (found: Locator) => Locator
}

export function shopperOn(
  page: Page,
  widget = page.locator("foyer-checkout"),
  says: Says = english,
): Shopper {
  const seen = (found: Locator) => found.filter({ visible: true }).first()
  const cardForm = page.locator('iframe[title="Secure payment input frame"]').contentFrame()
  const shopper: Shopper = {
    page,
    widget,
    cardForm,
    seen,
    async openEvent(title) {
      await widget.getByRole("link", { name: title }).click()
      await expect(widget.getByRole("heading", { level: 2, name: title })).toBeVisible()
    },
    async setQuantity(title, quantity) {
      const stepper = widget.getByRole("group", { name: title, exact: true })
      const count = stepper.getByRole("status")
      await expect(count).toBeVisible()
      for (let now = await countIn(count); now !== quantity; now = await countIn(count)) {
        const button = stepper.getByRole("button", {
          name: now < quantity ? says.more : says.fewer,
        })
        await button.click()
        await expect(count).not.toHaveText(String(now))
      }
    },
    async applyPromo(code) {
      await seen(widget.getByText(says.addPromo)).click()
      const field = seen(widget.getByLabel(says.promo))
      await field.fill(code)
      await field.press("Enter")
      await expect(seen(widget.getByText(says.applied(code)))).toBeVisible()
    },
    async checkOut() {
      await seen(widget.getByRole("link", { name: says.checkOut })).click()
      await seen(widget.getByRole("button", { name: says.onward, exact: true })).click()
      await expect(widget.getByLabel(says.email)).toBeVisible()
    },
    async fillDetails({ email, firstName, lastName } = ada) {
      await widget.getByLabel(says.email).fill(email)
      await widget.getByLabel(says.firstName).fill(firstName)
      await widget.getByLabel(says.lastName, { exact: true }).fill(lastName)
    },
    async toPayment() {
      await widget.getByRole("button", { name: says.toPayment }).click()
      await expect(cardForm.getByLabel(says.number)).toBeVisible()
    },
    async reachPayment() {
      await shopper.checkOut()
      await shopper.fillDetails()
      await shopper.toPayment()
    },
    async fillCard(number = cards.good) {
      await cardForm.getByLabel(says.number).fill(number)
      await cardForm.getByLabel(says.expiry).fill("1234")
      await cardForm.getByLabel(says.code).fill("123")
    },
    async chooseBank() {
      const bank = cardForm.getByLabel("Bank redirect (sandbox)")
      await untilHeard(
        () => bank.click(soon),
        () => expect(bank).toBeChecked(soon),
      )
    },
    pressPay: () => seen(widget.getByRole("button", { name: says.pay })).click(),
    async payByCard(number) {
      await shopper.fillCard(number)
      await shopper.pressPay()
    },
    async answerBank(answer) {
      const bank = page.getByRole("dialog", { name: "3-D Secure" })
      const button = bank.locator("iframe").contentFrame().getByRole("button", { name: answer })
      await untilHeard(
        () => button.click(soon),
        () => expect(bank).toBeHidden(soon),
      )
    },
    untilSaid: (words) => expect(seen(widget.getByText(words, { exact: true }))).toBeVisible(),
    async untilGoing() {
      await expect(widget.getByRole("heading", { name: says.done })).toBeVisible()
      const said = await widget
        .getByText(/\bLS-[0-9A-Z]+\b/)
        .first()
        .textContent()
      return /LS-[0-9A-Z]+/.exec(said ?? "")?.[0] ?? ""
    },
  }
  return shopper
}

const soon = { timeout: 3000 }

/** A click on a frame of another origin that has just come may still go to the page under it: clicks until it is seen to be heard. */
async function untilHeard(click: () => Promise<void>, isHeard: () => Promise<void>): Promise<void> {
  await expect(async () => {
    // Where an earlier click was heard after all, there may be nothing left to click on.
    await click().catch(() => {})
    await isHeard()
  }).toPass({ timeout: 30_000 })
}

async function countIn(count: Locator): Promise<number> {
  return Number(await count.textContent())
}
