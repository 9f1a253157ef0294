import { contrast } from "./brand.ts"
import type { CatalogueFile } from "./catalogue-file.ts"

/** The three questions about the look, as typed. */
export type TypedLook = { readonly theme: string; readonly accent: string; readonly radius: string }

/** Corners, by what they look like. */
export const corners = [
  { value: "0", label: "Square" },
  { value: "10", label: "Soft" },
  { value: "20", label: "Round" },
] as const

/** The file with a look from three answers; the text on the button is black or white, whichever can be read. Undefined: the colour is none. */
export function withFirstLook(file: CatalogueFile, typed: TypedLook): CatalogueFile | undefined {
  const accent = /^#?([0-9a-f]{6})$/i.exec(typed.accent.trim())?.[1]?.toLowerCase()
  if (typed.accent !== "" && accent === undefined) return undefined
  const { brand = {} } = file.account
  const { theme: _, colors, ...kept } = brand
  const theme = (["light", "dark"] as const).find((each) => each === typed.theme)
  const colored =
    accent === undefined
      ? colors
      : { ...colors, accent: `#${accent}`, accentInk: inkOn(`#${accent}`) }
  const look = {
    ...kept,
    ...(theme && { theme }),
    radiusPx: corners.some(({ value }) => value === typed.radius) ? Number(typed.radius) : 10,
    ...(colored && { colors: colored }),
  }
  return { ...file, account: { ...file.account, brand: look } }
}

function inkOn(ground: string): string {
  return contrast("#ffffff", ground) >= contrast("#000000", ground) ? "#ffffff" : "#000000"
}
