import type { Page } from "@playwright/test"
import { expectBooks, ordersOf } from "#support/books.ts"
import { cards, shopperOn } from "#support/shopper.ts"
import { expect, test } from "#support/world.ts"

const gala = "New Year’s Eve Gala"

/** Writes down what the widget's live regions say from now on, in order. */
async function listen(page: Page): Promise<() => Promise<string[]>> {
  await page.locator("foyer-checkout").evaluate((element) => {
    const said: string[] = []
    Object.assign(window, { said })
    const root = element.shadowRoot
    for (const region of root?.querySelectorAll(":host > [role=status], :host > [role=alert]") ??
      [])
      new MutationObserver(() => {
        const text = region.textContent?.trim()
        if (text) said.push(`${region.getAttribute("role")}: ${text}`)
      }).observe(region, { childList: true, characterData: true, subtree: true })
  })
  return () => page.evaluate("window.said")
}

test("a purchase as a screen reader tells it: each view's names and roles, where the focus goes, and what is announced", async ({
  page,
  foyer,
}) => {
  const club = await foyer.club()
  const shopper = shopperOn(page)
  const { widget } = shopper
  const focused = (name: string) => expect(widget.getByRole("heading", { name })).toBeFocused()
  await page.goto(foyer.pageOf(club))
  await expect(widget.getByRole("link", { name: gala })).toBeVisible()
  const said = await listen(page)
  await expect(widget).toMatchAriaSnapshot(`
    - status
    - alert
    - paragraph: "Practice mode: no real money moves"
    - heading "Upcoming shows" [level=2]
    - text: Prices in CAD
    - list:
      - listitem:
        - paragraph: /Sun \\d+ Dec, \\d+:\\d+/
        - heading "Yes, And? Improv Jam" [level=3]:
          - link "Yes, And? Improv Jam"
        - paragraph: The Cellar, Toronto
        - paragraph: Free
      - listitem:
        - paragraph: /Thu \\d+ Dec, \\d+:\\d+/
        - heading "New Year’s Eve Gala" [level=3]:
          - link "New Year’s Eve Gala"
        - paragraph: The Cellar, Toronto
        - paragraph: /From \\$\\d+/
  `)

  await shopper.openEvent(gala)
  await focused(gala)
  await shopper.setQuantity("General admission", 1)
  await expect(widget).toMatchAriaSnapshot(`
    - status: /1 ticket\\. Total \\$\\d+\\.\\d+\\./
    - alert
    - paragraph: "Practice mode: no real money moves"
    - link "All shows"
    - heading "New Year’s Eve Gala" [level=2]
    - paragraph: /The Cellar, \\d+ Ossington Ave/
    - paragraph: The last laugh of the year.
    - heading "Pick a showtime" [level=3]
    - group "Pick a showtime":
      - link /Thu \\d+ Dec \\d+:\\d+ From \\$\\d+/
    - heading "Tickets" [level=3]
    - list:
      - listitem:
        - heading "General admission" [level=4]
        - paragraph: /\\$\\d+\\.\\d+ \\+ \\$\\d+\\.\\d+ fee/
        - group "General admission":
          - button "One fewer"
          - status: "1"
          - button "One more"
    - heading "Make a night of it" [level=3]
    - list:
      - listitem:
        - heading "Nachos for two" [level=4]
        - paragraph: /\\$\\d+\\.\\d+ no fee/
        - group "Nachos for two":
          - button "One fewer" [disabled]
          - status: "0"
          - button "One more"
    - complementary:
      - heading "Your tickets" [level=3]
      - timer:
        - text: /Held for you until \\d+:\\d+/
        - time: /\\d+:\\d+/
      - list:
        - listitem:
          - text: 1 × General admission
          - paragraph: /New Year’s Eve Gala Thu \\d+ Dec, \\d+:\\d+/
          - text: /\\$\\d+\\.\\d+/
      - group: Add a promo code
      - term: Subtotal
      - definition: /\\$\\d+\\.\\d+/
      - term: Service fees
      - definition: /\\$\\d+\\.\\d+/
      - term: /HST \\d+%/
      - definition: /\\$\\d+\\.\\d+/
      - term: Total
      - definition: /\\$\\d+\\.\\d+/
      - link "Check out"
      - paragraph: "That’s everything: no more fees later."
  `)

  await shopper.seen(widget.getByRole("link", { name: "Check out" })).click()
  await focused("Your tickets")
  await expect(widget).toMatchAriaSnapshot(`
    - status: /1 ticket\\. Total \\$\\d+\\.\\d+\\./
    - alert
    - paragraph: "Practice mode: no real money moves"
    - link "Keep looking"
    - list "Checkout":
      - listitem: Tickets
      - listitem: Details
      - listitem: Payment
    - heading "Your tickets" [level=2]
    - list:
      - listitem:
        - heading "General admission" [level=3]
        - paragraph: /New Year’s Eve Gala Thu \\d+ Dec, \\d+:\\d+, The Cellar/
        - text: /\\$\\d+\\.\\d+/
        - group "General admission":
          - button "One fewer"
          - status: "1"
          - button "One more"
        - button "Remove General admission"
    - complementary:
      - heading "Summary" [level=3]
      - timer:
        - text: /Held for you until \\d+:\\d+/
        - time: /\\d+:\\d+/
      - group: Add a promo code
      - term: Subtotal
      - definition: /\\$\\d+\\.\\d+/
      - term: Service fees
      - definition: /\\$\\d+\\.\\d+/
      - term: /HST \\d+%/
      - definition: /\\$\\d+\\.\\d+/
      - term: Total
      - definition: /\\$\\d+\\.\\d+/
      - button "Continue"
  `)

  await shopper.seen(widget.getByRole("button", { name: "Continue", exact: true })).click()
  await expect(widget.getByLabel("E-mail")).toBeVisible()
  await widget.getByRole("button", { name: "Continue to payment" }).click()
  await shopper.untilSaid(/things to fix/)
  await expect(widget).toMatchAriaSnapshot(`
    - status: /1 ticket\\. Total \\$\\d+\\.\\d+\\./
    - alert: 3 things to fix
    - paragraph: "Practice mode: no real money moves"
    - link "Back to tickets":
      - text: Tickets
    - list "Checkout":
      - listitem: Tickets done
      - listitem: Details
      - listitem: Payment
    - heading "Who’s coming?" [level=2]
    - text: 3 things to fix
    - list:
      - listitem:
        - button "Add your e-mail"
      - listitem:
        - button "Add your first name"
      - listitem:
        - button "Add your last name"
    - text: E-mail
    - textbox "E-mail" [invalid]
    - paragraph: Add your e-mail
    - text: First name
    - textbox "First name" [invalid]
    - paragraph: Add your first name
    - text: Last name
    - textbox "Last name" [invalid]
    - paragraph: Add your last name
    - text: Mobile optional, in case plans change
    - textbox "Mobile optional, in case plans change"
    - button "Continue to payment"
    - paragraph: Laughing Stock gets these details to run your order, and we mail your tickets. Nobody else does.
    - complementary:
      - heading "Your order" [level=3]
      - timer:
        - text: /Held for you until \\d+:\\d+/
        - time: /\\d+:\\d+/
      - list:
        - listitem:
          - text: 1 × General admission
          - paragraph: /New Year’s Eve Gala Thu \\d+ Dec, \\d+:\\d+/
          - text: /\\$\\d+\\.\\d+/
      - term: Subtotal
      - definition: /\\$\\d+\\.\\d+/
      - term: Service fees
      - definition: /\\$\\d+\\.\\d+/
      - term: /HST \\d+%/
      - definition: /\\$\\d+\\.\\d+/
      - term: Total
      - definition: /\\$\\d+\\.\\d+/
  `)

  await shopper.fillDetails()
  await shopper.toPayment()
  await expect(widget).toMatchAriaSnapshot(`
    - status: /1 ticket\\. Total \\$\\d+\\.\\d+\\./
    - alert
    - paragraph: "Practice mode: no real money moves"
    - button "Back to details": Details
    - list "Checkout":
      - listitem: Tickets done
      - listitem: Details done
      - listitem: Payment
    - heading "Payment" [level=2]
    - group "Card, in the payment provider’s frame":
      - iframe
      - text: or pay by card
      - iframe
    - button /Pay \\$\\d+\\.\\d+/
    - paragraph: Charged once, in Canadian dollars.
    - complementary:
      - heading "Your order" [level=3]
      - timer:
        - text: /Held for you until \\d+:\\d+/
        - time: /\\d+:\\d+/
      - list:
        - listitem:
          - text: 1 × General admission
          - paragraph: /New Year’s Eve Gala Thu \\d+ Dec, \\d+:\\d+/
          - text: /\\$\\d+\\.\\d+/
      - term: Subtotal
      - definition: /\\$\\d+\\.\\d+/
      - term: Service fees
      - definition: /\\$\\d+\\.\\d+/
      - term: /HST \\d+%/
      - definition: /\\$\\d+\\.\\d+/
      - term: Total
      - definition: /\\$\\d+\\.\\d+/
  `)
  await shopper.payByCard(cards.declined)
  await shopper.untilSaid("Your bank said no to this card")
  await shopper.payByCard()
  await shopper.untilGoing()
  await focused("You’re going!")
  await expect(widget).toMatchAriaSnapshot(`
    - status: /1 ticket\\. Total \\$\\d+\\.\\d+\\./
    - alert
    - paragraph: "Practice mode: no real money moves"
    - heading "You’re going!" [level=2]
    - paragraph: /Order LS-[0-9A-Z]+\\. We’ve sent your ticket to ada@example\\.com\\./
    - list:
      - listitem:
        - paragraph: Ticket 1 of 1
        - heading "New Year’s Eve Gala" [level=3]
        - paragraph: /Thu \\d+ Dec, \\d+:\\d+ The Cellar/
        - paragraph: General admission Ada Lovelace
        - img /QR code of ticket [0-9A-Z]{10}/
        - paragraph: /^[0-9A-Z]{5} [0-9A-Z]{5}$/
    - link "Add to calendar"
    - link "Receipt"
    - heading "Better in company" [level=3]
    - paragraph: Send friends the link.
    - textbox "Link to share": /plain$/
    - button "Copy"
    - link "See more shows"
  `)
  expect(await said()).toEqual([
    "status: 1 ticket. Total $29.95.",
    "alert: 3 things to fix",
    expect.stringMatching(/^alert: Your bank said no to this card\. You haven’t been charged/),
  ])
  expect(await ordersOf(foyer.database, club)).toMatchObject([{ state: "paid" }])
  await expectBooks(foyer.database)
})
