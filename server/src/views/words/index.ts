import type { ShellWords } from "@foyer/shared/protocol"
import { en, type Words } from "#views/words/en.ts"
import { fr } from "#views/words/fr.ts"

const languages: Readonly<Record<string, Words>> = { en, fr }

/** Languages whose words we have. */
export const spokenLanguages: readonly string[] = Object.keys(languages)

/** The words of the nearest language we speak: of `fr-CA` those of `fr`; English when there is none. */
export function wordsFor(locale: string): Words {
  const language = locale.toLowerCase().split("-")[0] ?? "en"
  return Object.hasOwn(languages, language) ? (languages[language] ?? en) : en
}

/** What the shell says by itself, when the server cannot be asked. */
export function shellWords(locale: string): ShellWords {
  return wordsFor(locale).shell
}

/** The way text of a locale runs. */
export function directionOf(locale: string): "ltr" | "rtl" {
  return /^(ar|arc|dv|fa|he|ks|ku|ps|ur|yi)\b/i.test(locale) ? "rtl" : "ltr"
}
