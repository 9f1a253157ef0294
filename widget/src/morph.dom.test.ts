import { beforeEach, expect, it } from "vitest"
import { parseFragment } from "./fragment.ts"
import { morph } from "./morph.ts"
import { openStage, type } from "./testing/stage.ts"

let stage: ReturnType<typeof openStage>
beforeEach(() => {
  document.body.replaceChildren()
  stage = openStage()
})
const show = (html: string) => morph(stage.view, parseFragment(html))

const email = `<input id="email" name="email">`
const name = `<input id="name" name="name-first">`

it("1: keeps the caret and every field while the shopper types", () => {
  show(`<form>${email}${name}</form>`)
  type(stage.find("#name"), "Ada")
  const field = stage.find<HTMLInputElement>("#email")
  type(field, "ada@x.org")
  field.setSelectionRange(2, 5)

  show(`<p>2 tickets</p><form class="new">${email}<p id="hint">hi</p>${name}</form>`)

  expect(stage.find("#email")).toBe(field)
  expect(stage.root.activeElement).toBe(field)
  expect([field.value, field.selectionStart, field.selectionEnd]).toEqual(["ada@x.org", 2, 5])
  expect(stage.find<HTMLInputElement>("#name").value).toBe("Ada")
  expect(stage.find("form").className).toBe("new")
})

it("2: a row inserted before the focused one leaves the text in its own field", () => {
  const row = (id: string) => `<li id="row-${id}"><label>Name</label><input id="q-${id}"></li>`
  show(`<ul>${row("b")}${row("c")}</ul>`)
  type(stage.find("#q-c"), "Cy")
  type(stage.find("#q-b"), "Bea")

  show(`<ul>${row("a")}${row("b")}${row("c")}</ul>`)

  const values = [...stage.root.querySelectorAll("input")].map(({ value }) => value)
  expect(values).toEqual(["", "Bea", "Cy"])
  expect(stage.root.activeElement?.id).toBe("q-b")
})

it("moves rows with their text and the focus", () => {
  const row = (id: string) => `<li id="row-${id}"><input id="q-${id}"></li>`
  show(`<ul>${row("a")}${row("b")}${row("c")}</ul>`)
  type(stage.find("#q-a"), "Ann")
  type(stage.find("#q-c"), "Cy")

  show(`<ul>${row("c")}${row("b")}${row("a")}</ul>`)

  const values = [...stage.root.querySelectorAll("input")].map(({ value }) => value)
  expect(values).toEqual(["Cy", "", "Ann"])
  expect(stage.root.activeElement?.id).toBe("q-c")
})

it("3: the host's observers see nothing, not even moved nodes", () => {
  const row = (id: string) => `<li id="row-${id}"><input id="q-${id}"></li>`
  show(`<ul>${row("a")}${row("b")}${row("c")}</ul>`)
  const observer = new MutationObserver(() => {})
  observer.observe(document, { childList: true, subtree: true, attributes: true })

  show(`<ul>${row("c")}${row("a")}</ul>`)
  show(`<section><ul>${row("b")}${row("c")}</ul></section>`)

  expect(observer.takeRecords()).toEqual([])
  expect(stage.root.children).toHaveLength(1)
})

it("leaves neither facade nor pantry behind when the morph throws", () => {
  show(`<p id="a">a</p><p id="b">b</p>`)
  const broken = parseFragment(`<p id="b">b</p><p id="a">a</p>`)
  broken.querySelector("#a")!.getAttribute = () => {
    throw new Error("broken")
  }
  expect(() => morph(stage.view, broken)).toThrow("broken")
  expect(Object.hasOwn(stage.view, "ownerDocument")).toBe(false)
  expect(stage.view.ownerDocument).toBe(document)
  expect(stage.root.children).toHaveLength(1)
})

it("4: the slot for payment comes, moves and goes without reloading the frame it shows", async () => {
  const child = Object.assign(document.createElement("div"), { slot: "foyer-payment" })
  const frame = document.createElement("iframe")
  let loads = 0
  frame.addEventListener("load", () => loads++)
  child.append(frame)
  stage.host.append(child)
  await expect.poll(() => loads).toBe(1)

  show(`<div id="a"><slot id="pay" name="foyer-payment"></slot></div>`)
  show(`<p>new</p><section id="b"><slot id="pay" name="foyer-payment"></slot></section>`)
  expect(stage.find<HTMLSlotElement>("slot").assignedElements()).toEqual([child])
  show(`<p>gone</p>`)
  show(`<slot id="pay" name="foyer-payment"></slot>`)
  await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)))

  expect(loads).toBe(1)
})

it("5: a modal dialog that the server no longer renders open leaves nothing inert", () => {
  show(`<p id="p">before</p>`)
  const dialog = document.createElement("dialog")
  dialog.id = "d"
  stage.view.append(dialog)
  dialog.showModal()
  const fresh = document
    .createRange()
    .createContextualFragment(`<p id="p">x</p><dialog id="d"></dialog>`)

  morph(stage.view, fresh)
  expect(dialog.open).toBe(true)
  expect(dialog.matches(":modal")).toBe(true)

  morph(stage.view, document.createRange().createContextualFragment(`<p id="p">y</p>`))
  const button = document.body.appendChild(document.createElement("button"))
  button.focus()
  expect(document.activeElement).toBe(button)
})

it("lets the server fill an untouched field, and keeps what the shopper typed over it", () => {
  show(`<input id="a" value=""><input id="b" value="">`)
  type(stage.find("#b"), "mine")
  stage.find<HTMLInputElement>("#b").blur()

  show(`<input id="a" value="theirs"><input id="b" value="theirs">`)

  expect(stage.find<HTMLInputElement>("#a").value).toBe("theirs")
  expect(stage.find<HTMLInputElement>("#b").value).toBe("mine")
})

it("a field whose text the server has learned is clean again", () => {
  show(email)
  type(stage.find("#email"), "ada@gmial.com")
  stage.find<HTMLInputElement>("#email").blur()
  show(`<input id="email" name="email" value="ada@gmial.com">`)
  show(`<input id="email" name="email" value="ada@gmail.com">`)
  expect(stage.find<HTMLInputElement>("#email").value).toBe("ada@gmail.com")
})

it("a marked field takes the server's value over what was typed", () => {
  show(`<input id="a" value="1"><textarea id="t"></textarea><input type="checkbox" id="c">`)
  type(stage.find("#a"), "9")
  type(stage.find<HTMLTextAreaElement>("#t"), "typed")
  stage.find<HTMLInputElement>("#c").click()

  show(
    `<input id="a" value="2" data-server-value><textarea id="t" data-server-value>set</textarea><input type="checkbox" id="c" data-server-value>`,
  )

  expect(stage.find<HTMLInputElement>("#a").value).toBe("2")
  expect(stage.find<HTMLTextAreaElement>("#t").value).toBe("set")
  expect(stage.find<HTMLInputElement>("#c").checked).toBe(false)
})

it("keeps ticks, choices, long text and half-typed numbers", async () => {
  const form = (extra: string) =>
    `<form>${extra}<input type="checkbox" id="c"><input type="radio" name="r" id="r1" checked><input type="radio" name="r" id="r2"><select id="s"><option value="1">one</option><option value="2">two</option>${extra && `<option value="3">three</option>`}</select><textarea id="t">said</textarea><input type="number" id="n"></form>`
  show(form(""))
  stage.find("#c").click()
  stage.find("#r2").click()
  stage.find<HTMLSelectElement>("#s").value = "2"
  type(stage.find<HTMLTextAreaElement>("#t"), "mine")
  stage.find("#n").focus()
  document.execCommand("insertText", false, "12e")
  expect(stage.find<HTMLInputElement>("#n").validity.badInput).toBe(true)
  stage.find("#n").blur()

  show(form("<p>more</p>"))

  expect(stage.find<HTMLInputElement>("#c").checked).toBe(true)
  expect(stage.find<HTMLInputElement>("#r2").checked).toBe(true)
  expect(stage.find<HTMLSelectElement>("#s").value).toBe("2")
  expect(stage.find<HTMLSelectElement>("#s").options).toHaveLength(3)
  expect(stage.find<HTMLTextAreaElement>("#t").value).toBe("mine")
  expect(stage.find<HTMLInputElement>("#n").validity.badInput).toBe(true)
})

it("keeps a focused field that nothing has been typed into yet", () => {
  show(`<input id="a" value="old">`)
  const field = stage.find<HTMLInputElement>("#a")
  field.focus()
  field.setSelectionRange(1, 1)
  show(`<input id="a" value="new" aria-invalid="true">`)
  expect([field.value, field.selectionStart, field.ariaInvalid]).toEqual(["old", 1, "true"])
})

it("does not disturb a composition", () => {
  show(email)
  const field = stage.find<HTMLInputElement>("#email")
  field.focus()
  let interrupted = 0
  field.addEventListener("compositionend", () => interrupted++)
  field.dispatchEvent(new CompositionEvent("compositionstart"))
  field.value = "にほ"
  show(`<p>new</p><input id="email" name="email" value="">`)
  expect([field.value, field.isConnected, interrupted]).toEqual(["にほ", true, 0])
})

it("leaves details as the shopper has them, and opens those that the server newly opens", () => {
  const fold = (id: string, open: string) =>
    `<details id="${id}" ${open}><summary>s</summary>x</details>`
  show(fold("a", "") + fold("b", "open") + fold("c", ""))
  stage.find<HTMLDetailsElement>("#a").open = true
  stage.find<HTMLDetailsElement>("#b").open = false

  show(`<p>x</p>${fold("a", "")}${fold("b", "open")}${fold("c", "open")}`)

  const open = [...stage.root.querySelectorAll("details")].map((details) => details.open)
  expect(open).toEqual([true, false, true])
})

it("keeps the time left that is on screen until the deadline is another", () => {
  show(`<time id="t" data-until="2026-01-01T10:00:00Z">15:00</time>`)
  stage.find("#t").textContent = "13:42"
  show(`<p>x</p><time id="t" data-until="2026-01-01T10:00:00Z">15:00</time>`)
  expect(stage.find("#t").textContent).toBe("13:42")
  show(`<time id="t" data-until="2026-01-01T10:15:00Z">15:00</time>`)
  expect(stage.find("#t").textContent).toBe("15:00")
})

it("keeps how far a list was scrolled", () => {
  const list = (extra: string) =>
    `<div id="list" tabindex="0">${Array.from({ length: 60 }, (_, i) => `<p id="p${i}">${i}</p>`).join("")}${extra}</div>`
  show(list(""))
  const box = stage.find("#list")
  Object.assign(box.style, { height: "100px", overflow: "auto" })
  const keepLook = box.getAttribute("style")
  box.scrollTop = 300
  const fresh = parseFragment(list("<p>new</p>"))
  fresh.querySelector("#list")?.setAttribute("style", keepLook ?? "")
  morph(stage.view, fresh)
  expect(box.scrollTop).toBe(300)
})

it("20: a question named after a form's own property does not break the form", () => {
  const names = ["attributes", "childNodes", "getAttribute", "parentNode", "tagName", "id"]
  const controls = names.map((each) => `<input name="${each}" value="1">`).join("")
  show(`<form id="f">${controls}<input id="q-1" name="q-1"></form>`)
  type(stage.find("#q-1"), "yes")
  show(`<form id="f" class="b"><p>x</p>${controls}<input id="q-1" name="q-1"></form>`)
  expect(stage.find<HTMLInputElement>("#q-1").value).toBe("yes")
  expect(stage.find("form").getAttribute("class")).toBe("b")
})
