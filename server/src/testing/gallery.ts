import { createServer } from "node:http"
import { sheet, tokens } from "@foyer/shared/look"
import { layoutRegion } from "@foyer/shared/protocol"
import type { Screen } from "#core/screen.ts"
import type { Brand } from "#core/storefront.ts"
import { brandStyle } from "#views/brand-style.ts"
import { pageStyles } from "#views/page-styles.ts"
import { renderScreen } from "#views/screen.ts"
import { allScreens } from "./screens.ts"
import { allMails, brandSheetOf, galleryBrands, shopPages } from "./shop-pages.ts"

/**
 * `node src/testing/gallery.ts [port]`: every view with made-up data, in the sheet the widget adopts. `?width=360&theme=dark&brand=amber&locale=fr&only=cart`.
 * The pages around it are at `/order`, `/e/event` and so on, the mails at `/mail/confirmation`: see `shop-pages.ts`. `?brand=amber&locale=fr&much`
 */

/** A view with its regions in place, as the widget puts it together. */
export function assembled(screen: Screen): string {
  const { regions } = renderScreen(screen)
  const frame = regions.find((region) => region.id === layoutRegion)?.html ?? ""
  return regions
    .filter((region) => region.id !== layoutRegion)
    .reduce(
      (page, region) =>
        page.replace(new RegExp(`(data-region="${region.id}"[^>]*>)`), (tag) => tag + region.html),
      frame,
    )
    .replace(/(<time data-until="[^"]*"[^>]*>)/g, "$113:42")
}

const filler = `<div slot="foyer-payment"><div style="height:166px;border:1px dashed #999;border-radius:8px"></div></div>`

function element(screen: Screen, theme: string, brand: Brand): string {
  const properties = Object.entries(brandStyle(brand))
    .map(([name, value]) => `${name}:${value.replaceAll('"', "'")}`)
    .join(";")
  const scheme = theme === "" ? "" : ` theme="${theme}"`
  return `<foyer-checkout${scheme} style="${properties}"><template shadowrootmode="open"><style>${tokens}${sheet}</style>${assembled(screen)}</template>${filler}</foyer-checkout>`
}

function page(query: URLSearchParams, origin: string): string {
  const width = Number(query.get("width") ?? 960)
  const brand = galleryBrands[query.get("brand") ?? "plain"] ?? { colors: {} }
  const theme = brand.theme ?? query.get("theme") ?? ""
  const locale = query.get("locale") ?? "en"
  const only = query.get("only")
  const shown = [...allScreens({ base: { publicUrl: origin, locale } })].filter(
    ([name]) => only === null || name.startsWith(only),
  )
  const figures = shown.map(
    ([name, screen]) =>
      `<figure><figcaption>${name}</figcaption>${element({ ...screen, publicUrl: origin, locale }, theme, brand)}</figure>`,
  )
  const columns = Number(query.get("columns") ?? (width < 500 ? 5 : 2))
  const paper = theme === "dark" ? "#050506" : "#eceae6"
  return `<!doctype html><meta charset="utf-8"><title>Gallery</title><style>body{margin:32px;background:${paper};font:12px sans-serif;color:${theme === "dark" ? "#999" : "#555"};width:${columns * (width + 40)}px;columns:${columns};column-gap:40px}figure{margin:0 0 40px;width:${width}px;break-inside:avoid}figcaption{padding-bottom:8px}</style>${figures.join("")}`
}

/** Something to look at where a poster would be. */
function poster(path: string): string {
  const hue = (path.length * 97 + path.charCodeAt(7) * 31) % 360
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 400 300" width="800" height="600"><path fill="hsl(${hue} 70% 52%)" d="M0 0h400v300H0z"/><circle cx="200" cy="150" r="96" fill="hsl(${(hue + 50) % 360} 90% 68%)"/><path d="M0 300 400 90v210z" fill="hsl(${hue} 80% 30%)" opacity=".5"/></svg>`
}

function answer(path: string, query: URLSearchParams, origin: string): readonly [string, string] {
  const locale = query.get("locale") ?? "en"
  const brand = galleryBrands[query.get("brand") ?? "plain"] ?? { colors: {} }
  const parts = { brand, locale, publicUrl: origin, isMuch: query.has("much") }
  const isOf = (prefix: string) => path.startsWith(prefix)
  if (isOf("/media/")) return ["image/svg+xml", poster(path)]
  if (path === "/pages.css") return ["text/css", pageStyles]
  if (path.endsWith("/brand.css")) return ["text/css", brandSheetOf(path, brand)]
  if (isOf("/mail/")) {
    const mail = allMails(parts).get(path.slice("/mail/".length).replace(".txt", ""))
    return path.endsWith(".txt")
      ? ["text/plain; charset=utf-8", mail?.text ?? ""]
      : ["text/html; charset=utf-8", mail?.html ?? ""]
  }
  const shown = shopPages(parts).get(path)
  return ["text/html; charset=utf-8", shown ? String(shown) : page(query, origin)]
}

/** Serves the gallery on loopback; 0 finds a free port. */
export function openGallery(port: number): Promise<{ readonly url: string; close(): void }> {
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? "/", `http://${request.headers.host}`)
    // A sheet wears the brand that its page was asked for with.
    const asker = new URL(request.headers.referer ?? url)
    const query = url.pathname.endsWith(".css") ? asker.searchParams : url.searchParams
    const [type, body] = answer(url.pathname, query, url.origin)
    response.writeHead(200, { "Content-Type": type }).end(body)
  })
  return new Promise((resolve) =>
    server.listen(port, "127.0.0.1", () => {
      const address = server.address()
      const open = typeof address === "object" && address ? address.port : port
      resolve({ url: `http://127.0.0.1:${open}`, close: () => server.close() })
    }),
  )
}

if (import.meta.main) {
  const gallery = await openGallery(Number(process.argv[2] ?? 0))
  process.stdout.write(`${gallery.url}\n`)
}
