import type { Account, Brand } from "#core/storefront.ts"
import { html } from "#views/html.ts"
import type { Mail } from "#views/mail/confirmation.ts"
import { contactLine, mailDocument } from "#views/mail/frame.ts"
import { button, paragraph, ruled, text, title, wideRow } from "#views/mail/parts.ts"
import { type Voice, voiceFor } from "#views/voice.ts"

export type RecoveryMail = {
  readonly account: Account
  readonly brand: Brand
  readonly locale: string
  readonly lines: readonly {
    readonly quantity: number
    readonly title: string
    readonly detail: string
    readonly eventTitle: string
  }[]
  readonly link: string
}

/** About a cart that was left behind: what was in it, one way back, and that no other mail follows. No prices: they may have changed. */
export function recoveryMail(mail: RecoveryMail): Mail {
  const { account, brand, locale, link } = mail
  const voice = voiceFor({
    locale,
    currency: "usd",
    ambiguous: true,
    timeZone: account.timeZone,
    now: "1970-01-01T00:00:00Z",
  })
  const words = voice.words.mail
  const subject = words.recoverySubject(account.name).replaceAll(/\s+/g, " ")
  const lines = mail.lines.map(({ quantity, title, detail, eventTitle }) => ({
    eventTitle,
    what: `${quantity} × ${[title, detail].filter(Boolean).join(", ")}`,
  }))
  const document = mailDocument({
    locale,
    title: subject,
    preview: words.recoveryLead,
    from: account.name,
    brand,
    body: html`${title(words.recoveryTitle)} ${paragraph(words.recoveryLead, 24)}
    ${button(brand, link, words.recoveryOpen)}
    ${ruled(
      lines.map(({ eventTitle, what }) =>
        wideRow(html`<b style="${text.lead}">${eventTitle}</b><br />${what}`, 16),
      ),
    )}`,
    foot: html`${contactLine(account, voice)} ${words.recoveryOnce(account.name)}`,
  })
  return { subject, html: String(document), text: textOf(mail, voice, lines) }
}

function textOf(
  { account, link }: RecoveryMail,
  { words: { mail: words, order } }: Voice,
  lines: readonly { readonly eventTitle: string; readonly what: string }[],
): string {
  return [
    words.recoveryTitle,
    words.recoveryLead,
    ...lines.map(({ eventTitle, what }) => `${eventTitle}\n${what}`),
    `${words.recoveryOpen}:\n${link}`,
    account.replyTo === undefined ? "" : `${order.questions(account.name)}: ${account.replyTo}`,
    words.recoveryOnce(account.name),
  ]
    .filter((part) => part !== "")
    .join("\n\n")
    .concat("\n")
}
