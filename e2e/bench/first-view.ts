import { once } from "node:events"
import { connect, createServer, type Socket } from "node:net"
import { brotliCompressSync } from "node:zlib"
import type { Browser } from "@playwright/test"
import { startHosts } from "#support/host-server.ts"
import { openBrowser } from "./browser.ts"
import { type Bench, median } from "./figures.ts"
import { type Foyer, startFoyer } from "./processes.ts"

const rounds = 7
const roundTripMs = 60

/** From the moment the page's script tag is met until the first event is in the page, at a first visit. */
export const firstView: Bench = {
  name: "first-view",
  about: `script tag to visible events, on loopback and through a proxy with a round trip of ${roundTripMs} ms`,
  async run(place) {
    let foyerUrl = ""
    await using hosts = await startHosts(() => foyerUrl)
    await using foyer = await startFoyer(await place.database("foyer"), 1000, hosts.origin)
    await using far = await startProxy(foyer, roundTripMs / 2)
    await using browser = await openBrowser()
    const visits = async (url: string) => {
      foyerUrl = url
      const page = `${hosts.origin}/first-view?widget=${foyer.hall.widget}`
      const all: number[] = []
      for (let round = 0; round < rounds; round++) all.push(await visit(browser, page))
      return median(all)
    }
    const near = await visits(foyer.url)
    const away = await visits(far.url)
    return [
      { what: "first events, loopback", unit: "ms", ours: near, limit: { most: 100 } },
      {
        what: `first events, ${roundTripMs} ms away`,
        unit: "ms",
        ours: away,
        limit: { most: 250 },
      },
      {
        what: "loader, first look and first frame, brotli",
        unit: "kB",
        ours: (await firstBytes(foyer)) / 1000,
        limit: { most: 10 },
      },
    ]
  },
}

/** A context of its own has no cache. The clock starts when the parser has met the tag, as the page's own script tells. */
async function visit(browser: Browser, url: string): Promise<number> {
  const context = await browser.newContext({ locale: "en-CA" })
  const page = await context.newPage()
  await page.addInitScript(() => {
    const times = { tag: 0, seen: 0 }
    Object.assign(globalThis, { foyerTimes: times })
    const look = () => {
      if (times.tag === 0 && document.querySelector("script[src*='/v1/']"))
        times.tag = performance.now()
      const card = document.querySelector("foyer-checkout")?.shadowRoot?.querySelector(".card")
      if (!card) return void requestAnimationFrame(look)
      times.seen = performance.now()
    }
    new MutationObserver((_, observer) => {
      if (times.tag === 0 && document.querySelector("script[src*='/v1/']"))
        times.tag = performance.now()
      if (times.tag > 0) observer.disconnect()
    }).observe(document, { subtree: true, childList: true })
    requestAnimationFrame(look)
  })
  await page.goto(url)
  const told = await page.waitForFunction(() => {
    const { foyerTimes } = globalThis as unknown as { foyerTimes: { tag: number; seen: number } }
    return foyerTimes.seen > 0 ? foyerTimes.seen - foyerTimes.tag : undefined
  })
  const ms = await told.jsonValue()
  await context.close()
  return ms ?? Number.NaN
}

async function firstBytes({ url, hall }: Foyer): Promise<number> {
  const response = await fetch(`${url}/v1/w/${hall.widget}.js`)
  return brotliCompressSync(new Uint8Array(await response.arrayBuffer())).length
}

type Proxy = AsyncDisposable & { readonly url: string }

/** Each byte takes `oneWayMs` in either direction, as does the news that a connection is open. */
async function startProxy(foyer: Foyer, oneWayMs: number): Promise<Proxy> {
  const open = new Set<Socket>()
  const server = createServer((near) => {
    const far = connect(Number(new URL(foyer.url).port), "127.0.0.1")
    open.add(near).add(far)
    // The handshake of TCP is a round trip before the first byte.
    pass(near, far, oneWayMs * 3)
    pass(far, near, oneWayMs)
  })
  server.listen(0, "127.0.0.1")
  await once(server, "listening")
  const address = server.address()
  const port = typeof address === "object" && address !== null ? address.port : 0
  return {
    url: `http://127.0.0.1:${port}`,
    async [Symbol.asyncDispose]() {
      for (const socket of open) socket.destroy()
      server.close()
      await once(server, "close")
    },
  }
}

/** The first bytes wait `firstMs`, and later ones never overtake them. */
function pass(from: Socket, to: Socket, firstMs: number): void {
  const openedAt = performance.now()
  const later = roundTripMs / 2
  const after = (work: () => void) =>
    setTimeout(work, Math.max(later, openedAt + firstMs - performance.now()))
  from.on("data", (bytes) => void after(() => to.write(bytes)))
  from.on("close", () => void after(() => to.destroy()))
  from.on("error", () => to.destroy())
}
