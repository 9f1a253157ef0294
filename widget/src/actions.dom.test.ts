import { beforeEach, expect, it, vi } from "vitest"
import { listen } from "./actions.ts"
import { parseFragment } from "./fragment.ts"
import { openStage, type } from "./testing/stage.ts"

let stage: ReturnType<typeof openStage>
const send = vi.fn()
const pay = vi.fn()
let pending: Map<string, number>

beforeEach(() => {
  document.body.replaceChildren()
  send.mockReset()
  pay.mockReset()
  pending = new Map()
  stage = openStage()
  listen(stage.root, { send, pay, pending })
})
const show = (html: string) => stage.view.replaceChildren(parseFragment(html))
const click = (selector: string) => stage.find(selector).click()
const sent = () => send.mock.calls.map(([kind, data]) => [kind, data])

const stepper = (quantity: number, min = 1, max = 4) =>
  `<div data-stepper='{"price":"p","quantity":${quantity},"min":${min},"max":${max}}'><button data-step="-1" id="fewer">-</button><output>${quantity}</output><button data-step="1" id="more">+</button></div>`

it("sends a button's command with its data", () => {
  show(
    `<button id="b" data-command="choose-region" data-input='{"region":"us"}'><b id="in">US</b></button>`,
  )
  click("#in")
  expect(sent()).toEqual([["choose-region", { region: "us" }]])
})

it("follows a link within the widget, and leaves another tab to the browser", () => {
  show(`<a id="a" href="#x" data-go='{"view":"cart"}'>Cart</a>`)
  click("#a")
  expect(sent()).toEqual([["navigate", { at: { view: "cart" } }]])
  const event = new MouseEvent("click", { bubbles: true, cancelable: true, ctrlKey: true })
  stage.find("#a").dispatchEvent(event)
  expect(event.defaultPrevented).toBe(false)
  expect(send).toHaveBeenCalledTimes(1)
})

it("does nothing for what is at its end or under way", () => {
  show(
    `<button id="a" data-command="back" aria-disabled="true">a</button><button id="b" data-command="back" aria-busy="true">b</button>`,
  )
  click("#a")
  click("#b")
  expect(send).not.toHaveBeenCalled()
})

it("steps between none, the minimum and the maximum", () => {
  show(stepper(0, 2, 3))
  for (const selector of ["#more", "#more", "#more"]) click(selector)
  for (const selector of ["#fewer", "#fewer", "#fewer"]) click(selector)
  expect(send.mock.calls.map(([, data]) => data.quantity)).toEqual([2, 3, 2, 0])
  expect(stage.find("output").textContent).toBe("0")
  expect(stage.find("#fewer").getAttribute("aria-disabled")).toBe("true")
  expect(stage.find("#more").getAttribute("aria-disabled")).toBeNull()
})

it("shows a pending quantity on every stepper of that price", () => {
  show(stepper(1) + `<section>${stepper(1).replaceAll(/ id="\w+"/g, "")}</section>`)
  click("#more")
  const shown = [...stage.root.querySelectorAll("output")].map((output) => output.textContent)
  expect(shown).toEqual(["2", "2"])
})

it("sends the amount typed beside pay-what-you-like, and prices anew when it changes", () => {
  show(`<div data-line><input data-amount id="amount" value="10">${stepper(0)}</div>`)
  const amount = stage.find<HTMLInputElement>("#amount")
  type(amount, "12.50")
  amount.dispatchEvent(new Event("change", { bubbles: true }))
  expect(send).not.toHaveBeenCalled()
  click("#more")
  type(amount, "15")
  amount.dispatchEvent(new Event("change", { bubbles: true }))
  expect(sent()).toEqual([
    ["set-quantity", { price: "p", quantity: 1, amount: "12.50" }],
    ["set-quantity", { price: "p", quantity: 1, amount: "15" }],
  ])
})

it("reads a form when it is submitted, with what a browser filled in and a custom question's own name", () => {
  show(
    `<form data-command="submit-details" novalidate><input name="email" id="e"><input type="checkbox" name="q-1" value="a" checked><input type="checkbox" name="q-1" value="b" checked><input type="checkbox" name="news"><button id="go">Go</button></form>`,
  )
  stage.find<HTMLInputElement>("#e").value = "ada@x.org"
  click("#go")
  expect(sent()).toEqual([["submit-details", { values: { email: "ada@x.org", "q-1": "a\nb" } }]])
})

it("sends a single control under its own key", () => {
  show(
    `<form data-command="apply-promo" data-each="code"><input name="code" value="TEN"><button id="go"></button></form>`,
  )
  click("#go")
  expect(sent()).toEqual([["apply-promo", { code: "TEN" }]])
})

it("saves details as they change, and takes a suggestion", () => {
  show(
    `<form data-command="submit-details" data-on="change"><input name="email" id="e" value="ada@gmial.com"><button type="button" id="fix" data-fill='{"control":"email","value":"ada@gmail.com"}'>gmail.com?</button></form>`,
  )
  stage.find("#e").dispatchEvent(new Event("change", { bubbles: true }))
  click("#fix")
  expect(sent()).toEqual([
    ["save-details", { values: { email: "ada@gmial.com" } }],
    ["save-details", { values: { email: "ada@gmail.com" } }],
  ])
})

it("chooses a region from a list as soon as it changes, and a showtime from radio buttons", () => {
  show(
    `<form data-command="choose-region" data-each="region" data-on="change"><select name="region" id="s"><option value="ca">CA</option><option value="us">US</option></select></form><input type="radio" id="r" data-go='{"view":"event","event":"gala"}'>`,
  )
  const select = stage.find<HTMLSelectElement>("#s")
  select.value = "us"
  select.dispatchEvent(new Event("change", { bubbles: true }))
  click("#r")
  expect(sent()).toEqual([
    ["choose-region", { region: "us" }],
    ["navigate", { at: { view: "event", event: "gala" } }],
  ])
})

it("hands the agreed amount to payment", () => {
  show(`<button id="pay" data-pay='{"amountMinor":6328,"currency":"cad"}'>Pay</button>`)
  click("#pay")
  expect(pay).toHaveBeenCalledExactlyOnceWith(
    { amountMinor: 6328, currency: "cad" },
    stage.find("#pay"),
  )
})

it("15: a host's shortcut does not hear what is typed, and hears the rest", () => {
  const heard: string[] = []
  const shortcut = (event: KeyboardEvent) => heard.push(event.key)
  document.addEventListener("keydown", shortcut)
  show(`<input id="i"><button id="b">b</button>`)
  const press = (selector: string) =>
    stage
      .find(selector)
      .dispatchEvent(new KeyboardEvent("keydown", { key: "/", bubbles: true, composed: true }))
  press("#i")
  expect(heard).toEqual([])
  press("#b")
  expect(heard).toEqual(["/"])
  document.removeEventListener("keydown", shortcut)
})
