import { beforeEach, expect, it } from "vitest"
import { showRegions } from "./console-live.ts"

const page = (body: string) => new DOMParser().parseFromString(`<body>${body}</body>`, "text/html")

beforeEach(() => {
  document.body.innerHTML = `<form><input id="q" name="q"></form>
    <div id="rows" data-live><details id="more"><summary>More</summary>all of it</details>
      <ul><li id="a">first</li></ul><input id="note" value=""></div><p id="still">as it was</p>`
})

const find = <T extends Element = HTMLElement>(selector: string): T => {
  const found = document.querySelector<T>(selector)
  if (!found) throw new Error(`no ${selector}`)
  return found
}

it("changes the live regions only, and marks what is new in them", () => {
  const first = find("#a")
  showRegions(
    page(
      `<div id="rows" data-live><ul><li id="b">second</li><li id="a">first, again</li></ul></div><p id="still">other</p>`,
    ),
  )
  expect(find("#a")).toBe(first)
  expect([...document.querySelectorAll("li")].map((li) => [li.id, li.className])).toEqual([
    ["b", "fresh"],
    ["a", ""],
  ])
  expect(find("#a").textContent).toBe("first, again")
  expect(find("#still").textContent).toBe("as it was")
})

it("keeps what is typed, open and focused", () => {
  const search = find<HTMLInputElement>("#q")
  const note = find<HTMLInputElement>("#note")
  find<HTMLDetailsElement>("#more").open = true
  search.value = "Ada"
  note.focus()
  note.value = "call back"
  showRegions(
    page(`<form><input id="q" name="q"></form><div id="rows" data-live><details id="more"><summary>More</summary>all of it</details>
      <ul><li id="a">other</li></ul><input id="note" value=""></div>`),
  )
  expect(search.value).toBe("Ada")
  expect(note.value).toBe("call back")
  expect(document.activeElement).toBe(note)
  expect(find<HTMLDetailsElement>("#more").open).toBe(true)
  expect(find("#a").textContent).toBe("other")
})

it("leaves a region alone that the new page does not have, or has as it is", () => {
  const before = document.body.innerHTML
  showRegions(page(`<p>nothing of it</p>`))
  expect(document.body.innerHTML).toBe(before)
})
