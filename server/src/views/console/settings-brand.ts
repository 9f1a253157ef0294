import type { ContrastAdvice } from "#core/brand-draft.ts"
import { leastContrast } from "#core/brand.ts"
import { card, note } from "#views/console/kit/card.ts"
import { field, select } from "#views/console/kit/form.ts"
import { settingsForm, settingsPage } from "#views/console/settings-page.ts"
import { type SettingsView, texts } from "#views/console/part-view.ts"
import { html, type Html, url } from "#views/html.ts"

export type BrandPage = SettingsView & {
  readonly advice: readonly ContrastAdvice[]
  /** Each with its title, to choose which one is shown. */
  readonly widgets: readonly { readonly slug: string; readonly title: string }[]
}

const colors = [
  ["bg", "Background", "The page behind everything."],
  ["ink", "Text", "Text and icons."],
  ["accent", "Accent", "The button to press, what is chosen."],
  ["accentInk", "Text on the accent", "On that button."],
  ["surface", "Panels", "The cart, tickets."],
  ["focus", "Focus", "The ring around what the keyboard is at."],
] as const

const names = new Map<string, string>(colors.map(([key, label]) => [key, label]))

const labels: Readonly<Record<string, string>> = {
  "account.brand.theme": "Light or dark",
  "account.brand.radiusPx": "The corners",
  "account.brand.densityPercent": "The spacing",
  "account.brand.gutterPx": "The space around",
  "account.brand.font": "The font",
  "account.brand.fontHeading": "The headings’ font",
  "account.brand.headingWeight": "The headings’ weight",
}

export function brandLabel(name: string): string | undefined {
  const [, color = ""] = /^account\.brand\.colors\.(\w+)$/.exec(name) ?? []
  return names.get(color) ?? labels[name]
}

/** How the widget looks, with the widget itself beside it. */
export function brandPage(page: BrandPage): Html {
  const { visit, faults, base } = page
  const here = `/console/${visit.account.slug}/settings/brand`
  return settingsPage({
    visit,
    name: "brand",
    title: "Brand",
    lead: "Of every widget, the hosted pages and the order page. What a page of yours sets by CSS wins.",
    faults,
    body: html`<div class="cols brand">
      ${settingsForm({
        visit,
        name: "brand",
        base,
        conflict: page.conflict,
        mark: "brand-form",
        body: html`${colorCard(page)} ${shapeCard(page)} ${fontCard(page)}`,
        note: "Every open widget changes at once.",
      })}
      ${previewCard(here, page)}
    </div>`,
  })
}

function colorCard({ values, faults, advice }: BrandPage): Html {
  const text = texts({ values, faults })
  return card({
    title: "Colours",
    padded: true,
    body: html`${select({
        ...text("account.brand.theme"),
        value: values.text("account.brand.theme") ?? "",
        label: "Scheme",
        options: [
          { value: "", label: "As each visitor prefers" },
          { value: "light", label: "Always light" },
          { value: "dark", label: "Always dark" },
        ],
        hint: "With a background of your own, choose the one that fits it.",
      })}
      <div class="form">
        ${colors.map(([key, label, hint]) =>
          field({
            ...text(`account.brand.colors.${key}`),
            label,
            hint,
            placeholder: "the widget’s own",
            maxlength: 7,
            autocomplete: "off",
          }),
        )}
      </div>
      <div id="contrast" aria-live="polite" class="stack tight">${advice.map(adviceNote)}</div>`,
    foot: `Written like #ffb000. Text must reach a contrast of ${leastContrast} to 1 with its ground.`,
  })
}

function adviceNote(advice: ContrastAdvice): Html {
  return note("warn", html`<p>${adviceWords(advice)}</p>`)
}

/** "Text on Background reaches 2.8 to 1 and needs 4.5: #767676 would do." */
export function adviceWords({ text, ground, ratio, suggested }: ContrastAdvice): string {
  const reach = `${names.get(text)} on ${(names.get(ground) ?? "").toLowerCase()} reaches ${ratio.toFixed(1)} to 1 and needs ${leastContrast}.`
  return suggested === undefined ? reach : `${reach} ${suggested} would do.`
}

function shapeCard({ values, faults }: BrandPage): Html {
  const text = texts({ values, faults })
  const number = { type: "number" } as const
  return card({
    title: "Shape",
    padded: true,
    body: html`<div class="form">
      ${field({
        ...text("account.brand.radiusPx"),
        ...number,
        label: "Corners",
        min: 0,
        max: 40,
        suffix: "px",
        placeholder: "10",
      })}
      ${field({
        ...text("account.brand.densityPercent"),
        ...number,
        label: "Spacing",
        min: 70,
        max: 130,
        suffix: "%",
        placeholder: "100",
      })}
      ${field({
        ...text("account.brand.gutterPx"),
        ...number,
        label: "Space around",
        min: 0,
        max: 64,
        suffix: "px",
        hint: "0 aligns with your column.",
      })}
    </div>`,
  })
}

function fontCard({ values, faults }: BrandPage): Html {
  const text = texts({ values, faults })
  return card({
    title: "Type",
    padded: true,
    body: html`<div class="form">
      ${field({
        ...text("account.brand.font"),
        label: "Font family",
        maxlength: 200,
        placeholder: "the visitor’s system",
        hint: "As in CSS, loaded by your page: Georgia, serif.",
      })}
      ${field({
        ...text("account.brand.fontHeading"),
        label: "Font of headings",
        maxlength: 200,
        placeholder: "the same",
      })}
      ${field({
        ...text("account.brand.headingWeight"),
        label: "Weight of headings",
        type: "number",
        min: 100,
        max: 900,
        step: 50,
        placeholder: "700",
      })}
    </div>`,
  })
}

function previewCard(here: string, { widgets }: BrandPage): Html {
  return card({
    title: "What your guests see",
    id: "preview",
    actions: html`<button
      class="btn"
      type="submit"
      form="brand-form"
      formaction="${url(`${here}/preview`)}"
      formtarget="brand-preview"
    >
      Show
    </button>`,
    body: brandFrame(here, "The widget with this brand"),
    foot: `${widgets[0]?.title ?? "Your widget"}, with live stock. Nothing is saved until you save.`,
  })
}

/** The very widget, in the brand as it is saved, or as the form of the id `brand-form` says. `settings`: the address of the brand's form. */
export function brandFrame(settings: string, title: string): Html {
  return html`<iframe
    class="preview tall"
    name="brand-preview"
    id="brand-preview"
    src="${url(`${settings}/preview`)}"
    title="${title}"
    data-contrast="${url(`${settings}/contrast`)}"
  ></iframe>`
}
