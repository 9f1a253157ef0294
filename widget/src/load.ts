import { type Page, pageKey } from "./page.ts"
import { cutOffWords } from "./shell.ts"
import { trustedHtml } from "./trusted-html.ts"
import { arrivalFrom } from "./visit.ts"

/** The hashed names of the module and of its look, known at build. */
declare const __FOYER_MODULE__: string
declare const __FOYER_LOOK__: string
/** Filled in by the server: its own origin. */
declare const __FOYER_ORIGIN__: string

/**
 * Starts the widget on the page of a script. A second script finds the page taken and changes nothing. Undefined where the page belongs to
 * another server, or forbids all markup that is ours.
 */
export function load(
  script: HTMLOrSVGScriptElement | null,
  brings: Pick<Page, "sheet"> = {},
): Page | undefined {
  const origin = originOf(script)
  const known = window[pageKey]
  if (known) return known.origin === origin && mayShow() ? known : undefined
  const arrival = arrivalFrom(location.href, document.referrer, Date.now())
  if (arrival.cleanUrl) history.replaceState(history.state, "", arrival.cleanUrl)
  const keep = (page: Page) => Object.defineProperty(window, pageKey, { value: page })
  if (!mayShow()) {
    keep({ origin, arrival })
    sendElsewhere(origin)
    return undefined
  }
  const from = (name: string) => import(/* @vite-ignore */ `${origin}/v1/assets/${name}`)
  const look = brings.sheet ? {} : { look: from(__FOYER_LOOK__) as NonNullable<Page["look"]> }
  const module = from(__FOYER_MODULE__)
  module.catch((error: unknown) => console.error("foyer: the widget could not be loaded", error))
  const page: Page = { origin, arrival, ...brings, ...look, module }
  keep(page)
  return page
}

/** Where the script came from. An optimizer may have put its text into a file of the host's, or run it without an element of its own. */
function originOf(script: HTMLOrSVGScriptElement | null): string {
  const src = script instanceof HTMLScriptElement ? script.src : ""
  const isOurs = /^https?:\/\/[^/]+\/v1\/(foyer|w\/[^?#]+)\.js([?#]|$)/.test(src)
  return isOurs ? new URL(src).origin : __FOYER_ORIGIN__
}

/** False where the page requires Trusted Types and does not name the widget's policy: nothing of ours could be shown. */
function mayShow(): boolean {
  try {
    document.createElement("template").innerHTML = trustedHtml.createHTML("<b></b>")
    return true
  } catch {
    return false
  }
}

/** Says so to the organizer, and gives each element a link to its hosted page beside what it has. */
function sendElsewhere(origin: string): void {
  console.error("foyer: this page's Trusted Types keep the widget out. Add: trusted-types foyer")
  const link = () => {
    for (const element of document.querySelectorAll("foyer-checkout")) {
      const anchor = document.createElement("a")
      anchor.href = `${origin}/v1/w/${element.getAttribute("widget")}`
      anchor.textContent = cutOffWords().link
      element.append(anchor)
    }
  }
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", link)
  else link()
}
