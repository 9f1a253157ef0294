import { once } from "node:events"
import { readFile } from "node:fs/promises"
import { createServer } from "node:http"

/** Organizers' pages, served from another origin than Foyer's: what makes cross-origin rules real. */
export type HostServer = AsyncDisposable & { readonly origin: string }

/**
 * Serves `hosts/<page>.html` and `hosts/<script>.js`. In a page `{{foyer}}` is the server's origin, and any other `{{name}}` the query parameter of that name
 * (`?widget=club/main`). A first line `<!-- Header: value -->` becomes a response header.
 */
export async function startHosts(foyerOrigin: () => string): Promise<HostServer> {
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? "/", "http://host")
    const wanted = url.pathname.endsWith(".js") ? script(url) : page(url, foyerOrigin())
    void wanted.then(
      ({ text, headers }) => response.writeHead(200, headers).end(text),
      () => response.writeHead(404).end("no such page"),
    )
  })
  server.listen(0, "127.0.0.1")
  await once(server, "listening")
  const address = server.address()
  if (address === null || typeof address === "string") throw new Error("no port")
  return {
    origin: `http://127.0.0.1:${address.port}`,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      server.close()
      await once(server, "close")
    },
  }
}

async function script(url: URL) {
  const name = /^\/([a-z-]+\.js)$/.exec(url.pathname)?.[1]
  if (!name) throw new Error("no such script")
  const text = await readFile(new URL(`../hosts/${name}`, import.meta.url), "utf8")
  return { text, headers: { "Content-Type": "text/javascript; charset=utf-8" } }
}

async function page(url: URL, foyer: string) {
  const name = /^\/([a-z-]+)$/.exec(url.pathname)?.[1]
  if (!name) throw new Error("no such page")
  const template = await readFile(new URL(`../hosts/${name}.html`, import.meta.url), "utf8")
  const html = template.replaceAll(/\{\{(\w+)\}\}/g, (_, key: string) =>
    key === "foyer" ? foyer : escapeAttribute(url.searchParams.get(key) ?? ""),
  )
  const headers: Record<string, string> = { "Content-Type": "text/html; charset=utf-8" }
  for (const [, header = "", value = ""] of html.matchAll(/^<!-- ([A-Z][\w-]+): (.+) -->$/gm))
    headers[header] = value
  return { text: html, headers }
}

function escapeAttribute(text: string): string {
  return text.replace(/[&<>"]/g, (char) => `&#${char.charCodeAt(0)};`)
}
