import type { OrderSummary } from "#core/order.ts"
import type { Account, Brand } from "#core/storefront.ts"
import { html } from "#views/html.ts"
import { eventFacts, eventsOf, type Mail } from "#views/mail/confirmation.ts"
import { contactLine, mailDocument } from "#views/mail/frame.ts"
import { paragraph, quiet, ruled, title, wideRow } from "#views/mail/parts.ts"
import { orderVoice } from "#views/order-page.ts"
import { lineName, startOf } from "#views/tickets.ts"

export type CancellationMail = {
  readonly order: OrderSummary
  readonly account: Account
  readonly brand: Brand
  readonly refundMinor: number
}

/** What was canceled, that its tickets are worth nothing now, and what comes back. In the buyer's language. */
export function cancellationMail({ order, account, brand, refundMinor }: CancellationMail): Mail {
  const voice = orderVoice(order, account, order.locale)
  const { mail: words, order: orderWords } = voice.words
  const subject = words.canceledSubject(order.number)
  const lines = order.lines.map((line) => {
    const start = startOf(line)
    const when = start ? voice.dateTime(start) : ""
    return {
      event: line.eventTitle,
      what: [`${line.quantity} × ${lineName(line)}`, when].filter(Boolean).join(", "),
    }
  })
  const facts = [
    words.canceledLead(account.name),
    order.tickets.length > 0 ? words.canceledTickets : "",
    refundMinor > 0 ? words.canceledRefund(voice.money(refundMinor)) : "",
  ].filter(Boolean)
  const document = mailDocument({
    locale: order.locale,
    title: subject,
    preview: facts.join(" "),
    from: account.name,
    brand,
    body: html`${title(words.canceledTitle)} ${facts.map((fact) => paragraph(fact, 8))}
    ${eventsOf(order).map((of) =>
      ruled([
        ...of.slice(0, 1).map((line) => wideRow(eventFacts(line, voice), 16)),
        ...of.map((line) => wideRow(`${line.quantity} × ${lineName(line)}`, 8)),
      ]),
    )}
    ${ruled(wideRow(quiet(orderWords.number(order.number)), 16))}`,
    foot: html`${contactLine(account, voice)} ${words.why(account.name)}`,
  })
  return { subject, html: String(document), text: textOf() }

  function textOf(): string {
    return [
      words.canceledTitle,
      ...facts,
      ...lines.map(({ event, what }) => `${event}\n${what}`),
      orderWords.number(order.number),
      account.replyTo === undefined
        ? ""
        : `${orderWords.questions(account.name)}: ${account.replyTo}`,
      words.why(account.name),
    ]
      .filter((part) => part !== "")
      .join("\n\n")
      .concat("\n")
  }
}
