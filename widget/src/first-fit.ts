import type { FirstView } from "@foyer/shared/protocol"

/** Whether an element asks for just this view, in a language that the visitor would be spoken to in. */
export function fits(first: FirstView, element: Element): boolean {
  const said = (name: string) => element.getAttribute(name)?.trim() || undefined
  return (
    first.widget === said("widget") &&
    first.at.event === said("event") &&
    first.currency === said("currency")?.toLowerCase() &&
    said("at") === undefined &&
    isSpoken(first, said("locale") ?? (document.documentElement.lang || navigator.language))
  )
}

/** Another language is shown only where the organizer has not the visitor's. */
function isSpoken({ locale, locales }: FirstView, wanted: string): boolean {
  const isSame = (tag: string) => languageOf(tag) === languageOf(wanted)
  return isSame(locale.tag) || !locales.some(isSame)
}

const languageOf = (tag: string) => tag.toLowerCase().split("-")[0]
