export type Scheme = "light" | "dark"

export type Properties = ReadonlyMap<string, string>

/** The custom properties that sheets give to the root element, the last said winning, as they are written. */
export function rootProperties(...sheets: readonly string[]): Properties {
  const css = sheets.join("\n").replaceAll(/\/\*[^]*?\*\//g, "")
  const blocks = [...css.matchAll(/(?<=^|[}\s]):root\s*\{([^}]*)\}/g)]
  const declarations = blocks.flatMap(([, text = ""]) =>
    [...text.matchAll(/(--[\w-]+)\s*:\s*([^;]+)/g)].map(
      ([, name = "", value = ""]) => [name, value.trim()] as const,
    ),
  )
  return new Map(declarations)
}

/** The `#rrggbb` that a browser comes to: hex, `var()`, `light-dark()` and `color-mix(in srgb, a n%, b)`; throws at anything else. */
export function resolveColor(value: string, properties: Properties, scheme: Scheme): string {
  const hex = /^#([0-9a-f]{3}|[0-9a-f]{6})$/i.exec(value)?.[1]
  if (hex !== undefined) return `#${hex.length === 3 ? hex.replaceAll(/./g, "$&$&") : hex}`
  const [, name = "", inner = ""] = /^([\w-]+)\((.*)\)$/s.exec(value) ?? []
  const parts = splitParts(inner)
  const of = (part = "") => resolveColor(part, properties, scheme)
  if (name === "var") return of(properties.get(parts[0] ?? "") ?? parts[1])
  if (name === "light-dark") return of(parts[scheme === "light" ? 0 : 1])
  if (name !== "color-mix" || parts[0] !== "in srgb") throw new Error(`no colour: "${value}"`)
  const [, above = "", share = ""] =
    /^(.*\S)\s+(var\([^()]*\)|[\d.]+%)$/s.exec(parts[1] ?? "") ?? []
  return mixed(of(above), of(parts[2]), shareOf(share, properties))
}

function shareOf(text: string, properties: Properties): number {
  const [, name = "", usual = ""] = /^var\(([\w-]+), (.*)\)$/.exec(text) ?? []
  return Number((name === "" ? text : (properties.get(name) ?? usual)).replace("%", "")) / 100
}

function splitParts(text: string): string[] {
  let depth = 0
  const parts = [""]
  for (const char of text) {
    if (char === "(") depth++
    if (char === ")") depth--
    if (char === "," && depth === 0) parts.push("")
    else parts[parts.length - 1] += char
  }
  return parts.map((part) => part.trim())
}

function mixed(above: string, below: string, share: number): string {
  const channel = (color: string, at: number) => Number.parseInt(color.slice(at, at + 2), 16)
  const channels = [1, 3, 5].map((at) =>
    Math.round(channel(above, at) * share + channel(below, at) * (1 - share))
      .toString(16)
      .padStart(2, "0"),
  )
  return `#${channels.join("")}`
}
