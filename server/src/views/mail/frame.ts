import type { Account, Brand } from "#core/storefront.ts"
import { html, type Html, none, url } from "#views/html.ts"
import { initials } from "#views/initials.ts"
import {
  darkStyle,
  fontFamily,
  panelRadiusPx,
  quiet,
  sender,
  text,
  wear,
} from "#views/mail/parts.ts"
import type { Voice } from "#views/voice.ts"
import { directionOf } from "#views/words/index.ts"

export type MailDocument = {
  readonly locale: string
  readonly title: string
  /** What lists of mails show beside the subject. */
  readonly preview: string
  /** Whose mail it is, as said above the sheet. */
  readonly from: string
  readonly brand: Brand
  readonly body: Html
  readonly foot: Html
}

/** Mail programs know tables and inline styles, little else. No picture is fetched. */
export function mailDocument(mail: MailDocument): Html {
  return html`<!doctype html>
    <html lang="${mail.locale}" dir="${directionOf(mail.locale)}">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <meta name="supported-color-schemes" content="light dark" />
        <meta name="format-detection" content="telephone=no, date=no, address=no, email=no" />
        <meta name="x-apple-disable-message-reformatting" />
        <title>${mail.title}</title>
        ${darkStyle}
      </head>
      <body class="page" style="margin:0;padding:0;${wear("page")};${fontFamily}">
        <div style="display:none;max-height:0;overflow:hidden">${mail.preview}</div>
        <table
          role="presentation"
          width="100%"
          cellpadding="0"
          cellspacing="0"
          class="page"
          style="${wear("page")};${fontFamily}"
        >
          <tr>
            <td align="center" style="padding:24px 12px 48px">${column(mail)}</td>
          </tr>
        </table>
      </body>
    </html>`
}

/** A long word breaks rather than push the sheet out of a phone. */
function column({ brand, from, body, foot }: MailDocument): Html {
  return html`<table
    role="presentation"
    width="100%"
    cellpadding="0"
    cellspacing="0"
    style="max-width:560px;table-layout:fixed;text-align:start;word-break:break-word;overflow-wrap:anywhere"
  >
    <tr>
      <td style="padding:0 0 16px">${sender(brand, from, initials(from))}</td>
    </tr>
    <tr>
      <td
        class="sheet"
        style="${wear("sheet")};border-radius:${panelRadiusPx}px;padding:32px 24px;${text.text}"
      >
        ${body}
      </td>
    </tr>
    <tr>
      <td style="padding:24px 12px 0">${quiet(foot)}</td>
    </tr>
  </table>`
}

export function contactLine(account: Account, voice: Voice): Html {
  if (account.replyTo === undefined) return none
  return html`<a href="${url(`mailto:${account.replyTo}`)}" style="color:inherit"
      >${voice.words.order.questions(account.name)}</a
    ><br />`
}
