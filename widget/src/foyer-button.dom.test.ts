import { afterEach, beforeEach, expect, it } from "vitest"
import { upgradeDivs } from "./compat.ts"
import { FoyerButton, itemsIn } from "./foyer-button.ts"
import { FoyerCheckout } from "./foyer-checkout.ts"
import { pageKey } from "./page.ts"
import { openServer } from "./test-server.ts"

if (!customElements.get("foyer-checkout")) customElements.define("foyer-checkout", FoyerCheckout)
if (!customElements.get("foyer-button")) customElements.define("foyer-button", FoyerButton)

let server: ReturnType<typeof openServer>
beforeEach(() => {
  localStorage.clear()
  document.body.replaceChildren()
  server = openServer(({ view }) => `<div class="view"><h2 id="title">${view}</h2></div>`)
  window[pageKey] = {
    origin: server.origin,
    arrival: { page: "https://club.test/", returned: false },
  }
})
afterEach(() => {
  for (const element of document.querySelectorAll("foyer-checkout")) element.remove()
  server.close()
})

const show = (html: string) => (document.body.innerHTML = html)
const press = () =>
  document.querySelector("foyer-button")?.shadowRoot?.querySelector("button")?.click()
const checkouts = () => [...document.querySelectorAll("foyer-checkout")]
const button = `<foyer-button widget="club/main" items="gala/floor:2, gala/nachos" locale="fr"><a href="/tickets">Two seats</a></foyer-button>`
const sent = async () => {
  await expect.poll(() => server.commands.length).toBeGreaterThan(0)
  return server.commands.map(({ command }) => command)
}

it.each([
  [
    "gala/floor:2, gala/nachos",
    [
      ["gala/floor", 2],
      ["gala/nachos", 1],
    ],
  ],
  [
    " a:0 ,, b:-1,c:x,d:2.9,e:5000",
    [
      ["a", 1],
      ["b", 1],
      ["c", 1],
      ["d", 2],
      ["e", 1000],
    ],
  ],
  ["", []],
])("reads %j", (text, expected) => {
  expect(itemsIn(text)).toEqual(expected.map(([item, quantity]) => ({ item, quantity })))
})

it("is one real button with its own text, or a word in the page's language", () => {
  show(`${button}<foyer-button widget="club/main" locale="fr-CA"></foyer-button>`)
  const labels = [...document.querySelectorAll("foyer-button")].map(
    (each) => each.shadowRoot?.querySelector("button")?.textContent,
  )
  expect(labels).toEqual(["Two seats", "Prendre des billets"])
  expect(document.querySelector("a")?.assignedSlot).toBeNull()
})

it("fills the cart of the account's widget on the page, with a token for it", async () => {
  show(
    `<foyer-checkout widget="other/main"></foyer-checkout><foyer-checkout widget="club/late"></foyer-checkout>${button}`,
  )
  press()
  const [command] = await sent()
  expect(command).toMatchObject({
    type: "add-items",
    widget: "club/late",
    data: {
      items: [
        { item: "gala/floor", quantity: 2 },
        { item: "gala/nachos", quantity: 1 },
      ],
    },
  })
  expect(command?.cart).toMatch(/^[\w-]{43}$/)
  expect(checkouts()).toHaveLength(2)
})

it("opens a widget below itself where there is none, once", async () => {
  show(`<p>${button}</p>`)
  press()
  await sent()
  const [panel] = checkouts()
  const view = panel?.shadowRoot?.querySelector<HTMLElement>("#view")
  await expect.poll(() => view?.querySelector("#title")?.textContent).toBe("cart")
  // The empty cart of the greeting is not shown before the answer to what was bought.
  expect(view?.style.visibility).toBe("hidden")
  const { command, ack } = server.commands[0]!
  const frame = server.frame(command.instance, { view: "cart" }, { focus: "title" })
  ack({ ok: true, outcome: "done", frame })
  await expect.poll(() => view?.style.visibility).toBe("")
  await expect.poll(() => panel?.shadowRoot?.activeElement?.id).toBe("title")
  expect(panel?.previousElementSibling?.localName).toBe("foyer-button")
  expect(panel?.getAttribute("locale")).toBe("fr")
  const inner = document.querySelector("foyer-button")?.shadowRoot?.querySelector("button")
  expect(inner?.getAttribute("aria-expanded")).toBe("true")
  press()
  expect(checkouts()).toHaveLength(1)
})

it("makes elements of marked divs, once, with what was in them as their fallback", async () => {
  show(
    `<div data-foyer-widget="club/main" data-foyer-event="gala" data-other="x" onclick="no()"><a id="list" href="#">Shows</a></div>`,
  )
  upgradeDivs()
  upgradeDivs()
  const [element] = checkouts()
  expect(checkouts()).toHaveLength(1)
  expect(element?.getAttributeNames()).toEqual(expect.arrayContaining(["widget", "event"]))
  expect(element?.getAttribute("onclick")).toBeNull()
  expect(element?.querySelector("#list")).not.toBeNull()
  await expect.poll(() => element?.shadowRoot?.querySelector("#title")?.textContent).toBe("event")
})
