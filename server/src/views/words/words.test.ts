import { describe, expect, it } from "vitest"
import { en } from "#views/words/en.ts"
import { fr } from "#views/words/fr.ts"
import { directionOf, shellWords, wordsFor } from "#views/words/index.ts"

/** Every sentence by its path, the ones with a gap filled with numbers and with text. */
function sentences(words: unknown, path = ""): [string, string][] {
  if (typeof words === "string") return [[path, words]]
  if (typeof words === "function") {
    const takesText = path === "steps.back"
    return [0, 1, 7].flatMap((count) =>
      sentences(takesText ? words("Details") : words(count, count, count), `${path}(${count})`),
    )
  }
  return Object.entries(words as object).flatMap(([key, value]) =>
    sentences(value, path === "" ? key : `${path}.${key}`),
  )
}

/** What may be empty: nothing chosen has no count, and "You're going!" says it all. */
const mayBeEmpty = /^(?:cart\.count\(0\)|order\.states\.paid\.next)$/

describe.each([
  ["en", en],
  ["fr", fr],
])("%s", (_, words) => {
  it.each(sentences(words))("says something for %s", (path, sentence) => {
    if (!mayBeEmpty.test(path)) expect(sentence.trim()).not.toBe("")
    expect(sentence).not.toMatch(/undefined|null|NaN|\[object|\{n\}/)
  })
})

it("says nothing in English where it should be French", () => {
  const english = new Map(sentences(en))
  const same = sentences(fr).filter(([path, sentence]) => english.get(path) === sentence)
  const paths = same
    .filter(([, sentence]) => /[a-z]{3}/i.test(sentence))
    .map(([path]) => path.replace(/\(\d\)$/, ""))
  // The same in both languages.
  expect([...new Set(paths)].toSorted()).toEqual([
    "announce.total",
    "cart.total",
    "event.minutes",
    "mail.ticketCode",
  ])
})

it("counts one and many", () => {
  expect(en.cart.count(1, 2)).toBe("1 ticket, 2 extras")
  expect(fr.cart.count(2, 1)).toBe("2 billets, 1 extra")
  expect(fr.event.minutes(0)).toBe("0 minute")
  expect(en.event.minutes(0)).toBe("0 minutes")
})

it("finds the nearest language", () => {
  expect(wordsFor("fr-CA")).toBe(fr)
  expect(wordsFor("FR")).toBe(fr)
  expect(wordsFor("nl")).toBe(en)
  expect(wordsFor("constructor")).toBe(en)
  expect(shellWords("fr").tryAgain).toBe("Réessayer")
  expect(shellWords("en").stillHeld).toContain("{time}")
  expect(shellWords("fr").stillHeld).toContain("{time}")
})

it("knows which way a language runs", () => {
  expect(directionOf("fr-CA")).toBe("ltr")
  expect(directionOf("he")).toBe("rtl")
  expect(directionOf("ar-EG")).toBe("rtl")
})
