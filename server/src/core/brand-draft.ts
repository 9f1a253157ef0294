import { contrastFaults, readableColor } from "#core/brand.ts"
import type { CatalogueFile } from "#core/catalogue-file.ts"
import type { Brand } from "#core/storefront.ts"

export type BrandEntry = NonNullable<CatalogueFile["account"]["brand"]>

/** A brand as the file has it as the widget takes it. */
export function brandOf(entry: BrandEntry): Brand {
  const { densityPercent, colors = {}, ...others } = entry
  return {
    ...others,
    colors,
    ...(densityPercent !== undefined && { density: densityPercent / 100 }),
  }
}

/** What is hard to read in a brand, and a colour near it that is not. */
export type ContrastAdvice = {
  readonly text: keyof Brand["colors"]
  readonly ground: keyof Brand["colors"]
  readonly ratio: number
  readonly suggested?: string
}

export function contrastAdvice(colors: Brand["colors"]): ContrastAdvice[] {
  return contrastFaults(colors).map(({ text, ground, ratio }) => {
    const suggested = readableColor(colors[text] ?? "#000000", colors[ground] ?? "#ffffff")
    return { text, ground, ratio, ...(suggested !== undefined && { suggested }) }
  })
}
