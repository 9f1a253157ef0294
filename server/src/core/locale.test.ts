import { expect, it } from "vitest"
import { acceptedLocale, nearestLocale } from "#core/locale.ts"

it.each([
  ["en", "en"],
  ["en-GB", "en"],
  ["EN-us", "en"],
  ["fr-CA", "fr-CA"],
  ["fr-ca", "fr-CA"],
  ["fr", "fr"],
  ["fr-BE", "fr"],
  ["pt-BR", "pt-PT"],
  ["zh-Hant-TW", "de"],
  ["english", "de"],
  ["x", "de"],
])("%s is nearest to %s", (wanted, expected) => {
  expect(nearestLocale(wanted, ["de", "en", "fr-CA", "fr", "pt-PT"], "de")).toBe(expected)
})

it("falls back where the organizer has no locales", () => {
  expect(nearestLocale("en", [], "fr")).toBe("fr")
})

it.each([
  ["fr-CH, fr;q=0.9, en;q=0.8, *;q=0.5", "fr"],
  ["ja, en;q=0.5, fr;q=0.7", "fr"],
  ["ja,de;q=0,en-GB;q=0.1", "en"],
  ["ja", "pt-PT"],
  ["", "pt-PT"],
  [",;q=,,en;q=0", "pt-PT"],
])("%j likes %s best", (header, expected) => {
  expect(acceptedLocale(header, ["de", "en", "fr"], "pt-PT")).toBe(expected)
})
