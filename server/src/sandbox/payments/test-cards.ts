/** How a payment method behaves when it is charged. */
export type Behaviour =
  | { readonly kind: "succeeds"; readonly refund?: "pending" | "fails" }
  | {
      readonly kind: "declines"
      readonly code: string
      readonly declineCode?: string
      readonly message: string
    }
  | { readonly kind: "authenticates"; readonly afterwards: Behaviour }
  | { readonly kind: "processes"; readonly outcome: "succeeded" | "failed" }
  | { readonly kind: "redirects" }

/** A card of the sandbox. `token` is the name under which a server can pay with it, without a browser. */
export type TestCard = {
  readonly number: string
  readonly brand: "visa" | "mastercard" | "amex"
  readonly label: string
  readonly token: string
  readonly behaviour: Behaviour
}

const succeeds: Behaviour = { kind: "succeeds" }

function declines(code: string, message: string, declineCode?: string): Behaviour {
  return { kind: "declines", code, message, ...(declineCode !== undefined && { declineCode }) }
}

/** The provider's own test numbers; the two that process slowly are the sandbox's use of numbers that mean something else there. Source: https://docs.stripe.com/testing */
export const testCards: readonly TestCard[] = [
  card("4242424242424242", "Succeeds", "pm_card_visa", succeeds),
  card("5555555555554444", "Succeeds (Mastercard)", "pm_card_mastercard", succeeds, "mastercard"),
  card("378282246310005", "Succeeds (Amex)", "pm_card_amex", succeeds, "amex"),
  card(
    "4000000000000002",
    "Declined",
    "pm_card_visa_chargeDeclined",
    declines("card_declined", "Your card was declined.", "generic_decline"),
  ),
  card(
    "4000000000009995",
    "Insufficient funds",
    "pm_card_visa_chargeDeclinedInsufficientFunds",
    declines("card_declined", "Your card has insufficient funds.", "insufficient_funds"),
  ),
  card(
    "4000000000009987",
    "Lost card",
    "pm_card_visa_chargeDeclinedLostCard",
    declines("card_declined", "Your card was declined.", "lost_card"),
  ),
  card(
    "4000000000009979",
    "Stolen card",
    "pm_card_visa_chargeDeclinedStolenCard",
    declines("card_declined", "Your card was declined.", "stolen_card"),
  ),
  card(
    "4000000000000069",
    "Expired card",
    "pm_card_chargeDeclinedExpiredCard",
    declines("expired_card", "Your card has expired."),
  ),
  card(
    "4000000000000127",
    "Wrong security code",
    "pm_card_chargeDeclinedIncorrectCvc",
    declines("incorrect_cvc", "Your card's security code is incorrect."),
  ),
  card(
    "4000000000000119",
    "Processing error",
    "pm_card_chargeDeclinedProcessingError",
    declines(
      "processing_error",
      "An error occurred while processing your card. Try again in a little bit.",
    ),
  ),
  card("4000002760003184", "3-D Secure, always", "pm_card_authenticationRequired", {
    kind: "authenticates",
    afterwards: succeeds,
  }),
  card("4000002500003155", "3-D Secure", "pm_card_authenticationRequiredOnSetup", {
    kind: "authenticates",
    afterwards: succeeds,
  }),
  card(
    "4000008400001629",
    "3-D Secure, then declined",
    "pm_card_threeDSecureRequiredChargeDeclined",
    {
      kind: "authenticates",
      afterwards: declines("card_declined", "Your card was declined.", "generic_decline"),
    },
  ),
  card("4000000000000077", "Processing, then succeeds", "pm_card_bypassPending", {
    kind: "processes",
    outcome: "succeeded",
  }),
  card("4000000000000341", "Processing, then fails", "pm_card_chargeCustomerFail", {
    kind: "processes",
    outcome: "failed",
  }),
  card("4000000000007726", "Refund is pending", "pm_card_pendingRefund", {
    kind: "succeeds",
    refund: "pending",
  }),
  card("4000000000005126", "Refund fails later", "pm_card_refundFail", {
    kind: "succeeds",
    refund: "fails",
  }),
]

function card(
  number: string,
  label: string,
  token: string,
  behaviour: Behaviour,
  brand: TestCard["brand"] = "visa",
): TestCard {
  return { number, label, token, behaviour, brand }
}

/** A well-formed number that is in no list is declined, as a real card is in test mode. */
export const unknownCard: Behaviour = declines(
  "card_declined",
  "Your card was declined. Your request was in test mode, but used a non test card.",
  "test_mode_live_card",
)

/** Luhn's check of the last digit (ISO/IEC 7812-1). */
export function isWellFormed(number: string): boolean {
  if (!/^\d{12,19}$/.test(number)) return false
  const sum = Array.from(number, Number)
    .toReversed()
    .reduce((total, digit, place) => total + luhnValue(digit, place), 0)
  return sum % 10 === 0
}

function luhnValue(digit: number, place: number): number {
  if (place % 2 === 0) return digit
  return digit > 4 ? digit * 2 - 9 : digit * 2
}
