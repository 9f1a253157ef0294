/** The brand's form beside the widget: what is typed is seen in the frame at once, and what cannot be read is said. Works on the same origin only. */
export function watchBrand(): void {
  const form = document.getElementById("brand-form")
  const frame = document.getElementById("brand-preview")
  if (!(form instanceof HTMLFormElement) || !(frame instanceof HTMLIFrameElement)) return
  const show = () => {
    dress(form, frame)
  }
  addSwatches(form, show)
  form.addEventListener("input", show)
  form.addEventListener("change", () => void sayContrast(form, frame))
  frame.addEventListener("load", show)
}

/** Field names within the brand, the property each sets, and its unit. */
const properties: readonly (readonly [field: string, property: string, unit?: "px" | "percent"])[] =
  [
    ["colors.bg", "--foyer-bg"],
    ["colors.ink", "--foyer-ink"],
    ["colors.accent", "--foyer-accent"],
    ["colors.accentInk", "--foyer-accent-ink"],
    ["colors.surface", "--foyer-surface"],
    ["colors.focus", "--foyer-focus"],
    ["radiusPx", "--foyer-radius", "px"],
    ["densityPercent", "--foyer-density", "percent"],
    ["gutterPx", "--foyer-gutter", "px"],
    ["font", "--foyer-font"],
    ["fontHeading", "--foyer-font-heading"],
    ["headingWeight", "--foyer-heading-weight"],
  ]

function dress(form: HTMLFormElement, frame: HTMLIFrameElement): void {
  const page = frame.contentDocument
  const widget = page?.querySelector<HTMLElement>("foyer-checkout")
  if (!page || !widget) return
  for (const [field, property, unit] of properties) {
    const value = valueOf(form, field)
    for (const { style } of [page.documentElement, widget])
      style.setProperty(property, inCss(value, field, unit))
  }
  const theme = valueOf(form, "theme")
  if (theme === "") delete page.documentElement.dataset["theme"]
  else page.documentElement.dataset["theme"] = theme
  widget.toggleAttribute("theme", theme !== "")
  if (theme !== "") widget.setAttribute("theme", theme)
}

function valueOf(form: HTMLFormElement, field: string): string {
  const control = form.elements.namedItem(`account.brand.${field}`)
  return control instanceof HTMLInputElement || control instanceof HTMLSelectElement
    ? control.value.trim()
    : ""
}

/** What is empty or half typed is the widget's own. */
function inCss(value: string, field: string, unit?: "px" | "percent"): string {
  if (field.startsWith("colors.")) return isColor(value) ? value : "initial"
  if (value === "") return "initial"
  if (unit === "px") return `${Number(value)}px`
  return unit === "percent" ? String(Number(value) / 100) : value
}

function isColor(value: string): boolean {
  return /^#[0-9a-f]{6}$/i.test(value)
}

/** Beside each colour a field of the browser's own to choose it with. */
function addSwatches(form: HTMLFormElement, show: () => void): void {
  for (const [field] of properties.filter(([name]) => name.startsWith("colors."))) {
    const text = form.elements.namedItem(`account.brand.${field}`)
    if (!(text instanceof HTMLInputElement)) continue
    const swatch = document.createElement("input")
    swatch.type = "color"
    swatch.className = "input"
    swatch.setAttribute("aria-label", `Choose: ${text.labels?.[0]?.textContent ?? "colour"}`)
    const follow = () => {
      if (isColor(text.value)) swatch.value = text.value
      // It is no field of its own: nothing in it is ever unsaved.
      swatch.defaultValue = swatch.value
      swatch.classList.toggle("unset", !isColor(text.value))
    }
    follow()
    text.addEventListener("input", follow)
    swatch.addEventListener("input", () => {
      text.value = swatch.value
      swatch.defaultValue = swatch.value
      swatch.classList.remove("unset")
      text.dispatchEvent(new Event("input", { bubbles: true }))
      show()
    })
    const pair = document.createElement("span")
    pair.className = "pair"
    text.replaceWith(pair)
    pair.append(text, swatch)
  }
}

async function sayContrast(form: HTMLFormElement, frame: HTMLIFrameElement): Promise<void> {
  const place = document.getElementById("contrast")
  const address = frame.dataset["contrast"]
  if (!place || address === undefined) return
  const body = new URLSearchParams()
  for (const [field] of properties.filter(([name]) => name.startsWith("colors.")))
    body.append(`account.brand.${field}`, valueOf(form, field))
  const answer = await fetch(address, { method: "POST", body }).catch(() => undefined)
  if (!answer?.ok) return
  const sentences = (await answer.json()) as readonly string[]
  place.replaceChildren(...sentences.map(warning))
}

function warning(sentence: string): HTMLElement {
  const note = document.createElement("p")
  note.className = "note warn"
  note.textContent = sentence
  return note
}
