import type { Locator, Page } from "@playwright/test"
import { expectBooks, ordersOf } from "#support/books.ts"
import { cards, shopperOn } from "#support/shopper.ts"
import { expect, test } from "#support/world.ts"

const gala = "New Year’s Eve Gala"

/** Presses Tab until the control has the focus: what cannot be reached so cannot be used without a mouse. */
async function tabTo(page: Page, control: Locator): Promise<void> {
  await expect(control).toBeVisible()
  const isThere = () =>
    control.evaluate((node) => (node.getRootNode() as ShadowRoot | Document).activeElement === node)
  for (let presses = 0; presses < 60; presses += 1) {
    if (await isThere()) return
    await page.keyboard.press("Tab")
  }
  throw new Error(`60 presses of Tab did not reach ${String(control)}`)
}

test("with the keyboard alone, 360 px wide, from the first show to the tickets", async ({
  page,
  foyer,
}) => {
  const club = await foyer.club()
  const { widget, cardForm, seen, ...shopper } = shopperOn(page)
  await page.setViewportSize({ width: 360, height: 1600 })
  await page.goto(foyer.pageOf(club))
  const press = async (control: Locator, key = "Enter") => {
    await tabTo(page, control)
    await page.keyboard.press(key)
  }
  const type = async (control: Locator, text: string) => {
    await tabTo(page, control)
    await page.keyboard.type(text)
  }

  await press(widget.getByRole("link", { name: gala }))
  await expect(widget.getByRole("heading", { level: 2, name: gala })).toBeFocused()
  const stepper = widget.getByRole("group", { name: "General admission" })
  const more = stepper.getByRole("button", { name: "One more" })
  await press(more)
  await page.keyboard.press("Space")
  await expect(stepper.getByRole("status")).toHaveText("2")
  await expect(seen(widget.getByText("$59.89"))).toBeVisible()
  // A quantity moves no focus.
  await expect(more).toBeFocused()

  await press(seen(widget.getByRole("link", { name: "Check out" })))
  await expect(widget.getByRole("heading", { name: "Your tickets" })).toBeFocused()
  await press(seen(widget.getByRole("button", { name: "Continue", exact: true })))
  await expect(widget.getByRole("heading", { name: "Who’s coming?" })).toBeFocused()
  await type(widget.getByLabel("E-mail"), "ada@example.com")
  await page.keyboard.press("Enter")
  // What is wrong is said first, and leads to its field.
  await press(widget.getByRole("button", { name: "Add your first name" }))
  await expect(widget.getByLabel("First name")).toBeFocused()
  await page.keyboard.type("Ada")
  await type(widget.getByLabel("Last name"), "Lovelace")
  await page.keyboard.press("Enter")

  await expect(widget.getByRole("heading", { name: "Payment" })).toBeFocused()
  await type(cardForm.getByLabel("Card number"), cards.good)
  await type(cardForm.getByLabel("Expiry"), "1234")
  await type(cardForm.getByLabel("Security code"), "123")
  await press(seen(widget.getByRole("button", { name: "Pay $59.89" })))
  await shopper.untilGoing()
  await expect(widget.getByRole("heading", { name: "You’re going!" })).toBeFocused()
  expect(await ordersOf(foyer.database, club)).toMatchObject([{ state: "paid", tickets: 2 }])
  // Nothing is wider than the page.
  expect(await page.evaluate("document.documentElement.scrollWidth")).toBe(360)
  await expectBooks(foyer.database)
})
