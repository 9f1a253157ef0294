import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { catalogueFaults } from "#core/catalogue-checks.ts"
import { catalogueSchema } from "#core/catalogue-file.ts"
import { isReservedSlug } from "#core/front-door.ts"
import { shapeFaults } from "#core/json-schema.ts"
import {
  accountSlug,
  listCountries,
  listCurrencies,
  listTimeZones,
  newAccountFile,
  orderPrefix,
} from "#core/new-account.ts"
import { personName } from "#core/person.ts"

const faultsOf = (file: unknown) => [
  ...shapeFaults(catalogueSchema, file),
  ...catalogueFaults(file as Parameters<typeof catalogueFaults>[0]),
]

describe("an account's address", () => {
  it.for([
    ["Laughing Stock", "laughing-stock"],
    ["Théâtre de l'Œuvre!", "theatre-de-l-oeuvre"],
    ["  Straße & Söhne  ", "strasse-sohne"],
    ["Łódź Ø", "lodz-o"],
    ["笑い", "organization"],
    ["---", "organization"],
    ["New", "new-1"],
    ["Sign in", "sign-in-1"],
    ["x".repeat(200), "x".repeat(60)],
  ] as const)("of %s is %s", ([name, slug]) => {
    expect(accountSlug(name)).toBe(slug)
  })

  it("is a slug that the console leads to, whatever the name", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 200 }), (name) => {
        const slug = accountSlug(name)
        expect(slug).toMatch(/^(?=.{1,62}$)[a-z0-9]+(-[a-z0-9]+)*$/)
        expect(isReservedSlug(slug)).toBe(false)
      }),
    )
  })
})

it.for([
  ["Laughing Stock", "LS"],
  ["Lantern", "LANT"],
  ["The Old Red Lion Theatre", "TOR"],
  ["笑い", "ORGA"],
] as const)("orders of %s are numbered %s-...", ([name, prefix]) => {
  expect(orderPrefix(name)).toBe(prefix)
})

it("a new account is a faultless catalogue in every country and currency", () => {
  const currencies = listCurrencies()
  for (const [at, country] of listCountries().entries()) {
    const { code } = currencies[at % currencies.length]!
    const account = { name: "A", country: country.code, currency: code, timeZone: "Europe/Berlin" }
    expect(faultsOf(newAccountFile("a", account))).toEqual([])
  }
})

it("a new account is a faultless catalogue whatever its name", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary", maxLength: 300 }), (typed) => {
      const name = personName(typed)
      fc.pre(name !== "")
      const account = { name, country: "CA", currency: "cad", timeZone: "America/Toronto" }
      expect(faultsOf(newAccountFile(accountSlug(name), account))).toEqual([])
    }),
  )
})

it("offers countries, money and time zones that exist", () => {
  const countries = listCountries()
  expect(countries.length).toBeGreaterThan(235)
  expect(countries.length).toBeLessThan(252)
  expect(countries).toContainEqual({ code: "CA", name: "Canada" })
  expect(countries.map(({ code }) => code)).not.toContain("EU")
  expect(listCurrencies()).toContainEqual({ code: "cad", name: "Canadian Dollar" })
  expect(listTimeZones()).toContain("America/Toronto")
})
