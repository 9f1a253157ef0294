import { describe, expect, it } from "vitest"
import { canonicalJson } from "#core/canonical-json.ts"
import type { CatalogueFile } from "#core/catalogue-file.ts"
import {
  brandPart,
  type CataloguePart,
  feesPart,
  organizationPart,
  pixelsPart,
  promotionPart,
  regionsPart,
  sitesPart,
  taxPart,
  widgetPart,
} from "#core/catalogue-part.ts"
import { formEntriesOf, readFormTree } from "#core/form-tree.ts"
import { catalogueText } from "#testing/catalogue-file.ts"

const file = JSON.parse(catalogueText()) as CatalogueFile
const widget = file.widgets[0]!.slug
const code = file.promotions![0]!.code

describe.each<[string, CataloguePart]>([
  ["organization", organizationPart],
  ["brand", brandPart],
  ["sites", sitesPart],
  ["regions", regionsPart],
  ["tax", taxPart],
  ["fees", feesPart],
  ["pixels", pixelsPart],
  ["a promotion", promotionPart(code)],
  ["a widget", widgetPart(widget)],
])("%s", (_name, part) => {
  it("changes nothing when what was shown comes back", () => {
    const shown = part.get(file)
    const typed = readFormTree(part.schema, formEntriesOf(part.schema, shown))
    expect(canonicalJson(part.get(part.set(file, typed)))).toBe(canonicalJson(shown))
    expect(canonicalJson(part.set(file, shown))).toBe(
      canonicalJson({ ...file, ...emptyLists(part, file) }),
    )
  })

  it("leaves everything else alone", () => {
    const changed = part.set(file, readFormTree(part.schema, []))
    expect(changed.events).toBe(file.events)
    expect(changed.account.slug).toBe(file.account.slug)
  })
})

/** A list that the file does not have is an empty one to who edits it. */
function emptyLists(part: CataloguePart, { fees, pixels }: CatalogueFile) {
  if (part === feesPart && !fees) return { fees: [] }
  return part === pixelsPart && !pixels ? { pixels: [] } : {}
}

it("takes away what was emptied", () => {
  const emptied = organizationPart.set(file, { account: { name: "New" } })
  expect(emptied.account.name).toBe("New")
  expect(emptied.account).not.toHaveProperty("website")
  expect(emptied.account.allowedOrigins).toEqual(file.account.allowedOrigins)
})

it("adds what is not there yet at the end, and says where it stands", () => {
  const part = promotionPart("NEW")
  const added = part.set(file, { percentOff: "10", appliesTo: "tickets", code: "OTHER" })
  expect(part.at(added)).toBe(`promotions[${file.promotions!.length}]`)
  expect(part.get(added)).toEqual({ percentOff: "10", appliesTo: "tickets", code: "NEW" })
})
