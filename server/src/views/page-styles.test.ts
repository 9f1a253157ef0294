import { readFile } from "node:fs/promises"
import { sheet, tokens } from "@foyer/shared/look"
import { expect, it } from "vitest"
import { brandStyle } from "#views/brand-style.ts"
import { galleryBrands } from "#testing/shop-pages.ts"

const namesIn = (text: string) => [...new Set(text.match(/--foyer-[a-z]+(-[a-z]+)*/g))].toSorted()

it("reads the properties that the theming guide promises, and no other", async () => {
  const guide = await readFile(new URL("../../../docs/theming.md", import.meta.url), "utf8")
  const promised = guide.split("\n").filter((line) => line.startsWith("| `--foyer-"))
  expect(namesIn(tokens + sheet)).toEqual(namesIn(promised.join("\n")))
  expect(namesIn(tokens + sheet)).toEqual(
    expect.arrayContaining(
      Object.values(galleryBrands).flatMap((each) => Object.keys(brandStyle(each))),
    ),
  )
})
