import type { Command, Place } from "@foyer/shared/protocol"
import { afterEach, beforeEach, expect, it, vi } from "vitest"
import { FoyerCheckout } from "./foyer-checkout.ts"
import { pageKey } from "./page.ts"
import { openServer } from "./test-server.ts"
import { type } from "./testing/stage.ts"

if (!customElements.get("foyer-checkout")) customElements.define("foyer-checkout", FoyerCheckout)

const price = "11111111-1111-4111-8111-111111111111"
let quantity = 0
const view = (at: Place) =>
  `<div class="view"><h2 id="title">${at.view}</h2><input id="email" name="email"><a id="go" href="#" data-go='{"view":"cart"}'>Cart</a><div id="step" data-line><div id="qty" data-stepper='{"price":"${price}","quantity":${quantity},"min":1,"max":8}'><button id="fewer" data-step="-1">-</button><output id="count">${quantity}</output><button id="more" data-step="1">+</button></div></div></div>`

let server: ReturnType<typeof openServer>
beforeEach(() => {
  quantity = 0
  localStorage.clear()
  document.body.replaceChildren()
  server = openServer(view)
  const arrival = { page: "https://club.test/", returned: false }
  window[pageKey] = { origin: server.origin, arrival }
})
afterEach(() => {
  for (const element of document.querySelectorAll("foyer-checkout")) element.remove()
  server.close()
})

function open(attributes = "", parent: Element = document.body): FoyerCheckout {
  const box = parent.appendChild(document.createElement("div"))
  box.innerHTML = `<foyer-checkout widget="club/main" ${attributes}><p id="fallback">Shows: <a href="#">list</a></p></foyer-checkout>`
  return box.firstElementChild as FoyerCheckout
}
const inside = <T extends Element = HTMLElement>(element: FoyerCheckout, selector: string) =>
  element.renderRoot.querySelector<T>(selector)
const shown = async <T extends Element = HTMLElement>(element: FoyerCheckout, selector: string) => {
  await expect.poll(() => inside(element, selector)).not.toBeNull()
  return inside<T>(element, selector) as T
}
const sent = async (count: number) => {
  await expect.poll(() => server.commands.length).toBeGreaterThanOrEqual(count)
  return server.commands.map(({ command }) => command)
}
/** Answers the newest command as the server would, with what is then true. */
const answer = (at: Place, more = {}) => {
  const { command, ack } = server.commands.at(-1)!
  ack({ ok: true, outcome: "done", frame: server.frame(command.instance, at, more) })
}

it("shows a skeleton, then the frame, and tells the host that it is ready", async () => {
  const ready = vi.fn()
  document.body.addEventListener("foyer:ready", (event) => ready((event as CustomEvent).detail))
  const element = open()
  await element.updateComplete
  expect(inside(element, ".skel")).not.toBeNull()
  await shown(element, "#title")
  expect(inside(element, ".skel")).toBeNull()
  expect(ready).toHaveBeenCalledExactlyOnceWith({ widget: "club/main" })
  expect(element.renderRoot.querySelectorAll('[role="status"]')).toHaveLength(1)
  expect(element.renderRoot.querySelectorAll('[role="alert"]')).toHaveLength(1)
})

it("7: two widgets share one connection and one handshake", async () => {
  const [one, two] = [open(), open('event="gala"')]
  await shown(one, "#title")
  await shown(two, "#title")
  expect(server.connections()).toBe(1)
  expect(server.handshakes).toHaveLength(1)
  expect(server.handshakes[0]?.widgets.map(({ at }) => at)).toEqual([
    { view: "browse" },
    { view: "event", event: "gala" },
  ])
})

it("a widget mounted later introduces itself on the same connection", async () => {
  await shown(open(), "#title")
  open('event="gala"')
  const [command] = await sent(1)
  expect(command).toMatchObject({ type: "open-widget", at: { view: "event", event: "gala" } })
  expect(server.connections()).toBe(1)
})

it("answers rapid clicks at once, sends absolute quantities, and makes the cart's token with the first", async () => {
  const element = open()
  const more = await shown(element, "#more")
  expect(localStorage).toHaveLength(0)
  more.click()
  more.click()
  more.click()
  expect(inside(element, "#count")?.textContent).toBe("3")
  const [first] = await sent(1)
  expect(first).toMatchObject({ type: "set-quantity", data: { price, quantity: 1 } })
  quantity = 1
  answer({ view: "browse" })
  const [, last] = await sent(2)
  expect(last).toMatchObject({ type: "set-quantity", data: { price, quantity: 3 } })
  expect(inside(element, "#count")?.textContent).toBe("3")
  expect(last?.cart).toMatch(/^[\w-]{43}$/)
  expect(last?.cart).toBe(first?.cart)
  quantity = 2 // sold out meanwhile: the server gave fewer
  answer({ view: "browse" })
  await expect.poll(() => inside(element, "#count")?.textContent).toBe("2")
})

it("9: an answer lost with the connection is asked for again by the same op", async () => {
  const element = open()
  ;(await shown(element, "#more")).click()
  const [first] = await sent(1)
  server.drop()
  const [, again] = await sent(2)
  expect(again).toEqual(first)
  expect(server.handshakes.at(-1)?.carts["club"]?.token).toBe(first?.cart)
})

it("12: says that it reconnects, keeps what was typed, and goes on", async () => {
  const element = open()
  type(await shown<HTMLInputElement>(element, "#email"), "ada@x.org")
  server.goDown(true)
  const note = await shown(element, "#trouble")
  expect(note.textContent).toContain("Reconnecting")
  server.goDown(false)
  await expect.poll(() => inside(element, "#trouble"), { timeout: 10_000 }).toBeNull()
  expect(inside<HTMLInputElement>(element, "#email")?.value).toBe("ada@x.org")
}, 15_000)

it("shows the page's own list while there has been nothing to show", async () => {
  server.goDown(true)
  const element = open()
  await element.updateComplete
  const fallback = element.querySelector("#fallback")
  expect(fallback?.assignedSlot).toBeNull()
  await expect.poll(() => fallback?.assignedSlot, { timeout: 5000 }).not.toBeNull()
})

it("14: an element moved in the document keeps its session and what was typed", async () => {
  const element = open()
  type(await shown<HTMLInputElement>(element, "#email"), "ada@x.org")
  const place = document.body.appendChild(document.createElement("section"))
  place.append(element)
  ;(await shown(element, "#more")).click()
  const [command] = await sent(1)
  expect(command?.instance).toBe(server.handshakes[0]?.widgets[0]?.instance)
  expect(inside<HTMLInputElement>(element, "#email")?.value).toBe("ada@x.org")
  expect(server.handshakes).toHaveLength(1)
})

it("tints for a moment what changed without the shopper's doing, and nothing else", async () => {
  const tint = vi.spyOn(Element.prototype, "animate")
  const tinted = () => tint.mock.contexts.map((element) => (element as Element).id)
  const element = open()
  await shown(element, "#title")
  const instance = server.handshakes[0]?.widgets[0]?.instance ?? ""
  const at = { view: "browse" } as const
  const layout = `<div class="view" data-region="list"></div>`
  const left = (text: string, more = "") => ({
    id: "list",
    html: `<p id="left">${text}</p><p id="still">The Cellar</p><button id="go" data-command="go-to-checkout">Pay ${text}</button>${more}`,
  })
  const whole = [{ id: "layout", html: layout }, left("5 left")]
  server.push(server.frame(instance, at, { regions: whole }))
  await shown(element, "#left")
  expect(tinted()).toEqual([])

  server.push(server.frame(instance, at, { regions: [left("4 left")] }))
  await expect.poll(() => inside(element, "#left")?.textContent).toBe("4 left")
  expect(tinted()).toEqual(["left"])
  server.push(server.frame(instance, at, { regions: [left("4 left", '<p id="new">New</p>')] }))
  await shown(element, "#new")
  expect(tinted()).toEqual(["left", "new"])

  ;(await shown(element, "#go")).click()
  await sent(1)
  answer(at, { regions: [left("3 left")] })
  await expect.poll(() => inside(element, "#left")?.textContent).toBe("3 left")
  expect(tinted()).toEqual(["left", "new"])
  tint.mockRestore()
})

it("drops a frame that was overtaken", async () => {
  const element = open()
  await shown(element, "#title")
  const instance = server.handshakes[0]?.widgets[0]?.instance ?? ""
  const older = server.frame(instance, { view: "cart" })
  const newer = server.frame(instance, { view: "details" })
  server.push(newer)
  server.push(older)
  await expect.poll(() => inside(element, "#title")?.textContent).toBe("details")
})

it("gives a new view's heading the focus after the shopper's own click, and leaves it alone otherwise", async () => {
  const element = open()
  const link = await shown(element, "#go")
  link.click()
  await sent(1)
  answer({ view: "cart" }, { focus: "title" })
  await expect.poll(() => inside(element, "#title")?.textContent).toBe("cart")
  expect(element.shadowRoot?.activeElement?.id).toBe("title")

  const own = document.body.appendChild(document.createElement("input"))
  own.focus()
  const instance = server.handshakes[0]?.widgets[0]?.instance ?? ""
  server.push(server.frame(instance, { view: "success" }, { focus: "title" }))
  await expect.poll(() => inside(element, "#title")?.textContent).toBe("success")
  expect(document.activeElement).toBe(own)
  own.remove()
})

it("leaves the focus to who has gone on in the host's page before the answer came", async () => {
  const element = open()
  const link = await shown(element, "#go")
  link.click()
  await sent(1)
  const search = document.body.appendChild(document.createElement("input"))
  search.focus()
  answer({ view: "cart" }, { focus: "title" })
  await expect.poll(() => inside(element, "#title")?.textContent).toBe("cart")
  expect(document.activeElement).toBe(search)
  search.remove()
})

it("changing a quantity moves no focus", async () => {
  const element = open()
  const more = await shown(element, "#more")
  more.focus()
  more.click()
  await sent(1)
  quantity = 1
  answer({ view: "browse" }, { focus: "title" })
  await expect.poll(() => inside(element, "#qty")?.dataset["stepper"]).toContain('"quantity":1')
  expect(element.shadowRoot?.activeElement).toBe(more)
})

it("goes to what is wrong with a form, each time it is sent", async () => {
  const element = open()
  const form = `<form data-command="submit-details"><p id="problems">1 problem</p><button id="send">Send</button></form>`
  await shown(element, "#title")
  const instance = server.handshakes[0]?.widgets[0]?.instance ?? ""
  const details = { view: "details" } as const
  const regions = [{ id: "layout", html: form }]
  server.push(server.frame(instance, details, { regions }))
  for (const count of [1, 2]) {
    const button = await shown(element, "#send")
    button.focus()
    button.click()
    await sent(count)
    const { ack } = server.commands.at(-1)!
    const frame = server.frame(instance, details, { regions, focus: "problems" })
    ack({ ok: true, outcome: "refused", reason: "details-incomplete", frame })
    await expect.poll(() => element.shadowRoot?.activeElement?.id).toBe("problems")
  }
})

it("says in words that an old page must be reloaded, and tells the host", async () => {
  const failed = vi.fn()
  document.body.addEventListener("foyer:error", (event) => failed((event as CustomEvent).detail))
  server.refuse("please-reload")
  const element = open()
  const note = await shown(element, "#fault")
  expect(note.textContent).toContain("reload")
  expect(failed).toHaveBeenCalledWith({ code: "please-reload" })
})

it("speaks announcements and alarms in the shell, outside what is morphed", async () => {
  const element = open()
  await shown(element, "#title")
  const instance = server.handshakes[0]?.widgets[0]?.instance ?? ""
  server.push(
    server.frame(instance, { view: "browse" }, { announce: "2 tickets", alert: "Sold out" }),
  )
  await expect.poll(() => inside(element, '[role="status"]')?.textContent).toBe("2 tickets")
  await expect.poll(() => inside(element, '[role="alert"]')?.textContent).toBe("Sold out")
})

it("wears the organizer's brand, under what the page itself sets on the element", async () => {
  const element = open()
  await shown(element, "#title")
  element.style.setProperty("--foyer-ink", "rgb(1, 2, 3)")
  const instance = server.handshakes[0]?.widgets[0]?.instance ?? ""
  const properties = { "--foyer-ink": "red", "--foyer-accent": "blue", "--other": "x" }
  server.push(server.frame(instance, { view: "browse" }, { brand: { theme: "dark", properties } }))
  const look = getComputedStyle(element)
  await expect.poll(() => look.getPropertyValue("--foyer-accent")).toBe("blue")
  expect(look.getPropertyValue("--foyer-ink")).toBe("rgb(1, 2, 3)")
  expect(look.getPropertyValue("--other")).toBe("")
  expect(look.colorScheme).toBe("dark")
})

it("keeps the token of a completed cart until the next tickets", async () => {
  const element = open()
  ;(await shown(element, "#more")).click()
  const [first] = await sent(1)
  answer(
    { view: "success" },
    { effects: [{ type: "store-cart", account: "club", completed: true }] },
  )
  await expect.poll(() => inside(element, "#title")?.textContent).toBe("success")
  ;(await shown(element, "#more")).click()
  const [, next] = await sent(2)
  expect((next as Command).cart).not.toBe(first?.cart)
})

it("tells the host of a purchase once, however often its view is shown", async () => {
  const bought = vi.fn()
  document.body.addEventListener("foyer:purchase", (event) => bought((event as CustomEvent).detail))
  const element = open()
  await shown(element, "#title")
  const instance = server.handshakes[0]?.widgets[0]?.instance ?? ""
  const detail = { transaction_id: "o-1", value: 10 }
  const purchase = { type: "tell-host", event: "purchase", detail } as const
  server.push(server.frame(instance, { view: "success" }, { effects: [purchase] }))
  server.push(
    server.frame(instance, { view: "success" }, { effects: [purchase], announce: "again" }),
  )
  await expect.poll(() => inside(element, '[role="status"]')?.textContent).toBe("again")
  expect(bought).toHaveBeenCalledExactlyOnceWith(detail)
})
