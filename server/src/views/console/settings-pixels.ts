import { card } from "#views/console/kit/card.ts"
import { codeBlock } from "#views/console/kit/copy.ts"
import { number } from "#views/console/kit/figures.ts"
import { field, hidden } from "#views/console/kit/form.ts"
import { table } from "#views/console/kit/table.ts"
import type { Health } from "#views/console/pixel-health.ts"
import { type SettingsView, texts } from "#views/console/part-view.ts"
import { settingsForm, settingsPage } from "#views/console/settings-page.ts"
import { html, type Html } from "#views/html.ts"

export type PixelsPage = SettingsView & { readonly health: readonly Health[] }

const destinations = [
  ["meta", "Meta", "Pixel id", "1234567890", "fbq"],
  ["ga4", "Google Analytics 4", "Measurement id", "G-ABC123", "gtag or dataLayer"],
  [
    "google-ads",
    "Google Ads",
    "Conversion id and label",
    "AW-123456789/AbCdEf",
    "gtag or dataLayer",
  ],
  ["reddit", "Reddit", "Pixel id", "a2_abc123", "rdt"],
] as const

const namesOf = new Map<string, string>(destinations.map(([key, name]) => [key, name]))

export function pixelLabel(name: string): string | undefined {
  return name.endsWith(".target") ? "The id" : undefined
}

/** Where purchases are reported, by the libraries of the organizer's own page. */
export function pixelsPage(page: PixelsPage): Html {
  const { visit, base } = page
  return settingsPage({
    visit,
    name: "pixels",
    title: "Pixels and consent",
    lead: "Purchases are reported once, by the libraries that your page loads itself, and only with consent.",
    faults: page.faults,
    body: html`${settingsForm({
      visit,
      name: "pixels",
      base,
      conflict: page.conflict,
      body: idsCard(page),
      note: "Orders that are paid from now on are reported so.",
    })}
    ${consentCard()} ${healthCard(page)}`,
  })
}

function idsCard({ values, faults }: PixelsPage): Html {
  const places = new Map(
    Array.from({ length: values.rows("pixels") }, (_, i) => [
      values.text(`pixels[${i}].destination`),
      i,
    ]),
  )
  const text = texts({ values, faults })
  let next = places.size
  return card({
    title: "Destinations",
    padded: true,
    body: html`<div class="form">
      ${destinations.map(([destination, name, label, placeholder, library]) => {
        const at = `pixels[${places.get(destination) ?? next++}]`
        return html`${hidden(`${at}.destination`, destination)}
        ${field({
          ...text(`${at}.target`),
          label: `${name}: ${label.toLowerCase()}`,
          placeholder,
          maxlength: 120,
          hint: `Your page loads ${library}. Empty: nothing is reported there.`,
        })}`
      })}
    </div>`,
  })
}

function consentCard(): Html {
  return card({
    title: "How consent is read",
    padded: true,
    body: html`<p>
        Your page decides. Until it says <code>granted</code> nothing is reported, and what it says
        later counts at once, for the order on screen too.
      </p>
      ${codeBlock(`<foyer-checkout widget="…" consent="granted"></foyer-checkout>`, { label: "Consent as an attribute" })}
      <p class="sub">Or from your consent banner’s own callback:</p>
      ${codeBlock(`document.querySelector("foyer-checkout").setAttribute("consent", "granted")`, { label: "Consent from a script" })}`,
  })
}

function healthCard({ health }: PixelsPage): Html {
  return card({
    title: "The last 24 hours",
    body: table({
      caption: "Conversions of the last 24 hours by destination",
      columns: [
        { label: "Destination" },
        { label: "Orders", kind: "num" },
        { label: "Confirmed", kind: "num" },
        { label: "No answer", kind: "num" },
        { label: "No consent", kind: "num" },
        { label: "No library", kind: "num" },
      ],
      rows: health.map((each) => [
        namesOf.get(each.destination) ?? each.destination,
        number(each.orders),
        number(each.confirmed),
        number(each.unanswered),
        number(each.noConsent),
        number(each.missingLibrary),
      ]),
      empty: "No order was paid that would be reported somewhere.",
    }),
    foot: "No library: the page did not load the destination’s own script. No answer: the guest’s page was closed before it could say.",
  })
}
