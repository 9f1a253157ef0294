import { orderCalendar } from "#documents/ics.ts"
import { applyWebhook } from "#flows/apply-webhook.ts"
import type { Deps } from "#flows/deps.ts"
import { expireCarts } from "#flows/expire-carts.ts"
import { foldReports } from "#flows/fold-reports.ts"
import { forgetCommands } from "#flows/forget-commands.ts"
import { pruneVisits } from "#flows/prune-visits.ts"
import { refundPayment } from "#flows/refund-payment.ts"
import { registerDomain } from "#flows/register-domain.ts"
import { releaseHolds } from "#flows/release-holds.ts"
import { type RenderConfirmation, sendConfirmation } from "#flows/send-confirmation.ts"
import { findLeftCarts } from "#flows/find-left-carts.ts"
import { sendCancellation } from "#flows/send-cancellation.ts"
import { sendInvitation } from "#flows/send-invitation.ts"
import { type RenderRecovery, sendRecovery } from "#flows/send-recovery.ts"
import { sendReset } from "#flows/send-reset.ts"
import { sendWelcome } from "#flows/send-welcome.ts"
import { sweepPayments } from "#flows/sweep-payments.ts"
import type { JobHandlers } from "#jobs/worker.ts"
import { cancellationMail } from "#views/mail/cancellation.ts"
import { confirmationMail } from "#views/mail/confirmation.ts"
import { invitationMail, resetMail, welcomeMail } from "#views/mail/person-mail.ts"
import { recoveryMail } from "#views/mail/recovery.ts"

/** Each job's flow. */
export function jobHandlers(deps: Deps): JobHandlers {
  const render = renderConfirmation(deps.publicUrl)
  return {
    "send-confirmation": (data) => sendConfirmation(deps, data, render),
    "send-cancellation": (data) => sendCancellation(deps, data, cancellationMail),
    "send-recovery": (data) => sendRecovery(deps, data, renderRecovery(deps.publicUrl)),
    ...personMails(deps),
    "apply-webhook": (data) => applyWebhook(deps, data),
    "refund-payment": (data) => refundPayment(deps, data),
    "register-domain": (data) => registerDomain(deps, data),
    "sweep-payments": () => sweepPayments(deps),
    "find-left-carts": () => findLeftCarts(deps),
    "release-holds": async () => void (await releaseHolds(deps)),
    "forget-commands": () => forgetCommands(deps),
    "expire-carts": () => expireCarts(deps),
    "fold-reports": () => foldReports(deps),
    "prune-visits": () => pruneVisits(deps),
  }
}

/** Mails to people of the console; the links are for their own origin. */
function personMails(
  deps: Deps,
): Pick<JobHandlers, "send-welcome" | "send-reset" | "send-invitation"> {
  const at = (path: string) => `${deps.publicUrl}/console/${path}`
  return {
    "send-welcome": (data) =>
      sendWelcome(deps, data, ({ name, token }) =>
        welcomeMail({ name, link: at(`verify?token=${token}`) }),
      ),
    "send-reset": (data) =>
      sendReset(deps, data, ({ name, token }) =>
        resetMail({ name, link: at(`reset?token=${token}`) }),
      ),
    "send-invitation": (data) =>
      sendInvitation(deps, data, ({ token, ...invitation }) =>
        invitationMail({ ...invitation, link: at(`invitation/${token}`) }),
      ),
  }
}

/** How often the sweepers are asked for, in seconds. What a hold kept from others is seen to be free when its time is over. */
export const schedule = {
  "sweep-payments": 5,
  "release-holds": 1,
  "find-left-carts": 20,
  "forget-commands": 3600,
  "expire-carts": 3600,
  "fold-reports": 5,
  "prune-visits": 3600,
} as const

/** The token rides in the hash, which no server log and no referrer sees. */
export function renderRecovery(publicUrl: string): RenderRecovery {
  return ({ token, widget, ...left }) =>
    recoveryMail({
      ...left,
      link: `${publicUrl}/v1/w/${widget}?locale=${encodeURIComponent(left.locale)}#recover=${token}`,
    })
}

/** The buyer's own language, and a calendar file when there is something to come to. */
export function renderConfirmation(publicUrl: string): RenderConfirmation {
  return ({ order, account, brand }) => ({
    ...confirmationMail({ order, account, brand, publicUrl, locale: order.locale }),
    attachments: order.lines.some((line) => line.kind === "ticket" && line.startsAt)
      ? [
          {
            filename: `${order.number}.ics`,
            contentType: "text/calendar; charset=utf-8; method=PUBLISH",
            content: orderCalendar(order, publicUrl),
          },
        ]
      : [],
  })
}
