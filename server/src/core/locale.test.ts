import { expect, it } from "vitest"
import { nearestLocale } from "#core/locale.ts"

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
