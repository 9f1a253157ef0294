import { type Page, pageKey } from "./page.ts"
import { arrivalFrom } from "./visit.ts"

/** The hashed name of the module, known at build. */
declare const __FOYER_MODULE__: string

load(document.currentScript)

/** Only a classic script knows its own element; a second inclusion finds the page taken and does nothing. */
function load(script: HTMLOrSVGScriptElement | null): void {
  if (!(script instanceof HTMLScriptElement) || window[pageKey]) return
  const arrival = arrivalFrom(location.href, document.referrer, Date.now())
  if (arrival.cleanUrl) history.replaceState(history.state, "", arrival.cleanUrl)
  const { origin } = new URL(script.src)
  const page: Page = { origin, arrival }
  Object.defineProperty(window, pageKey, { value: page })
  import(/* @vite-ignore */ `${origin}/v1/assets/${__FOYER_MODULE__}`).catch((error: unknown) =>
    console.error("foyer: the widget could not be loaded", error),
  )
}
