import type { Page } from "@playwright/test"

/** Counts from now on. From inside the page, the only place where every engine shows its sockets. */
export async function countSockets(page: Page): Promise<() => Promise<number>> {
  await page.addInitScript(() => {
    const opened: string[] = []
    class Counted extends WebSocket {
      constructor(url: string | URL, protocols?: string | string[]) {
        super(url, protocols)
        opened.push(this.url)
      }
    }
    Object.assign(window, { WebSocket: Counted, opened })
  })
  return () => page.evaluate("window.opened.length")
}
