import type { Page } from "@playwright/test"
import { startHosts } from "#support/host-server.ts"
import { openBrowser } from "./browser.ts"
import { type Bench, percentile, warmUpMs } from "./figures.ts"
import { comeTo, type Foyer, startFoyer } from "./processes.ts"

const clicks = 25

/** In a real browser: from the click on "one more" until the number on the page is the server's, its commit included. */
export const clickToDom: Bench = {
  name: "click-to-dom",
  about: `${clicks} clicks in Chromium, each answered before the next; floor: the answer alone, without a browser`,
  async run(place) {
    let foyerUrl = ""
    await using hosts = await startHosts(() => foyerUrl)
    await using foyer = await startFoyer(await place.database("foyer"), 1_000_000, hosts.origin)
    foyerUrl = foyer.url.replace("127.0.0.1", "localhost")
    await using browser = await openBrowser()
    const page = await browser.newPage({ locale: "en-CA" })
    await page.goto(`${hosts.origin}/plain?widget=${foyer.hall.widget}`)
    await page.locator("#open-gala").click()
    await page.locator("#event-title").waitFor()
    await warmUp(foyer, hosts.origin)
    const durations = await timeClicks(page, foyer)
    const answers = await answersAlone(foyer, hosts.origin)
    return [
      {
        what: "click to the number on the page, p50",
        unit: "ms",
        floor: percentile(answers, 50),
        ours: percentile(durations, 50),
        limit: { most: 5 },
      },
    ]
  },
}

/** The browser hears the click as a shopper's; the widget shows the wish at once, so the wait is for the cart's total. */
async function timeClicks(page: Page, foyer: Foyer): Promise<number[]> {
  const price = foyer.prices.find(Boolean) ?? ""
  return page.evaluate(
    async ({ clicks, price }) => {
      const root = document.querySelector("foyer-checkout")?.shadowRoot
      if (!root) throw new Error("there is no widget")
      const button = (more: boolean) =>
        root.querySelector<HTMLElement>(`[id$="-${more ? "more" : "fewer"}"]`)
      const durations: number[] = []
      for (let click = 0; click < clicks; click++) {
        const panel = root.querySelector("#event-panel")
        if (!panel) throw new Error(`there is no panel beside ${price}`)
        const changed = new Promise<number>((seen, fail) => {
          setTimeout(fail, 5000, new Error("a click changed nothing"))
          const observer = new MutationObserver(() => {
            observer.disconnect()
            seen(performance.now())
          })
          observer.observe(panel, { subtree: true, childList: true, characterData: true })
        })
        const clickedAt = performance.now()
        button(click % 2 === 0)?.click()
        durations.push((await changed) - clickedAt)
        await new Promise((rest) => setTimeout(rest, 300))
      }
      return durations.slice(3)
    },
    { clicks, price },
  )
}

async function warmUp(foyer: Foyer, origin: string): Promise<void> {
  const others = { widget: foyer.hall.widget, count: 250, event: "gala", origin }
  await using crowd = await comeTo(foyer, others)
  await crowd.tell({ do: "click", prices: foyer.prices, perSecond: 500, forMs: warmUpMs })
}

async function answersAlone(foyer: Foyer, origin: string): Promise<readonly number[]> {
  await using shopper = await comeTo(foyer, {
    widget: foyer.hall.widget,
    count: 1,
    event: "gala",
    origin,
  })
  const told = await shopper.tell({ do: "click", prices: foyer.prices, perSecond: 3, forMs: 8000 })
  return told.latenciesMs
}
