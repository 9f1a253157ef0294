import { type DefaultTreeAdapterTypes as Tree, parse } from "parse5"
import { describe, expect, it } from "vitest"
import type { CatalogueFile } from "#core/catalogue-file.ts"
import type { CataloguePart } from "#core/catalogue-part.ts"
import * as parts from "#core/catalogue-part.ts"
import { formEntriesOf } from "#core/form-tree.ts"
import { aCatalogue } from "#testing/catalogue-file.ts"
import { promotion, shop } from "#testing/club.ts"
import { conflictView } from "#views/console/conflict.ts"
import { formValues } from "#views/console/form-values.ts"
import { newPromotionPage, promotionPage } from "#views/console/promotion-page.ts"
import { promotionsPage } from "#views/console/promotions.ts"
import { brandPage } from "#views/console/settings-brand.ts"
import { feesPage } from "#views/console/settings-fees.ts"
import type { SettingsView } from "#views/console/part-view.ts"
import { organizationPage } from "#views/console/settings-organization.ts"
import { pixelsPage } from "#views/console/settings-pixels.ts"
import { regionsPage } from "#views/console/settings-regions.ts"
import { sitesPage } from "#views/console/settings-sites.ts"
import { taxPage } from "#views/console/settings-tax.ts"
import { widgetPage } from "#views/console/widget-page.ts"
import { newWidgetPage, widgetsPage } from "#views/console/widgets.ts"

const texts: Readonly<Record<string, string>> = {
  script: "<script>alert(1)</script>",
  breakout: `"><img src=x onerror=alert(1)>`,
  quote: `' onmouseover='alert(1)`,
  address: "javascript:alert(1)",
  closing: "</textarea></title></select></dialog><svg onload=alert(1)>",
  template: "${alert(1)} {{alert(1)}}",
}

/** Every text of a value is the hostile one, but for what names a kind. */
function poisoned<T>(value: T, text: string): T {
  if (typeof value === "string") return text as T
  if (Array.isArray(value)) return value.map((each) => poisoned(each, text)) as T
  if (typeof value !== "object" || value === null || value instanceof Map || value instanceof Set)
    return value
  const all = Object.entries(value).map(([key, each]) => [key, poisoned(each, text)])
  return Object.fromEntries(all) as T
}

function pagesWith(text: string): readonly [name: string, page: { toString(): string }][] {
  const file = aCatalogue() as CatalogueFile
  const bad = poisoned(file, text)
  const visit = {
    actor: { role: "owner" as const },
    person: { name: text, email: text },
    account: { slug: "club", name: text },
    accounts: [{ slug: "club", name: text }],
    notice: text,
  }
  const view = (part: CataloguePart): SettingsView => {
    const value = poisoned(part.get(file), text)
    return {
      visit,
      file: bad,
      values: formValues([["$kind", "bogo"], ...formEntriesOf(part.schema, value)]),
      base: text,
      faults: [
        { field: "", message: text },
        { field: text, message: text },
      ],
      conflict: conflictView(
        {
          theirs: text,
          current: value,
          typed: value,
          disagreements: [
            { path: text, seen: text, before: text, after: text, by: "both", side: undefined },
          ],
          isSettled: false,
        },
        text,
        (path) => path,
      ),
    }
  }
  const evil = shop({ events: [], account: { ...shop().account, name: text } })
  const seen = {
    promotion: promotion({ eventSlugs: [text], audience: { who: "listed", emails: [text] } }),
    state: "active" as const,
    used: 1,
    sales: [{ currency: "cad", orders: 1, totalMinor: 5, discountMinor: 5 }],
  }
  const order = {
    number: text,
    placedAt: "2026-01-01T00:00:00Z",
    currency: "cad",
    totalMinor: 1,
    discountMinor: 1,
  }
  const { code } = file.promotions?.[0] ?? { code: "" }
  const ofPromotion = view(parts.promotionPart(code))
  const ofWidget = view(parts.widgetPart("main"))
  const share = { page: text, link: text, fault: text, widgets: [{ title: text, link: text }] }
  const snippet = {
    kind: "html" as const,
    title: text,
    steps: [text],
    code: text,
    more: { title: text, code: text },
  }
  return [
    ["organization", organizationPage(view(parts.organizationPart))],
    [
      "brand",
      brandPage({ ...view(parts.brandPart), advice: [], widgets: [{ slug: text, title: text }] }),
    ],
    ["regions", regionsPage(view(parts.regionsPart))],
    ["tax", taxPage(view(parts.taxPart))],
    ["fees", feesPage(view(parts.feesPart))],
    ["pixels", pixelsPage({ ...view(parts.pixelsPart), health: [] })],
    [
      "sites",
      sitesPage({
        visit,
        sites: [{ origin: text, wallets: "refused", error: text }],
        widgets: [{ slug: text, title: text, allowNullOrigin: true }],
        typed: text,
        faults: [{ field: "site", message: text }],
      }),
    ],
    ["promotions", promotionsPage({ visit, shop: evil, promotions: [seen], shown: "running" })],
    [
      "a promotion",
      promotionPage({
        visit,
        shop: evil,
        seen,
        latest: [order],
        share,
        form: ofPromotion,
      }),
    ],
    ["a new promotion", newPromotionPage({ visit, form: ofPromotion })],
    [
      "widgets",
      widgetsPage({
        visit,
        widgets: [{ slug: text, title: text, allowNullOrigin: true }],
        openPages: new Map(),
      }),
    ],
    ["a new widget", newWidgetPage({ visit, form: ofWidget })],
    [
      "a widget",
      widgetPage({
        visit,
        slug: text,
        title: text,
        openPages: 2,
        snippets: [snippet],
        kind: text,
        width: "phone",
        needs: [{ directive: "script-src", sources: [text] }],
        address: text,
        hostedUrl: text,
        form: ofWidget,
      }),
    ],
  ]
}

function elements(node: Tree.ParentNode): Tree.Element[] {
  return node.childNodes.flatMap((child) => ("tagName" in child ? [child, ...elements(child)] : []))
}

describe.each(Object.entries(texts))("with %s everywhere", (_name, text) => {
  it.each(pagesWith(text))("%s holds nothing that runs or leads away", (_page, html) => {
    const all = elements(parse(String(html)))
    const scripts = all.filter(({ tagName }) => tagName === "script")
    expect(scripts).toHaveLength(1)
    for (const { attrs } of all)
      for (const { name, value } of attrs) {
        expect(name).not.toMatch(/^on/)
        if (["href", "src", "action", "formaction"].includes(name))
          expect(value).not.toMatch(/^\s*(?:javascript|data|vbscript):/i)
      }
    expect(all.length).toBeGreaterThan(20)
  })
})
