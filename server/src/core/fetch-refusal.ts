/** Why a page that somebody named was not read. */
export type FetchRefusal =
  /** Neither http nor https, with a password in it, or to a port that serves no pages. */
  | "not-an-address"
  /** This machine, a private network, a metadata service. */
  | "private-address"
  | "unknown-host"
  | "unreachable"
  | "bad-certificate"
  | "too-slow"
  | "too-large"
  | "too-many-redirects"
  | "wrong-type"

/** The same for people: what is wrong, and what to do. */
export function refusalWords(reason: FetchRefusal): {
  readonly title: string
  readonly advice: string
} {
  return words[reason]
}

const words: Readonly<Record<FetchRefusal, { readonly title: string; readonly advice: string }>> = {
  "not-an-address": {
    title: "That is not the address of a page",
    advice:
      "Copy it from the browser’s address bar. It begins with https://, has a name and no port of its own.",
  },
  "private-address": {
    title: "That address leads into a private network",
    advice: "Only pages that everybody can open are read. Publish the page, then check it again.",
  },
  "unknown-host": {
    title: "There is no site of that name",
    advice: "Check the spelling. A new domain may take a day until it is known everywhere.",
  },
  unreachable: {
    title: "The site does not answer",
    advice: "Open it in a browser. If it works there, its firewall may turn our look away.",
  },
  "bad-certificate": {
    title: "The site’s certificate is not valid",
    advice: "Browsers warn visitors of it as well. Renew it where the site is hosted.",
  },
  "too-slow": {
    title: "The site took longer than ten seconds",
    advice: "Try again in a moment.",
  },
  "too-large": {
    title: "The page is too large to be read",
    advice: "Name a page with less on it.",
  },
  "too-many-redirects": {
    title: "The address leads on and on",
    advice:
      "Redirects go in a circle, or further than five steps. Name the page they should end at.",
  },
  "wrong-type": {
    title: "That address is not a web page",
    advice: "It leads to another kind of file. Name the page that shows your events.",
  },
}

/** What somebody pasted as a whole address: https, unless it says otherwise. */
export function pageAddress(typed: string): string {
  const text = typed.trim()
  return text === "" || /^[a-z][a-z0-9+.-]*:\/\//i.test(text) ? text : `https://${text}`
}
