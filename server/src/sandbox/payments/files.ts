import { readFile } from "node:fs/promises"
import type { ServerResponse } from "node:http"

const folder = new URL("browser/", import.meta.url)
const scripts = [
  "errors.js",
  "listeners.js",
  "channel.js",
  "element.js",
  "modal.js",
  "elements.js",
  "stripe.js",
]

type File = {
  readonly type: string
  readonly read: () => Promise<string>
  readonly isPage?: boolean
}

const fromFolder = (name: string) => () => readFile(new URL(name, folder), "utf8")

// A fixed list: no path from outside ever reaches the disk.
const files: Readonly<Record<string, File>> = {
  "/sandbox/stripe.js": { type: "text/javascript", read: readHostScript },
  "/sandbox/payment.html": { type: "text/html", read: fromFolder("payment.html"), isPage: true },
  "/sandbox/payment.js": { type: "text/javascript", read: fromFolder("payment.js") },
  "/sandbox/express.html": { type: "text/html", read: fromFolder("express.html"), isPage: true },
  "/sandbox/express.js": { type: "text/javascript", read: fromFolder("express.js") },
  "/sandbox/wallet.html": { type: "text/html", read: fromFolder("wallet.html"), isPage: true },
  "/sandbox/wallet.js": { type: "text/javascript", read: fromFolder("wallet.js") },
  "/sandbox/frame.js": { type: "text/javascript", read: fromFolder("frame.js") },
  "/sandbox/answered.js": { type: "text/javascript", read: fromFolder("answered.js") },
  "/sandbox/frame.css": { type: "text/css", read: fromFolder("frame.css") },
  "/sandbox/approval.css": { type: "text/css", read: fromFolder("approval.css") },
}

/** What the sandbox's pages may do: their own scripts and styles, nothing inline, framed by any shop. */
export const pagePolicy =
  "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:; base-uri 'none'"

/** Serves one of the sandbox's files; false when there is none of that name. */
export async function serveFile(path: string, response: ServerResponse): Promise<boolean> {
  const file = files[path]
  if (file === undefined) return false
  response.writeHead(200, {
    "Content-Type": `${file.type}; charset=utf-8`,
    "Cache-Control": "no-cache",
    "X-Content-Type-Options": "nosniff",
    "Access-Control-Allow-Origin": "*",
    "Cross-Origin-Resource-Policy": "cross-origin",
    ...(file.isPage === true && { "Content-Security-Policy": pagePolicy }),
  })
  response.end(await file.read())
  return true
}

/** The shop's script is written as small modules and served as one classic script, in which they share one scope. */
async function readHostScript(): Promise<string> {
  const parts = await Promise.all(scripts.map((name) => fromFolder(`host/${name}`)()))
  return `(() => {\n"use strict";\n${parts.map(withoutModule).join("\n")}\n})();\n`
}

function withoutModule(source: string): string {
  return source.replaceAll(/^import [^"]*"[^"]*"$/gm, "").replaceAll(/^export /gm, "")
}
