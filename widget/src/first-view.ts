import type { FirstView } from "@foyer/shared/protocol"
import { brandSheet } from "./brand-sheet.ts"
import { compose } from "./compose.ts"
import { fits } from "./first-fit.ts"
import { load } from "./load.ts"
import type { Page } from "./page.ts"
import { sheetOf } from "./sheet-of.ts"
import { lookCss } from "./styles.ts"

/** Filled in by the server, in the script that it sends for one widget. */
declare const __FOYER_FIRST_VIEW__: FirstView

begin(document.currentScript, __FOYER_FIRST_VIEW__)

/** Shows the first view of each of the widget's elements at once, in the shadow root that the module will find there. */
function begin(script: HTMLOrSVGScriptElement | null, first: FirstView): void {
  const sheet = sheetOf(lookCss)
  const page = load(script, { sheet })
  if (!page) return
  page.firsts = [...(page.firsts ?? []), first]
  page.sheet ??= sheet
  const paintAll = () => {
    for (const element of document.querySelectorAll("foyer-checkout")) paint(page, first, element)
  }
  paintAll()
  if (document.readyState !== "loading") return
  // The parser has not come to every element yet.
  const observer = new MutationObserver(paintAll)
  observer.observe(document, { childList: true, subtree: true })
  document.addEventListener("DOMContentLoaded", () => observer.disconnect(), { once: true })
}

function paint(page: Page, first: FirstView, element: Element): void {
  if (element.shadowRoot || !fits(first, element)) return
  const root = element.attachShadow({ mode: "open" })
  root.adoptedStyleSheets = [...(page.sheet ? [page.sheet] : []), brandSheet(first.brand)]
  const view = document.createElement("div")
  Object.assign(view, { id: "view", lang: first.locale.tag, dir: first.locale.dir })
  view.append(compose(first.regions.map(({ id, html }) => [id, html] as const)))
  root.append(view)
  root.addEventListener("click", (event) => keepClick(page, element, event))
}

/** A click that comes before the module is kept for it; only when it never comes, the link leads where it says. */
function keepClick(page: Page, element: Element, event: Event): void {
  const link = (event.target as Element).closest<HTMLAnchorElement>("[data-go]")
  if (!link || element.matches(":defined")) return
  event.preventDefault()
  page.clicked = link
  page.module?.catch(() => link.href && location.assign(link.href))
}
