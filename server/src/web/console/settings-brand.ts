import { type Context, Hono } from "hono"
import { schemeOf } from "#core/brand.ts"
import { brandOf, type BrandEntry, contrastAdvice } from "#core/brand-draft.ts"
import { brandPart } from "#core/catalogue-part.ts"
import { policyText } from "#core/content-policy.ts"
import { formEntriesOf, readFormTree } from "#core/form-tree.ts"
import { shapeFaults } from "#core/json-schema.ts"
import { may } from "#core/role.ts"
import type { Widget } from "#core/storefront.ts"
import { draftSheet } from "#views/brand-style.ts"
import { adviceWords, brandLabel, brandPage } from "#views/console/settings-brand.ts"
import { widgetPreview } from "#views/console/widget-preview.ts"
import { forbiddenPage } from "#web/console/answer.ts"
import type { ConsoleEnv } from "#web/console/context.ts"
import type { ConsoleDeps } from "#web/console/deps.ts"
import { readForm, type Typed, typedIn } from "#web/console/form.ts"
import { type PartForm, savePart, showPart } from "#web/console/part-form.ts"
import { pageSheetPath } from "#web/page-sheet.ts"

type Ask = Context<ConsoleEnv>

/** The brand's form, and what it looks like before it is saved. */
export function brandRoutes(deps: ConsoleDeps) {
  return new Hono<ConsoleEnv>()
    .get("/settings/brand", (c) => showPart(c, deps, brandForm))
    .post("/settings/brand", (c) => savePart(c, deps, brandForm))
    .get("/settings/brand/preview", async (c) => {
      const { brand } = await deps.storefronts.fresh(deps.pool.db, c.var.visit.actor.accountId)
      const { density, ...others } = brand
      const densityPercent = density === undefined ? undefined : Math.round(density * 100)
      const entry = { ...others, ...(densityPercent !== undefined && { densityPercent }) }
      return preview(c, deps, formEntriesOf(brandPart.schema, { account: { brand: entry } }))
    })
    .post("/settings/brand/preview", async (c) => preview(c, deps, typedIn(await readForm(c))))
    .get("/settings/brand/preview.css", (c) => {
      if (!may(c.var.visit.actor, "edit-settings")) return forbiddenPage(c)
      const { entry } = draftOf([...new URL(c.req.url).searchParams])
      return c.body(draftSheet(brandOf(entry)), 200, { "Content-Type": "text/css; charset=utf-8" })
    })
    .post("/settings/brand/contrast", async (c) => {
      if (!may(c.var.visit.actor, "edit-settings")) return forbiddenPage(c)
      const { entry } = draftOf(typedIn(await readForm(c)))
      return c.json(contrastAdvice(entry.colors ?? {}).map(adviceWords))
    })
}

const brandForm: PartForm = {
  permission: "edit-settings",
  action: "brand.changed",
  subject: "brand",
  events: [],
  part: brandPart,
  prepare: (typed) => typed.map(([name, value]) => [name, asInFile(name, value)] as const),
  labelOf: brandLabel,
  view: (page) => {
    const entries = fieldNames.flatMap((name) => {
      const value = page.values.text(name)
      return value === undefined ? [] : [[name, value] as const]
    })
    const { entry } = draftOf(entries)
    const advice = contrastAdvice(entry.colors ?? {})
    return brandPage({ ...page, advice, widgets: [widgetToShow(page.file.widgets)] })
  },
  done: { path: "settings/brand", notice: "Saved. Open widgets wear it now." },
}

/** One that shows everything, or the first. */
function widgetToShow<T extends { readonly events?: unknown; readonly eventSlugs?: unknown }>(
  widgets: readonly T[],
): T {
  const widget = widgets.find(({ events, eventSlugs }) => !events && !eventSlugs) ?? widgets[0]
  if (!widget) throw new Error("an account has a widget")
  return widget
}

/** "FFB000" and "#fb0" are colours to people. */
function asInFile(name: string, value: string): string {
  if (!name.startsWith("account.brand.colors.")) return value
  const [, short, long] = /^#?(?:([0-9a-f]{3})|([0-9a-f]{6}))$/i.exec(value.trim()) ?? []
  if (short !== undefined) return `#${short.replaceAll(/./g, "$&$&")}`.toLowerCase()
  return long === undefined ? value : `#${long.toLowerCase()}`
}

const colorKeys = ["bg", "ink", "accent", "accentInk", "surface", "focus"]
const otherKeys = [
  "theme",
  "radiusPx",
  "densityPercent",
  "gutterPx",
  "font",
  "fontHeading",
  "headingWeight",
]
const fieldNames = [
  ...colorKeys.map((key) => `account.brand.colors.${key}`),
  ...otherKeys.map((key) => `account.brand.${key}`),
]

/** As much of what was typed as is a brand: a preview leaves out what is half typed. */
function draftOf(typed: Typed): { readonly entry: BrandEntry; readonly entries: Typed } {
  const known = typed
    .filter(([name]) => fieldNames.includes(name))
    .map(([name, value]) => [name, asInFile(name, value)] as const)
  const { schema } = brandPart
  const wrong = new Set(shapeFaults(schema, readFormTree(schema, known)).map(({ path }) => path))
  const entries = known.filter(([name]) => !wrong.has(name))
  const value = readFormTree(schema, entries) as { account?: { brand?: BrandEntry } }
  return { entry: value.account?.brand ?? {}, entries }
}

async function preview(c: Ask, deps: ConsoleDeps, typed: Typed): Promise<Response> {
  const { actor, account } = c.var.visit
  if (!may(actor, "edit-settings")) return forbiddenPage(c)
  const shop = await deps.storefronts.fresh(deps.pool.db, actor.accountId)
  const { entry, entries } = draftOf(typed)
  const query = new URLSearchParams(Object.fromEntries(entries))
  return framed(c, deps, {
    widget: widgetToShow(shop.widgets),
    locale: shop.account.locale,
    theme: schemeOf(brandOf(entry)),
    brandPath: `/console/${account.slug}/settings/brand/preview.css?${query.toString()}`,
  })
}

export type Framed = {
  readonly widget: Pick<Widget, "slug">
  readonly locale: string
  readonly theme?: "light" | "dark" | undefined
  readonly brandPath?: string
}

/** A page of one widget for a frame of the console, and of nobody else. */
export function framed(c: Ask, deps: ConsoleDeps, { widget, ...page }: Framed): Response {
  const body = widgetPreview({
    ...page,
    widget: `${c.var.visit.account.slug}/${widget.slug}`,
    publicUrl: deps.publicUrl,
    stylesPath: pageSheetPath,
  })
  return c.html(String(body), 200, {
    "Content-Security-Policy": [
      "default-src 'none'",
      policyText(deps.hostNeeds),
      "style-src 'self'",
      "base-uri 'none'",
      "form-action 'none'",
      "frame-ancestors 'self'",
    ].join("; "),
  })
}
