import type { BrowserContext, Page } from "@playwright/test"
import type { Session } from "./driver.ts"
import { press, write } from "./keys.ts"
import { frameIn, searchFrom } from "./locator.ts"
import { eventually, run, sendKeys, showTab, type Tab } from "./tab.ts"

/** The tab that a session opens with. */
export async function firstPage(session: Session): Promise<Page> {
  return pageOf({ session, handle: await session.ask<string>("GET", "/window") })
}

/** Playwright's page, as far as the stories that run here use it. */
function pageOf(tab: Tab): Page {
  const place = { tab, frames: [], steps: [] }
  const inTab = (task: () => Promise<unknown>) =>
    tab.session.turn(async () => {
      await showTab(tab)
      await task()
    })
  const page = {
    ...searchFrom(place),
    frameLocator: (css: string) => frameIn(place, css),
    goto: (url: string) => inTab(() => tab.session.ask("POST", "/url", { url })),
    reload: () => inTab(() => tab.session.ask("POST", "/refresh", {})),
    bringToFront: () => inTab(async () => {}),
    evaluate: (ask: string | ((arg: unknown) => unknown), arg?: unknown) =>
      run(place, `return (${String(ask)})${typeof ask === "string" ? "" : "(...args)"}`, arg),
    addScriptTag: ({ url }: { url: string }) => run(place, "return loadScript(args[0])", url),
    keyboard: {
      press: (key: string) => inTab(() => sendKeys(tab, press(key))),
      type: (text: string) => inTab(() => sendKeys(tab, write(text))),
    },
  }
  return page as unknown as Page
}

/** Playwright's context: the session itself, whose tabs share their storage. */
export function contextOf(session: Session): BrowserContext {
  const handles = () => session.ask<string[]>("GET", "/window/handles")
  const context = {
    async newPage() {
      const { handle } = await session.ask<{ handle: string }>("POST", "/window/new", {
        type: "window",
      })
      return pageOf({ session, handle })
    },
    /** Only `page`: a tab that the page itself opens. */
    async waitForEvent() {
      const known = new Set(await handles())
      return eventually(async () => {
        const handle = (await handles()).find((each) => !known.has(each))
        if (!handle) throw new Error("no new tab")
        return pageOf({ session, handle })
      })
    },
  }
  return context as unknown as BrowserContext
}
