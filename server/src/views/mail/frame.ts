import type { Account, Brand } from "#core/storefront.ts"
import { html, type Html, none, url } from "#views/html.ts"
import type { Voice } from "#views/voice.ts"
import { directionOf } from "#views/words/index.ts"

/** Dark mail programs read this; the others show the light table as it is. */
const darkStyle = html`<style>
  @media (prefers-color-scheme: dark) {
    .page {
      background: #0c0c0e !important;
      color: #f4f4f6 !important;
    }
    .sheet {
      background: #1a1a1e !important;
      color: #f4f4f6 !important;
    }
    .quiet {
      color: #b4b4bb !important;
    }
    .ink {
      background: #f4f4f6 !important;
      color: #17171b !important;
    }
    .rule {
      border-color: #3a3a40 !important;
    }
  }
</style>`

const font = "font-family:-apple-system,'Segoe UI',Roboto,Helvetica,Arial,sans-serif"
export const quiet = "color:#5d5d63;font-size:14px;line-height:20px"

export type MailDocument = {
  readonly locale: string
  readonly title: string
  /** Whose mail it is, as said above the sheet. */
  readonly from: string
  readonly body: Html
  readonly foot: Html
}

/** Mail programs know tables and inline styles, little else. No picture is fetched. */
export function mailDocument({ locale, title, from, body, foot }: MailDocument): Html {
  return html`<!doctype html>
    <html lang="${locale}" dir="${directionOf(locale)}">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <meta name="supported-color-schemes" content="light dark" />
        <title>${title}</title>
        ${darkStyle}
      </head>
      <body class="page" style="margin:0;padding:0;background:#f1f1f2;color:#17171b;${font}">
        <table
          role="presentation"
          width="100%"
          cellpadding="0"
          cellspacing="0"
          class="page"
          style="background:#f1f1f2;color:#17171b;${font}"
        >
          <tr>
            <td align="center" style="padding:24px 12px">
              <table
                role="presentation"
                width="100%"
                cellpadding="0"
                cellspacing="0"
                style="max-width:560px;text-align:start"
              >
                <tr>
                  <td style="padding:0 8px 16px;font-size:16px"><b>${from}</b></td>
                </tr>
                <tr>
                  <td
                    class="sheet"
                    style="background:#ffffff;border-radius:14px;padding:28px 24px;font-size:16px;line-height:24px"
                  >
                    ${body}
                  </td>
                </tr>
                <tr>
                  <td class="quiet" style="padding:20px 8px;${quiet}">${foot}</td>
                </tr>
              </table>
            </td>
          </tr>
        </table>
      </body>
    </html>`
}

const buttonShape =
  "display:inline-block;padding:14px 24px;border-radius:10px;font-weight:600;text-decoration:none"

/** The brand's own button, when it names both colours; else ink on paper, which turns over in the dark. */
export function mailButton({ colors }: Brand, link: string, label: string): Html {
  const { accent, accentInk } = colors
  const isColor = (value = "") => /^#[0-9a-f]{6}$/i.test(value)
  const isBranded = isColor(accent) && isColor(accentInk)
  const shown = isBranded
    ? `background:${accent};color:${accentInk}`
    : "background:#17171b;color:#ffffff"
  return html`<a
    href="${url(link)}"
    class="${isBranded ? "" : "ink"}"
    style="${buttonShape};${shown}"
    >${label}</a
  >`
}

export function contactLine(account: Account, voice: Voice): Html {
  if (account.replyTo === undefined) return none
  return html`<a href="${url(`mailto:${account.replyTo}`)}" style="color:inherit"
      >${voice.words.order.questions(account.name)}</a
    ><br />`
}
