import type { Appearance } from "@stripe/stripe-js"

const colours = {
  colorPrimary: "--accent",
  colorBackground: "--bg",
  colorText: "--ink",
  colorTextSecondary: "--muted",
  colorDanger: "--bad",
} as const

/** The payment form in the widget's colours: the theme as the browser computed it, since Stripe's frame cannot see the page's properties. */
export function paymentLook(root: ShadowRoot): Appearance {
  const probe = root.appendChild(document.createElement("span"))
  const read = (property: string, value: string) => {
    probe.style.setProperty(property, value)
    return getComputedStyle(probe).getPropertyValue(property)
  }
  try {
    const colour = (token: string) => asRgb(read("color", `var(${token})`))
    const variables = Object.fromEntries(
      Object.entries(colours).map(([name, token]) => [name, colour(token)]),
    )
    return {
      theme: isDark(variables["colorBackground"] ?? "") ? "night" : "stripe",
      variables: {
        ...variables,
        fontFamily: read("font-family", "var(--font)"),
        fontSizeBase: read("font-size", "var(--t)"),
        borderRadius: read("border-top-left-radius", "var(--r)"),
      },
    }
  } finally {
    probe.remove()
  }
}

/** Mixed colours compute to `color(srgb ...)`, which Stripe does not read: a pixel tells them as rgb. */
function asRgb(colour: string): string {
  const context = document.createElement("canvas").getContext("2d")
  if (!context) return colour
  context.fillStyle = colour
  context.fillRect(0, 0, 1, 1)
  const [red, green, blue] = context.getImageData(0, 0, 1, 1).data
  return `rgb(${red}, ${green}, ${blue})`
}

/** By relative luminance, roughly: which of Stripe's two themes fills in what the variables do not say. */
function isDark(rgb: string): boolean {
  const [red = 255, green = 255, blue = 255] = (rgb.match(/\d+/g) ?? []).map(Number)
  return red * 0.2126 + green * 0.7152 + blue * 0.0722 < 128
}
