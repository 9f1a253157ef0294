import type { OrderLine, OrderSummary } from "#core/order.ts"
import type { Account, Brand } from "#core/storefront.ts"
import { html, type Html, none } from "#views/html.ts"
import { contactLine, mailDocument } from "#views/mail/frame.ts"
import { button, paragraph, quiet, row, ruled, text, title, wideRow } from "#views/mail/parts.ts"
import { orderVoice } from "#views/order-page.ts"
import { orderTotals, totalRows } from "#views/summary.ts"
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
  const { order, account, brand, locale } = mail
  const { words } = voice
  return mailDocument({
    locale,
    title: subjectOf(order, voice),
    preview: [
      words.order.thanks(order.firstName),
      ...order.lines.slice(0, 1).flatMap((line) => [whenOf(line, voice), whereOf(line)]),
    ].join(" "),
    from: account.name,
    brand,
    body: html`${opening(mail, voice, link)}
    ${eventsOf(order).map((lines) => ruled(eventRows(order, lines, voice)))}
    ${ruled(totals(order, voice))}`,
    foot: html`${contactLine(account, voice)} ${words.mail.why(account.name)}`,
  })
}

function opening({ order, brand }: ConfirmationMail, voice: Voice, link: string): Html {
  const { words } = voice
  const thanks = `${words.order.thanks(order.firstName)} ${words.order.number(order.number)}.`
  return html`${title(greeting(order, voice))} ${paragraph(thanks, 24)}
  ${button(brand, link, openLabel(order, voice))}
  ${order.tickets.length > 0 && html`<div>${quiet(words.mail.openWhy)}</div>`}`
}

/** The lines, those for the same evening together; what has no showtime of its own goes with its event's first. */
export function eventsOf(order: OrderSummary): OrderLine[][] {
  const events: OrderLine[][] = []
  for (const line of order.lines) {
    const same = events.find(
      ([first]) =>
        first?.eventSlug === line.eventSlug &&
        (line.startsAt === undefined || first.startsAt === line.startsAt),
    )
    if (same) same.push(line)
    else events.push([line])
  }
  return events
}

/** What it is, when and where; then what of it was ordered. */
function eventRows(order: OrderSummary, lines: readonly OrderLine[], voice: Voice): Html[] {
  return [
    ...lines.slice(0, 1).map((line) => wideRow(eventFacts(line, voice), 16)),
    ...lines.flatMap((line) => [
      row({
        locale: order.locale,
        what: `${line.quantity} × ${lineName(line)}`,
        figure: voice.money(line.unitMinor * line.quantity),
        topPx: 8,
      }),
      codesRow(codesOf(order, line), voice),
    ]),
  ]
}

/** The show of a line: its name, and below it when and where. */
export function eventFacts(line: OrderLine, voice: Voice): Html {
  const when = whenOf(line, voice)
  return html`<b style="${text.lead}">${line.eventTitle}</b> ${when !== "" && html`<br />${when}`}
    ${whereOf(line) !== "" && html`<br />${quiet(whereOf(line))}`}`
}

/** The codes run on, so that thirty of them are a few lines; none is broken in two. */
function codesRow(codes: readonly string[], voice: Voice): Html {
  if (codes.length === 0) return none
  const shown = codes.map(
    (code) => html`<b style="white-space:nowrap;letter-spacing:.06em">${code}</b>&ensp; `,
  )
  return wideRow(html`${quiet(voice.words.mail.ticketCode)}&ensp;${shown}`, 0)
}

function totals(order: OrderSummary, voice: Voice): Html[] {
  return totalRows(orderTotals(order), voice).map(({ kind, title: what, money }, index) => {
    const isIncluded = kind === "included"
    return row({
      locale: order.locale,
      what: isIncluded ? quiet(what) : what,
      figure: isIncluded ? quiet(money) : money,
      topPx: index === 0 || kind === "total" ? 16 : 8,
      ...(kind === "total" && { size: text.lead }),
    })
  })
}
