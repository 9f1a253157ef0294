import { plural as pluralIn, type PluralForms } from "#core/format.ts"

const plural = (count: number, forms: PluralForms) => pluralIn(count, "en", forms)
const tickets = (count: number) => plural(count, { one: "{n} ticket", other: "{n} tickets" })

/** Everything a shopper reads, in English. Its type is what every other language must fill. */
export const en = {
  price: { free: "Free", yours: "Pay what you like", from: (money: string) => `From ${money}` },

  browse: {
    filter: "Filter shows",
    all: "All shows",
    pricesIn: (currency: string) => `Prices in ${currency}`,
    region: "Region and currency",
    moreDates: (count: number) => `+ ${count} more`,
    dates: (count: number, day: string) =>
      `${plural(count, { one: "{n} date", other: "{n} dates" })}, from ${day}`,
    left: (count: number) => `Only ${count} left`,
    soldOut: "Sold out",
    paused: "Not on sale",
    onSaleAt: (when: string) => `On sale ${when}`,
    empty: "No shows just now",
    emptyWhy: "New dates are on their way. Look in again soon.",
    emptyFilter: "Nothing here just now",
    showAll: "Show all",
  },

  event: {
    back: "All shows",
    minutes: (count: number) => plural(count, { one: "{n} minute", other: "{n} minutes" }),
    doors: (time: string) => `doors ${time}`,
    pick: "Pick a showtime",
    tickets: "Tickets",
    extras: "Make a night of it",
    fee: (money: string) => `+\u00a0${money} fee`,
    noFee: "no fee",
    feeIncluded: "fees included",
    upTo: (count: number) => `Up to ${count} per order.`,
    atLeast: (count: number) => `At least ${count} per order.`,
    left: (count: number) => `${count} left.`,
    fewer: "One fewer",
    more: "One more",
    yourPrice: "Your price",
    fromAmount: (money: string) => `${money} or more`,
    anyAmount: "Any amount is welcome",
    choose: (options: string) => `Choose ${options}`,
    chosen: (count: number) => `${count} chosen`,
    none: "No dates on sale just now.",
    and: " and ",
  },

  cart: {
    title: "Your tickets",
    order: "Your order",
    summary: "Summary",
    keepLooking: "Keep looking",
    empty: "Nothing chosen yet",
    emptyWhy: "Choose tickets and the total appears here, all in.",
    browse: "See all shows",
    held: (time: string) => `Held for you until ${time}`,
    remove: "Remove",
    removeLine: (title: string) => `Remove ${title}`,
    unavailable: "No longer on sale here. Remove it to go on.",
    unavailableTitle: "No longer on sale",
    subtotal: "Subtotal",
    fees: "Service fees",
    shipping: "Shipping",
    total: "Total",
    includes: (tax: string) => `Includes ${tax}`,
    discount: (code: string, percent: string | undefined, onTickets: boolean) =>
      percent === undefined
        ? code
        : onTickets
          ? `${code}, ${percent} off tickets`
          : `${code}, ${percent} off`,
    bogo: (code: string, buy: number, get: number, percent: string | undefined) =>
      percent === undefined
        ? `${code}, buy ${buy}, get ${get} free`
        : `${code}, buy ${buy}, get ${get} at ${percent} off`,
    checkOut: "Check out",
    viewCart: "Your tickets",
    continue: "Continue",
    allIn: "That’s everything: no more fees later.",
    count: (ticketCount: number, extras: number) =>
      [
        ticketCount > 0 ? tickets(ticketCount) : "",
        extras > 0 ? plural(extras, { one: "{n} extra", other: "{n} extras" }) : "",
      ]
        .filter(Boolean)
        .join(", "),
    barNote: (count: string) => `${count}, all in`,
    addPromo: "Add a promo code",
    promo: "Promo code",
    apply: "Apply",
    applied: (code: string) => `${code} applied`,
    removePromo: (code: string) => `Remove ${code}`,
  },

  promo: {
    "unknown-code": (code: string) => `We don’t know the code ${code}. Check the spelling?`,
    "not-started": (code: string) => `${code} isn’t valid yet.`,
    expired: (code: string) => `${code} has ended.`,
    "used-up": (code: string) => `${code} has been used up.`,
    "below-minimum": (code: string) => `Your order is a little too small for ${code}.`,
    "not-for-these-events": (code: string) => `${code} is for other shows.`,
    "not-in-this-currency": (code: string) => `${code} doesn’t work in this currency.`,
    "too-few": (code: string) => `${code} needs more tickets in your order.`,
    "first-time-only": (code: string) => `${code} is for a first order only.`,
    "returning-only": (code: string) =>
      `${code} is for guests who have ordered before, with the same e-mail address.`,
    "not-on-the-list": (code: string) => `${code} is for invited e-mail addresses only.`,
  },
  /** How many tickets a code needs that makes some cheaper with others. */
  tooFew: {
    event: (code: string, needed: number) =>
      `${code} works from ${tickets(needed)} for the same show.`,
    "price-type": (code: string, needed: number) =>
      `${code} works from ${tickets(needed)} of the same kind.`,
    order: (code: string, needed: number) => `${code} works from ${tickets(needed)}.`,
  },
  /** After a code was refused where there is no field for it any more. */
  promoGone: {
    details: (total: string) =>
      `We’ve taken it off; your total is ${total}. Go on if that’s all right, or use another address.`,
    payment: (total: string) => `Nothing was charged. Your total is ${total} without it.`,
  },

  steps: {
    label: "Checkout",
    tickets: "Tickets",
    details: "Details",
    payment: "Payment",
    done: "done",
    back: (where: string) => `Back to ${where.toLowerCase()}`,
  },

  details: {
    title: "Who’s coming?",
    email: "E-mail",
    firstName: "First name",
    lastName: "Last name",
    phone: "Mobile",
    optional: "optional",
    phoneWhy: "optional, in case plans change",
    didYouMean: "Did you mean",
    useThat: "Use that",
    from: (name: string) => `From ${name}`,
    privacy: (name: string) =>
      `${name} gets these details to run your order, and we mail your tickets. Nobody else does.`,
    reminder: "If you leave without buying, we may write to you once about this cart.",
    continue: "Continue to payment",
    finish: "Get my tickets",
    problems: (count: number) =>
      plural(count, { one: "One thing to fix", other: "{n} things to fix" }),
    missing: {
      email: "Add your e-mail",
      firstName: "Add your first name",
      lastName: "Add your last name",
      phone: "Add your mobile number",
      text: "Answer this one",
      choice: "Pick one",
      checkbox: "Tick this to go on",
    },
    "not-an-email": "Check your e-mail: it should look like name@example.com",
    "too-long": "Make this a little shorter",
    "not-a-choice": "Pick one of these",
    "not-a-phone": "Check the number: digits, spaces and a + are fine",
  },

  payment: {
    title: "Payment",
    box: "Card, in the payment provider’s frame",
    or: "or pay by card",
    pay: "Pay",
    once: (currency: string) => `Charged once, in ${currency}.`,
    processing: "We’re confirming your payment",
    processingWhy:
      "This can take a moment. Your tickets are kept for you; you can wait here or close the page, and we’ll mail you either way.",
    notCharged: "You haven’t been charged.",
    notChargedHeld: (time: string) =>
      `You haven’t been charged, and your tickets are held until ${time}.`,
    declines: {
      card_declined: {
        title: "Your bank said no to this card",
        next: "Try another card, or approve the payment in your banking app and press Pay again.",
      },
      insufficient_funds: {
        title: "There isn’t enough on this card",
        next: "Try another card, or another way to pay.",
      },
      expired_card: {
        title: "This card has expired",
        next: "Check the date, or use another card.",
      },
      incorrect_cvc: {
        title: "The security code doesn’t match",
        next: "Check the three or four digits on your card and press Pay again.",
      },
      incorrect_number: {
        title: "The card number doesn’t look right",
        next: "Check the number and press Pay again.",
      },
      authentication_required: {
        title: "Your bank wanted to check it’s you",
        next: "The check wasn’t finished. Press Pay again and follow your bank’s steps.",
      },
      lost_card: {
        title: "Your bank said no to this card",
        next: "Use another card, or ask your bank why.",
      },
      processing_error: {
        title: "The payment got stuck on the way",
        next: "Wait a moment and press Pay again.",
      },
    },
  },

  success: {
    title: "You’re going!",
    titleExtras: "It’s yours!",
    order: "Order",
    sent: (count: number) =>
      count === 0
        ? "We’ve sent a confirmation to"
        : count === 1
          ? "We’ve sent your ticket to"
          : count === 2
            ? "We’ve sent both tickets to"
            : `We’ve sent all ${count} tickets to`,
    ticketOf: (n: number, count: number) => `Ticket ${n} of ${count}`,
    qr: (code: string) => `QR code of ticket ${code}`,
    extras: "Also yours",
    calendar: "Add to calendar",
    receipt: "Receipt",
    share: "Better in company",
    shareWhy: "Send friends the link.",
    shareLabel: "Link to share",
    copy: "Copy",
    copied: "Copied",
    more: "See more shows",
    void: "No longer valid",
  },

  expired: {
    title: "Your hold ran out",
    why: (minutes: number) =>
      `We kept these for ${plural(minutes, { one: "{n} minute", other: "{n} minutes" })}, then let them go so others could buy. You haven’t been charged.`,
    available: "Still available, same price",
    newPrice: "Still available, at a new price",
    gone: "Gone for now",
    renew: "Hold them again",
    renewSome: "Hold what’s left",
    discard: "Choose something else",
  },

  refusal: {
    "sold-out": (title: string, left: number) =>
      left === 0
        ? {
            title: `${title} just sold out`,
            next: "Someone was a moment quicker. Nothing was added.",
          }
        : {
            title: `Only ${left} left of ${title}`,
            next: "Choose that many, or something else.",
          },
    "over-maximum": (title: string, maximum: number) => ({
      title: `${maximum} is the most per order`,
      next: `That’s as many of ${title} as one order can have.`,
    }),
    "below-minimum-quantity": (title: string, minimum: number) => ({
      title: `${minimum} is the fewest per order`,
      next: `${title} is sold from ${minimum}.`,
    }),
    "not-on-sale": (title: string) => ({
      title: title === "" ? "One of your choices is no longer on sale" : `${title} isn’t on sale`,
      next: "Choose another date or ticket.",
    }),
    "amount-too-low": (minimum: string) => ({
      title: `${minimum} is the least`,
      next: "Enter that or more. Your other tickets are as they were.",
    }),
    "amount-not-a-number": { title: "That isn’t an amount", next: "Use digits, like 12 or 12.50." },
    "below-payment-minimum": (minimum: string) => ({
      title: `Cards start at ${minimum}`,
      next: "Add something, or raise your price a little.",
    }),
    "price-changed": (total: string) => ({
      title: `The total is now ${total}`,
      next: "A price changed while you were here. You haven’t been charged; check it and press Pay if that’s fine.",
    }),
    "details-incomplete": { title: "A few details are missing", next: "Fill them in to go on." },
    "holds-expired": { title: "Your hold ran out", next: "You haven’t been charged." },
    "cart-empty": { title: "Nothing chosen yet", next: "Choose tickets first." },
    "cart-completed": { title: "This order is done", next: "Start a new one any time." },
    "cart-busy-paying": {
      title: "A payment is under way",
      next: "Wait for it to finish, or go back to change your tickets.",
    },
    "too-many-holds": {
      title: "That’s a lot of tickets at once",
      next: "Finish an order first, then start the next one.",
    },
    "payment-unavailable": {
      title: "We can’t reach the payment service",
      next: "You haven’t been charged. Try again in a moment.",
    },
    "payment-processing": {
      title: "Your payment is on its way",
      next: "There’s no need to pay again.",
    },
    "payment-returned": {
      title: "We sent your money back",
      next: "The payment came after the tickets were gone, so all of it is on its way back to you.",
    },
    "unknown-event": { title: "That show isn’t here any more", next: "Here is what’s on." },
  },

  /** Said by a screen reader, politely. */
  announce: {
    total: (total: string, count: string) => `${count}. Total ${total}.`,
    emptied: "Nothing chosen.",
  },

  trouble: {
    "unknown-widget": {
      title: "This shop isn’t here",
      next: "The page names a widget that doesn’t exist. If it’s your page, check the snippet.",
    },
    "origin-not-allowed": {
      title: "This page may not sell tickets yet",
      next: "If it’s yours, add its address to the allowed sites.",
    },
    "please-reload": {
      title: "There’s a newer version",
      next: "Reload the page to go on. Your tickets are kept.",
    },
    "too-many-requests": {
      title: "That was very fast",
      next: "Wait a few seconds and try again. Nothing is lost.",
    },
    "server-error": {
      title: "Something went wrong on our side",
      next: "You haven’t been charged. Try again in a moment.",
    },
  },

  sandbox: "Practice mode: no real money moves",

  shell: {
    reconnecting: "Reconnecting…",
    stillHeld: "Your tickets are still held until {time}, and nothing you typed is lost.",
    nothingLost: "Nothing you typed is lost.",
    paymentBlocked: "This page blocks the payment form",
    paymentBlockedWhy:
      "Something here, often an ad blocker, stops it loading. Finish on our secure page: your tickets and details come along.",
    payOnSecurePage: "Pay on the secure page",
    reload: "This page has changed. Please reload it; your tickets stay with you.",
    failed: "That didn’t go through. Nothing was charged.",
    tryAgain: "Try again",
  },

  listing: {
    by: (name: string) => `Tickets from ${name}`,
    all: (name: string) => `All shows by ${name}`,
    more: (name: string) => `More from ${name}`,
    where: "Where",
    addToCalendar: "Add to calendar",
    dates: "Dates and tickets",
    over: "This show is over",
    overWhy: "There are no more dates. See what else is on.",
    calledOff: "Called off",
    buyHere: "Buy tickets",
    gone: "This show is no longer listed",
    goneWhy: "The organizer took it off. What is on now is in the list of shows.",
    notFound: "There is no such show",
    notFoundWhy: "Check the link, or look at what is on.",
    noShows: "No shows just now",
    noShowsWhy: "New dates are on their way. Look in again soon.",
  },

  hosted: {
    title: (name: string) => `Tickets from ${name}`,
    noScript: "Tickets are sold here with JavaScript: please turn it on and load this page again.",
    all: "All shows",
    notFound: "There are no tickets here",
    lateLink:
      "That link was used or is too old. Your cart may still be on the device where you began.",
    notFoundWhy: "Check the link: the organizer may have moved their shows.",
  },

  order: {
    pageTitle: (number: string, name: string) => `Order ${number}, ${name}`,
    number: (number: string) => `Order ${number}`,
    placed: (when: string) => `Placed ${when}`,
    thanks: (name: string) => `Thank you, ${name}.`,
    tickets: "Your tickets",
    receipt: "Receipt",
    calendar: "Add to calendar",
    print: "Show these at the door, on your phone or on paper.",
    questions: (name: string) => `Questions? Write to ${name}`,
    states: {
      awaiting_payment: {
        title: "Waiting for payment",
        next: "This order isn’t paid yet. Tickets appear here when it is.",
      },
      processing: {
        title: "We’re confirming your payment",
        next: "Tickets appear here as soon as it’s through. You don’t need to do anything.",
      },
      paid: { title: "You’re going!", next: "" },
      partially_refunded: {
        title: "Part of this order was refunded",
        next: "The tickets below are still good.",
      },
      refunded: {
        title: "This order was refunded",
        next: "The money is on its way back, and its tickets are no longer valid.",
      },
      disputed: {
        title: "This payment is being questioned",
        next: "The bank is looking into it. Write to us if that’s a surprise.",
      },
      expired: {
        title: "This order ran out of time",
        next: "It was never paid, and you haven’t been charged.",
      },
      canceled: { title: "This order was canceled", next: "You haven’t been charged." },
      canceled_paid: {
        title: "This order was canceled",
        next: "The money is on its way back, and its tickets are no longer valid.",
      },
      canceled_free: {
        title: "This order was canceled",
        next: "It cost nothing, and its tickets are no longer valid.",
      },
      payment_unfulfillable: {
        title: "We sent your money back",
        next: "The payment came after the tickets were gone. All of it is on its way back to you.",
      },
    },
    notFound: "We can’t find that order",
    notFoundWhy: "Check the link in your mail: it’s long, and sometimes loses its end.",
  },

  mail: {
    subject: (event: string, number: string) => `Your tickets: ${event} (${number})`,
    subjectExtras: (number: string) => `Your order ${number}`,
    open: "Open your tickets",
    openOrder: "Open your order",
    openWhy: "The QR codes are on that page. No app, no login.",
    ticketCode: "Code",
    why: (name: string) => `You get this mail because you ordered from ${name}.`,
    canceledSubject: (number: string) => `Canceled: your order ${number}`,
    canceledTitle: "Your order was canceled",
    canceledLead: (name: string) => `${name} canceled this order.`,
    canceledTickets: "Its tickets are no longer valid.",
    canceledRefund: (money: string) =>
      `${money} goes back to what you paid with. Banks usually take 5 to 10 days.`,
    recoverySubject: (name: string) => `You left tickets behind at ${name}`,
    recoveryTitle: "Still want to go?",
    recoveryLead:
      "You chose these and didn’t finish. We kept your choice, but the seats are free for others.",
    recoveryOpen: "Back to your cart",
    recoveryOnce: (name: string) =>
      `You get this one mail because you typed your address at ${name}’s checkout. We won’t write about it again. The link is good once, for 7 days.`,
  },
}

/** What every language says. */
export type Words = typeof en
