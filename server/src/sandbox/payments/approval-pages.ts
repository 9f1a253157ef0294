import type Stripe from "stripe"
import { formatted } from "./charge-limits.ts"
import type { Challenge } from "./intents.ts"

const words = {
  "3d-secure": {
    title: "3-D Secure test page",
    text: "Your bank would ask you here to confirm that it is you.",
    approve: "Approve",
    refuse: "Fail",
  },
  bank: {
    title: "Bank redirect (sandbox)",
    text: "A real bank would ask you here to sign in and approve the payment. Close this page to leave it unanswered.",
    approve: "Approve payment",
    refuse: "Refuse payment",
  },
} as const

/** Asks the shopper to approve or refuse. Nothing in it comes from outside but the amount. */
export function approvalPage(
  intent: Stripe.PaymentIntent,
  challenge: Challenge,
  isInPage: boolean,
): string {
  const { title, text, approve, refuse } = words[challenge.kind]
  return page(
    title,
    `<h1>${title}</h1>
<p class="amount">${escaped(formatted(intent.amount, intent.currency))}</p>
<p>${text}</p>
<form method="post" action="/sandbox/approve/${challenge.token}${isInPage ? "?in_page=1" : ""}">
<button name="answer" value="approve">${approve}</button>
<button name="answer" value="refuse" class="quiet">${refuse}</button>
</form>`,
  )
}

/** Tells the shop's page, which shows this one in a frame, that the shopper has answered. */
export function answeredPage(): string {
  return page(
    "Thank you",
    `<h1>Thank you</h1><p>Returning to the shop…</p><script src="/sandbox/answered.js"></script>`,
  )
}

export function overPage(): string {
  return page(
    "Nothing to approve",
    "<h1>Nothing to approve</h1><p>This payment is not waiting for an answer. You can close this page.</p>",
  )
}

function page(title: string, main: string): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>${title}</title>
<link rel="stylesheet" href="/sandbox/approval.css">
</head>
<body>
<main>
<p class="sandbox">Payment sandbox – no real money</p>
${main}
</main>
</body>
</html>
`
}

function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;")
}
