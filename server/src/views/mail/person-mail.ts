import type { Role } from "#core/role.ts"
import { roleWords } from "#views/console/role-words.ts"
import { html } from "#views/html.ts"
import type { Mail } from "#views/mail/confirmation.ts"
import { mailDocument } from "#views/mail/frame.ts"
import { button, paragraph, title } from "#views/mail/parts.ts"

type Letter = {
  readonly from: string
  readonly subject: string
  readonly title: string
  readonly lead: string
  readonly label: string
  readonly link: string
  /** Why they got it and what if it is not theirs. */
  readonly why: string
}

/** To somebody who just signed up: one button that confirms the address. */
export function welcomeMail(item: { readonly name: string; readonly link: string }): Mail {
  return letter({
    from: "Foyer",
    subject: "Welcome to Foyer: is this your address?",
    title: `Welcome, ${item.name}`,
    lead: "You can start selling right away. Please confirm your address, so that we can reach you when a payout or an order needs you.",
    label: "Confirm my address",
    link: item.link,
    why: "You get this because somebody created a Foyer account with this address. If it was not you, do nothing.",
  })
}

/** A link to a new password, good for an hour. */
export function resetMail(item: { readonly name: string; readonly link: string }): Mail {
  return letter({
    from: "Foyer",
    subject: "A new password for Foyer",
    title: `Hello ${item.name}`,
    lead: "Here is the link to choose a new password. It works once, within the next hour.",
    label: "Choose a new password",
    link: item.link,
    why: "If you did not ask for this, do nothing: your password stays as it is.",
  })
}

/** Who invites, to what, as what. Good for seven days. */
export function invitationMail(item: {
  readonly accountName: string
  readonly inviterName: string
  readonly role: Role
  readonly link: string
}): Mail {
  const { accountName, inviterName, role } = item
  return letter({
    from: accountName,
    subject: `${inviterName} invites you to ${accountName}`,
    title: `Join ${accountName}`,
    lead: `${inviterName} invites you as ${roleWords[role].as}. ${roleWords[role].may}`,
    label: "Accept the invitation",
    link: item.link,
    why: "The link is for you alone and works for seven days. If you do not know them, do nothing.",
  })
}

/** A person is written to by us, whoever invites them. */
const ours = { colors: {} }

function letter(item: Letter): Mail {
  // A header is one line, whatever somebody is called.
  const subject = item.subject.replaceAll(/\s+/g, " ")
  const document = mailDocument({
    locale: "en",
    title: subject,
    preview: item.lead,
    from: item.from,
    brand: ours,
    body: html`${title(item.title)} ${paragraph(item.lead, 24)}
    ${button(ours, item.link, item.label)}`,
    foot: html`${item.why}`,
  })
  const text = [item.title, item.lead, `${item.label}:\n${item.link}`, item.why].join("\n\n")
  return { subject, html: String(document), text: `${text}\n` }
}
