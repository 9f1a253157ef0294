import { expect, it } from "vitest"
import { elementsOf } from "#documents/html-nodes.ts"
import { readPageEvents } from "#documents/read-page-events.ts"

it("reads a page only as far as pages go, however many elements a few letters ask for", () => {
  // Every paragraph opens all the marks again that were never closed.
  const marks = Array.from({ length: 1000 }, (_, i) => `<b id=${i}>`).join("")
  const found = elementsOf(`<h1>Open mic</h1><p>${marks}${"<p>x".repeat(2000)}`)
  expect(found).toHaveLength(100_000)
  expect(found[3]?.tagName).toBe("h1")
})

it("reads an event that says one thing very often, and events within events within events", () => {
  const event = '<div itemscope itemprop="offers" itemtype="https://schema.org/Event">'
  const events = (html: string) => readPageEvents(new TextEncoder().encode(html), "text/html")
  const often = '<meta itemprop="name" content="Open mic">'.repeat(70_000)
  expect(events(`${event}${often}`)).toMatchObject([{ title: "Open mic" }])
  const deep = `${event}<i itemprop="name">`.repeat(30_000)
  expect(events(`${event}<i itemprop="name">Open mic</i>${deep}`)[0]).toMatchObject({
    title: "Open mic",
  })
})

it("reads a page that is one list of very many", () => {
  const list = `<ul itemscope itemtype="https://schema.org/Event">${"<li>x".repeat(300_000)}`
  expect(readPageEvents(new TextEncoder().encode(list), "text/html")).toHaveLength(1)
})
