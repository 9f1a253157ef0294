/** Whose orders a promotion is for. `emails` has addresses and, after an @, whole domains: `@example.org`. */
export type Audience =
  | { readonly who: "first-time" | "returning" }
  | { readonly who: "listed"; readonly emails: readonly string[] }

/** Who buys, as far as the form has told. */
export type Buyer = {
  readonly email: string
  /** The same e-mail has bought from this organizer before, and not been refunded whole. */
  readonly hasBought: boolean
}

export type AudienceRefusal = "first-time-only" | "returning-only" | "not-on-the-list"

/**
 * Why a promotion is not for a buyer; undefined when it is. Somebody who has not said who they are yet is not sent away: it is judged when
 * they do, and again when the order is made.
 */
export function audienceRefusal(
  audience: Audience | undefined,
  buyer: Buyer | undefined,
): AudienceRefusal | undefined {
  if (!audience || !buyer) return undefined
  switch (audience.who) {
    case "first-time":
      return buyer.hasBought ? "first-time-only" : undefined
    case "returning":
      return buyer.hasBought ? undefined : "returning-only"
    case "listed":
      return isListed(audience.emails, buyer.email) ? undefined : "not-on-the-list"
  }
}

/** E-mail addresses are compared in lower case, as every mail provider of today does. A domain stands for itself, not for what is below it. */
export function sameEmail(email: string): string {
  return email.trim().toLowerCase()
}

/** Whether a refusal comes from who buys, and so only shows once that is known. */
export function isAudienceRefusal(reason: string): reason is AudienceRefusal {
  return ["first-time-only", "returning-only", "not-on-the-list"].includes(reason)
}

function isListed(emails: readonly string[], email: string): boolean {
  const address = sameEmail(email)
  const domain = address.slice(address.lastIndexOf("@"))
  return emails.some((each) => each === address || (each.startsWith("@") && each === domain))
}
