import type { OutboxMail } from "#flows/demo-record.ts"
import { demoDocument } from "#sandbox/demo/demo-document.ts"
import { html } from "#views/html.ts"

/** Every mail that would have been sent, the newest first. */
export function outboxPage(mails: readonly OutboxMail[]): string {
  return demoDocument(
    "Mail outbox",
    html`<header>
        <p>No mail server is set, so nothing left this machine.</p>
        <h1>Mail outbox</h1>
      </header>
      ${mails.length === 0 && html`<p class="none">Empty. Buy a ticket on one of the <a href="/demo">demo pages</a>.</p>`}
      <ul class="mails">
        ${mails.map(
          (mail) =>
            html`<li>
              <a href="/demo/outbox/${mail.id}"
                ><b>${mail.subject}</b><time datetime="${mail.at}">${sent(mail.at)}</time
                ><span>To ${mail.toAddress}</span></a
              >
            </li>`,
        )}
      </ul>`,
  )
}

/** One mail: as HTML in a frame that may run nothing, as text, and its attachments. */
export function outboxMailPage(mail: OutboxMail): string {
  return demoDocument(
    mail.subject,
    html`<header>
        <p><a href="/demo/outbox">All mail</a></p>
        <h1>${mail.subject}</h1>
        <p>To ${mail.toAddress}, <time datetime="${mail.at}">${sent(mail.at)}</time></p>
      </header>
      ${
        mail.attachments.length > 0 &&
        html`<ul>
          ${mail.attachments.map(
            ({ filename }, index) =>
              html`<li><a href="/demo/outbox/${mail.id}/attachments/${index}">${filename}</a></li>`,
          )}
        </ul>`
      }
      <div class="two">
        <iframe title="As HTML" sandbox="allow-popups" src="/demo/outbox/${mail.id}/html"></iframe>
        <pre aria-label="As text">${mail.text}</pre>
      </div>`,
  )
}

function sent(instant: string): string {
  return `${instant.slice(0, 10)} ${instant.slice(11, 16)} UTC`
}
