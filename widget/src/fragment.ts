import { trustedHtml } from "./trusted-html.ts"

const elements = new Set(
  (
    "a abbr address article aside b bdi br button caption code data dd del details div dl dt em fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 " +
    "header hr i img input ins label legend li main mark meter nav ol optgroup option output p picture pre progress s section select slot small " +
    "source span strong sub summary sup table tbody td textarea tfoot th thead time tr u ul wbr " +
    "svg g path circle ellipse line polyline polygon rect defs clipPath mask linearGradient radialGradient stop text tspan title desc"
  ).split(" "),
)
const urls = new Set([
  "href",
  "xlink:href",
  "src",
  "action",
  "poster",
  "cite",
  "background",
  "data",
])
const refused =
  /^(on|style$|srcdoc$|is$|popover|command|form(action|method|target|enctype)$|srcset$|ping$)/i
const schemes = /^(https?|mailto|tel):$/

const named = "input, select, textarea, button, fieldset, output, img"

/** Parses the server's HTML inertly and drops whatever could run, load a document or leave the widget. */
export function parseFragment(html: string): DocumentFragment {
  const template = document.createElement("template")
  template.innerHTML = trustedHtml.createHTML(html)
  // First the names: a control called "attributes" would stand in for its form's own property from here on.
  for (const control of template.content.querySelectorAll(named)) dropShadowingNames(control)
  for (const element of template.content.querySelectorAll("*")) clean(element)
  return template.content
}

function dropShadowingNames(control: Element): void {
  for (const name of ["name", "id"])
    if ((control.getAttribute(name) ?? "") in Element.prototype) control.removeAttribute(name)
}

function clean(element: Element): void {
  if (!elements.has(element.localName)) return element.remove()
  for (const { name, value } of Array.from(element.attributes))
    if (isRefused(name, value)) element.removeAttribute(name)
}

function isRefused(name: string, value: string): boolean {
  return refused.test(name) || (urls.has(name) && !isSafeUrl(value))
}

/** The URL parser itself decides, so that no trick with white space hides a scheme. */
function isSafeUrl(value: string): boolean {
  const base = "https://relative.invalid"
  return URL.canParse(value, base) && schemes.test(new URL(value, base).protocol)
}
