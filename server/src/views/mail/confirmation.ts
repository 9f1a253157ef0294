import type { OrderLine, OrderSummary } from "#core/order.ts"
import type { Account, Brand } from "#core/storefront.ts"
import { html, type Html } from "#views/html.ts"
import { contactLine, mailButton, mailDocument, quiet } from "#views/mail/frame.ts"
import { orderVoice } from "#views/order-page.ts"
import { orderTotals, type TotalRow, totalRows } from "#views/summary.ts"
import { doorsOf, lineName, readable, startOf } from "#views/tickets.ts"
import type { Voice } from "#views/voice.ts"

export type ConfirmationMail = {
  readonly order: OrderSummary
  readonly account: Account
  readonly brand: Brand
  readonly publicUrl: string
  readonly locale: string
}

export type Mail = { readonly subject: string; readonly html: string; readonly text: string }

/** What a buyer keeps: when and where, the codes, the way to the tickets, the receipt. The text alone tells all of it. */
export function confirmationMail(mail: ConfirmationMail): Mail {
  const { order, account, locale } = mail
  const voice = orderVoice(order, account, locale)
  const link = `${mail.publicUrl}/orders/${order.publicToken}`
  return {
    subject: subjectOf(order, voice),
    html: String(mailHtml(mail, voice, link)),
    text: mailText(order, account, voice, link),
  }
}

function subjectOf(order: OrderSummary, voice: Voice): string {
  const { mail } = voice.words
  const titles = new Set(ticketLines(order).map((line) => line.eventTitle))
  const subject =
    titles.size === 0
      ? mail.subjectExtras(order.number)
      : mail.subject([...titles].join(", "), order.number)
  // A header is one line, whatever an organizer typed.
  return subject.replaceAll(/\s+/g, " ")
}

function ticketLines(order: OrderSummary): OrderLine[] {
  return order.lines.filter((line) => line.kind === "ticket")
}

function codesOf(order: OrderSummary, line: OrderLine): string[] {
  return order.tickets
    .filter((ticket) => ticket.lineNo === line.lineNo && ticket.state === "valid")
    .map((ticket) => readable(ticket.code))
}

/** "Sat 28 Nov, 20:00, doors 19:15"; "" for what has no showtime. */
function whenOf(line: OrderLine, voice: Voice): string {
  const start = startOf(line)
  return [start ? voice.dateTime(start) : "", doorsOf(line, voice)].filter(Boolean).join(", ")
}

function whereOf(line: OrderLine): string {
  return [line.venueName, line.venueAddress].filter(Boolean).join(", ")
}

function greeting(order: OrderSummary, voice: Voice): string {
  return order.tickets.length > 0 ? voice.words.success.title : voice.words.success.titleExtras
}

function openLabel(order: OrderSummary, voice: Voice): string {
  return order.tickets.length > 0 ? voice.words.mail.open : voice.words.mail.openOrder
}

function mailText(order: OrderSummary, account: Account, voice: Voice, link: string): string {
  const { words } = voice
  const lines = order.lines.map((line) => textLine(order, line, voice))
  const totals = totalRows(orderTotals(order), voice).map((row) => `${row.title}: ${row.money}`)
  return [
    `${greeting(order, voice)} ${words.order.thanks(order.firstName)}`,
    `${openLabel(order, voice)}:\n${link}`,
    ...lines,
    totals.join("\n"),
    words.order.number(order.number),
    account.replyTo === undefined
      ? ""
      : `${words.order.questions(account.name)}: ${account.replyTo}`,
    words.mail.why(account.name),
  ]
    .filter((part) => part !== "")
    .join("\n\n")
    .concat("\n")
}

function textLine(order: OrderSummary, line: OrderLine, voice: Voice): string {
  const codes = codesOf(order, line)
  return [
    `${line.eventTitle}`,
    whenOf(line, voice),
    whereOf(line),
    `${line.quantity} × ${lineName(line)}: ${voice.money(line.unitMinor * line.quantity)}`,
    codes.length === 0 ? "" : `${voice.words.mail.ticketCode}: ${codes.join(", ")}`,
  ]
    .filter((part) => part !== "")
    .join("\n")
}

function mailHtml(mail: ConfirmationMail, voice: Voice, link: string): Html {
  const { order, account, locale } = mail
  return mailDocument({
    locale,
    title: subjectOf(order, voice),
    from: account.name,
    body: html`${opening(mail, voice, link)}
    ${order.lines.map((line) => lineTable(order, line, voice))} ${totalsTable(order, voice)}`,
    foot: html`${contactLine(account, voice)} ${voice.words.mail.why(account.name)}`,
  })
}

function opening(mail: ConfirmationMail, voice: Voice, link: string): Html {
  const { words } = voice
  const { order } = mail
  return html`<h1 style="margin:0 0 8px;font-size:28px;line-height:32px">
      ${greeting(order, voice)}
    </h1>
    <p style="margin:0 0 20px">
      ${words.order.thanks(order.firstName)} ${words.order.number(order.number)}.
    </p>
    <p style="margin:0 0 8px">${mailButton(mail.brand, link, openLabel(order, voice))}</p>
    ${
      order.tickets.length > 0 &&
      html`<p class="quiet" style="margin:0 0 8px;${quiet}">${words.mail.openWhy}</p>`
    }`
}

function lineTable(order: OrderSummary, line: OrderLine, voice: Voice): Html {
  const codes = codesOf(order, line)
  const when = whenOf(line, voice)
  return html`<table
    role="presentation"
    width="100%"
    cellpadding="0"
    cellspacing="0"
    class="rule"
    style="border-top:1px solid #dcdcdf;margin-top:16px"
  >
    <tr>
      <td style="padding-top:16px;font-size:16px;line-height:24px">
        <b>${line.eventTitle}</b><br />
        ${when !== "" && html`${when}<br />`}
        <span class="quiet" style="${quiet}">${whereOf(line)}</span><br />
        ${line.quantity} × ${lineName(line)}
        ${codes.map(
          (code) =>
            html`<br /><span class="quiet" style="${quiet}">${voice.words.mail.ticketCode}</span>
              <b style="letter-spacing:.08em">${code}</b>`,
        )}
      </td>
      <td
        align="right"
        valign="top"
        style="padding-top:16px;font-size:16px;line-height:24px;white-space:nowrap"
      >
        ${voice.money(line.unitMinor * line.quantity)}
      </td>
    </tr>
  </table>`
}

const rowStyles: Readonly<Record<TotalRow["kind"], string>> = {
  part: "",
  discount: "",
  total: "font-weight:700;font-size:18px",
  included: quiet,
}

function totalsTable(order: OrderSummary, voice: Voice): Html {
  return html`<table
    role="presentation"
    width="100%"
    cellpadding="0"
    cellspacing="0"
    class="rule"
    style="border-top:1px solid #dcdcdf;margin-top:16px"
  >
    ${totalRows(orderTotals(order), voice).map(
      ({ kind, title, money }) =>
        html`<tr>
          <td style="padding-top:8px;${rowStyles[kind]}">${title}</td>
          <td align="right" style="padding-top:8px;white-space:nowrap;${rowStyles[kind]}">
            ${money}
          </td>
        </tr>`,
    )}
  </table>`
}
