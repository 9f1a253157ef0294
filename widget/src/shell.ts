import type { ShellWords } from "@foyer/shared/protocol"

/** What the shell says until the first frame brings the organizer's language. */
export const english: ShellWords = {
  reconnecting: "Reconnecting…",
  stillHeld: "Your tickets are still held until {time}.",
  nothingLost: "Nothing you typed is lost.",
  paymentBlocked: "The payment form could not be loaded.",
  paymentBlockedWhy:
    "Something on this page or in your browser blocks it. You haven’t been charged.",
  payOnSecurePage: "Pay on our secure page",
  reload: "This page has changed. Please reload it; your tickets stay with you.",
  failed: "That did not work. You haven’t been charged.",
  tryAgain: "Try again",
}

type CutOff = { readonly title: string; readonly why: string; readonly link: string }

const cutOff: Readonly<Record<string, CutOff>> = {
  en: {
    title: "Tickets can’t be shown on this page",
    why: "Something on it, or in your browser, keeps it from the ticket office.",
    link: "Get tickets on our secure page",
  },
  fr: {
    title: "Les billets ne peuvent pas s’afficher ici",
    why: "Quelque chose dans cette page ou votre navigateur bloque la billetterie.",
    link: "Prendre vos billets sur notre page sécurisée",
  },
}

/** What is said where no frame ever came, in the page's own language when it is one of ours. */
export function cutOffWords(): CutOff {
  const words = cutOff[document.documentElement.lang.slice(0, 2)] ?? cutOff["en"]
  return words as CutOff
}

const card = `<li class="card"><div class="pic"></div><div class="txt"><p class="s"><span class="skel">Sat 28 Nov, 20:00</span></p><h3><span class="skel">Saturday Headliners</span></h3><p class="s"><span class="skel">The Cellar, Toronto</span></p><p class="ends"><span class="skel">From $25</span></p></div></li>`

/** The boxes of the first view, so that nothing moves when it lands. */
export const skeleton = `<div class="view" aria-busy="true"><div class="shelf" aria-hidden="true"><h2><span class="skel">Upcoming shows</span></h2><div class="chips"><span class="chip skel">All shows</span></div><ul class="cards">${card}${card}${card}${card}${card}${card}</ul></div></div>`
