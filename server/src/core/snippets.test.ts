import { expect, it } from "vitest"
import { snippetsFor } from "./snippets.ts"

const place = { publicUrl: "https://tickets.example.com", widget: "laughing-stock/main" }

it("is the same two lines for every kind of page", () => {
  const snippets = snippetsFor(place)
  expect(snippets.map(({ kind }) => kind)).toEqual(["html", "wordpress", "squarespace", "app"])
  for (const { code, more } of snippets) {
    const all = `${code}\n${more?.code ?? ""}`
    expect(all).toContain(
      '<script src="https://tickets.example.com/v1/w/laughing-stock/main.js" async></script>',
    )
    expect(all).toContain('<foyer-checkout widget="laughing-stock/main"')
  }
})

it("brings the event's first view along when the page is about one event", () => {
  const [html] = snippetsFor({ ...place, event: "gala" })
  expect(html?.code).toBe(
    '<script src="https://tickets.example.com/v1/w/laughing-stock/main.js?event=gala" async></script>\n' +
      '<foyer-checkout widget="laughing-stock/main" event="gala"></foyer-checkout>',
  )
})
