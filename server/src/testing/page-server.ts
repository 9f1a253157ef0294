import { createServer } from "node:http"
import type { AddressInfo } from "node:net"

export type PageServer = AsyncDisposable & {
  readonly origin: string
  /** What each path answers; another path is not found. */
  readonly pages: Map<string, TestPage>
}

export type TestPage = {
  readonly body: string | Buffer
  readonly headers?: Readonly<Record<string, string>>
}

/** An organizer's site, on this machine. */
export async function openPageServer(): Promise<PageServer> {
  const pages = new Map<string, TestPage>()
  const server = createServer((request, response) => {
    const page = pages.get(new URL(request.url ?? "/", "http://site.example").pathname)
    if (!page) return void response.writeHead(404, { "content-type": "text/html" }).end("none")
    response
      .writeHead(200, { "content-type": "text/html; charset=utf-8", ...page.headers })
      .end(page.body)
  })
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve))
  const { port } = server.address() as AddressInfo
  return {
    origin: `http://127.0.0.1:${port}`,
    pages,
    [Symbol.asyncDispose]: () => {
      server.closeAllConnections()
      return new Promise((resolve) => void server.close(() => resolve()))
    },
  }
}
