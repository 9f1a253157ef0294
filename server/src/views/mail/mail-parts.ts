import { html, type Html } from "#views/html.ts"
import { mailDocument } from "#views/mail/frame.ts"
import { button, paragraph, quiet, row, ruled, text, title, wideRow } from "#views/mail/parts.ts"

const brand = { colors: {} }

/** Every part of a mail once, with made-up data: to look at and to test. */
export function mailParts(): Html {
  const locale = "en"
  return mailDocument({
    locale,
    title: "Parts of a mail",
    preview: "What lists of mails show beside the subject.",
    from: "Laughing Stock",
    brand,
    body: html`${title("You’re going!")} ${paragraph("Thank you, Ana. Order LS-7KQ2MX.", 24)}
      ${button(brand, "https://example.com/order", "Open your tickets")}
      <div>${quiet("The QR codes are on that page. No app, no login.")}</div>
      ${ruled([
        wideRow(
          html`<b style="${text.lead}">Saturday Night Headliners</b><br />Sat 28 Nov, 20:00`,
          16,
        ),
        row({ locale, what: "2 × General admission", figure: "$50.00", topPx: 8 }),
        wideRow(html`${quiet("Code")} <b>7KQ2M XTDF4</b>`, 0),
      ])}
      ${ruled([
        row({ locale, what: "Subtotal", figure: "$50.00", topPx: 16 }),
        row({ locale, what: "Total", figure: "$50.00", topPx: 16, size: text.lead }),
        row({ locale, what: quiet("Includes HST 13%"), figure: quiet("$5.75"), topPx: 8 }),
      ])}`,
    foot: html`<a href="mailto:hello@example.com" style="color:inherit">Questions? Write to us</a>`,
  })
}
