import { createTransport } from "nodemailer"

/** One mail to one person. */
export type Mail = {
  /** Names the mail: the same id twice is the same mail, for the outbox and, as its Message-ID, for the reader's mailbox. */
  readonly id: string
  /** Who it comes from, as shown; the address is the installation's. */
  readonly fromName: string
  readonly to: string
  readonly replyTo?: string
  readonly subject: string
  readonly html: string
  readonly text: string
  readonly attachments: readonly MailAttachment[]
}

export type MailAttachment = {
  readonly filename: string
  readonly contentType: string
  readonly content: string
}

/** Throws when the mail could not be handed over: the job tries again. */
export type Mailer = { send(mail: Mail): Promise<void> }

export type SmtpOptions = {
  /** `smtp://user:password@host:port`, or `smtps:`. */
  readonly url: string
  /** The address that mails come from. */
  readonly from: string
}

/** Sends through an SMTP server, one connection a mail. */
export function openSmtpMailer({ url, from }: SmtpOptions): Mailer {
  const transport = createTransport(url, {
    disableFileAccess: true,
    disableUrlAccess: true,
  })
  const domain = from.slice(from.lastIndexOf("@") + 1)
  return {
    async send({ id, fromName, attachments, ...mail }) {
      const message = {
        ...mail,
        from: { name: fromName, address: from },
        messageId: `<${id}@${domain}>`,
        attachments: attachments.map((each) => ({ ...each })),
        headers: { "Auto-Submitted": "auto-generated" },
      }
      await transport.sendMail(message).catch((error: unknown) => {
        throw new Error(`the mail was not taken: ${codesOf(error)}`)
      })
    },
  }
}

type MailTrouble = Readonly<
  Record<"code" | "command" | "responseCode", string | number | undefined>
>

/** What the mail server said without its own words: they repeat the reader's address, which belongs in no log. */
function codesOf(error: unknown): string {
  const { code, command, responseCode } = Object(error) as MailTrouble
  return [code, command, responseCode].filter((part) => part !== undefined).join(" ")
}

/** Keeps mails instead of sending them, for a machine without a mail server. */
export function openOutboxMailer(keep: (mail: KeepableMail) => Promise<void>): Mailer {
  return {
    send: ({ id, to, subject, html, text, attachments }) =>
      keep({ id, toAddress: to, subject, html, text, attachments }),
  }
}

export type KeepableMail = Pick<Mail, "id" | "subject" | "html" | "text" | "attachments"> & {
  readonly toAddress: string
}
