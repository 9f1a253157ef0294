import type { OrderSummary } from "#core/order.ts"
import type { Account } from "#core/storefront.ts"
import { html } from "#views/html.ts"
import type { Mail } from "#views/mail/confirmation.ts"
import { contactLine, mailDocument, quiet } from "#views/mail/frame.ts"
import { orderVoice } from "#views/order-page.ts"
import { lineName, startOf } from "#views/tickets.ts"

export type CancellationMail = {
  readonly order: OrderSummary
  readonly account: Account
  readonly refundMinor: number
}

/** What was canceled, that its tickets are worth nothing now, and what comes back. In the buyer's language. */
export function cancellationMail({ order, account, refundMinor }: CancellationMail): Mail {
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
    from: account.name,
    body: html`<h1 style="margin:0 0 8px;font-size:28px;line-height:32px">
        ${words.canceledTitle}
      </h1>
      <p style="margin:0 0 20px">${facts.join(" ")}</p>
      ${lines.map(({ event, what }) => html`<p style="margin:0 0 12px"><b>${event}</b><br />${what}</p>`)}
      <p class="quiet" style="margin:0;${quiet}">${orderWords.number(order.number)}</p>`,
    foot: html`<span style="${quiet}"
      >${contactLine(account, voice)} ${words.why(account.name)}</span
    >`,
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
