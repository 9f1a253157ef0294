import { fileURLToPath } from "node:url"
import { build, type Rolldown } from "vite"
import { openBrowser } from "./browser.ts"
import { type Bench, median } from "./figures.ts"

const products = 50
const rounds = 60

/** What showing an answer costs the shopper's browser on a page of many products. */
export const morph: Bench = {
  name: "morph",
  about: `one row of ${products} changes; floor: innerHTML of the whole list, layout included`,
  async run() {
    const script = await bundle()
    await using browser = await openBrowser()
    const page = await browser.newPage()
    await page.setContent("<!doctype html><title>Fifty products</title><div id=host></div>")
    await page.addScriptTag({ content: script })
    const timed = await page.evaluate(race, { products, rounds })
    return [
      {
        what: "only the changed region is sent",
        unit: "ms",
        floor: median(timed.replaced),
        ours: median(timed.region),
        limit: { most: 0.6 },
      },
      {
        what: "the whole list is sent",
        unit: "ms",
        floor: median(timed.replaced),
        ours: median(timed.list),
      },
    ]
  },
}

/** The widget's own morph, as the widget has it. */
async function bundle(): Promise<string> {
  const entry = fileURLToPath(new URL("../../widget/src/morph.ts", import.meta.url))
  const built = (await build({
    configFile: false,
    logLevel: "error",
    build: {
      write: false,
      lib: { entry, formats: ["iife"], name: "foyerMorph", fileName: "morph" },
    },
  })) as Rolldown.RolldownOutput[]
  const [chunk] = built.flatMap(({ output }) => output)
  if (chunk?.type !== "chunk") throw new Error("the morph was not bundled")
  return chunk.code
}

type Timed = Record<"replaced" | "region" | "list", number[]>

/** Runs in the page. */
function race({ products, rounds }: { products: number; rounds: number }): Timed {
  const { foyerMorph } = globalThis as unknown as {
    foyerMorph: { morph(container: Element, content: DocumentFragment): void }
  }
  const host = document.querySelector("#host")
  if (!host) throw new Error("there is no host")
  const root = host.attachShadow({ mode: "open" })
  const row = (id: number, quantity: number) => `<li id="row-${id}"><div><h4>Product ${id}</h4>
    <p><span class="money">$25.00</span> <small>+ $1.50 fee</small></p></div>
    <div class="qty" role="group" id="step-${id}" aria-label="Product ${id}"><button type="button" id="less-${id}">-</button>
    <output id="count-${id}">${quantity}</output><button type="button" id="more-${id}">+</button></div></li>`
  const list = (quantity: number) =>
    `<ul>${Array.from({ length: products }, (_, id) => row(id, id === 7 ? quantity : 0)).join("")}</ul>`
  const panel = (quantity: number) =>
    `<h3>Your cart</h3><ul><li id="line-7">${quantity} x Product 7</li></ul><p id="total"><b>$${quantity * 28}.25</b></p>`
  root.innerHTML = `<div id="list">${list(0)}</div><div id="panel">${panel(0)}</div>`
  const [rows, side] = [root.querySelector("#list"), root.querySelector("#panel")]
  if (!rows || !side) throw new Error("there is no list")
  const fragment = (html: string) => document.createRange().createContextualFragment(html)
  const time = (work: () => void) => {
    const startedAt = performance.now()
    work()
    void rows.getBoundingClientRect()
    return performance.now() - startedAt
  }
  const timed: Timed = { replaced: [], region: [], list: [] }
  for (let round = 1; round <= rounds; round++) {
    timed.replaced.push(time(() => void (rows.innerHTML = list(round))))
    timed.list.push(time(() => foyerMorph.morph(rows, fragment(list(round + 1)))))
    timed.region.push(time(() => foyerMorph.morph(side, fragment(panel(round)))))
  }
  return timed
}
