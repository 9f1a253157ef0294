import { type Page, pageKey } from "./page.ts"
import { arrivalFrom } from "./visit.ts"

/** The hashed names of the module and of its look, known at build. */
declare const __FOYER_MODULE__: string
declare const __FOYER_LOOK__: string

/**
 * Starts the widget on the page of a classic script, which alone knows its own element. A second script finds the page taken and changes
 * nothing. Undefined where the page belongs to another server, or this is no classic script.
 */
export function load(
  script: HTMLOrSVGScriptElement | null,
  brings: Pick<Page, "sheet"> = {},
): Page | undefined {
  if (!(script instanceof HTMLScriptElement)) return undefined
  const { origin } = new URL(script.src)
  const known = window[pageKey]
  if (known) return known.origin === origin ? known : undefined
  const arrival = arrivalFrom(location.href, document.referrer, Date.now())
  if (arrival.cleanUrl) history.replaceState(history.state, "", arrival.cleanUrl)
  const from = (name: string) => import(/* @vite-ignore */ `${origin}/v1/assets/${name}`)
  const look = brings.sheet ? {} : { look: from(__FOYER_LOOK__) as NonNullable<Page["look"]> }
  const module = from(__FOYER_MODULE__)
  module.catch((error: unknown) => console.error("foyer: the widget could not be loaded", error))
  const page: Page = { origin, arrival, ...brings, ...look, module }
  Object.defineProperty(window, pageKey, { value: page })
  return page
}
