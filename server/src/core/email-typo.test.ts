import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { suggestEmail } from "#core/email-typo.ts"

describe("a slip of the finger", () => {
  it.each([
    ["gmial.com", "gmail.com"],
    ["gamil.com", "gmail.com"],
    ["gmai.com", "gmail.com"],
    ["gmal.com", "gmail.com"],
    ["gmaill.com", "gmail.com"],
    ["gnail.com", "gmail.com"],
    ["gmail.con", "gmail.com"],
    ["gmail.cmo", "gmail.com"],
    ["gmail.co", "gmail.com"],
    ["gmail.om", "gmail.com"],
    ["gmail.cm", "gmail.com"],
    ["gmail.comm", "gmail.com"],
    ["gmailcom.com", undefined],
    ["hotmial.com", "hotmail.com"],
    ["hotnail.com", "hotmail.com"],
    ["hotmal.com", "hotmail.com"],
    ["hotmai.co.uk", "hotmail.co.uk"],
    ["homtail.con", "hotmail.com"],
    ["yaho.com", "yahoo.com"],
    ["yahho.com", "yahoo.com"],
    ["yhaoo.com", "yahoo.com"],
    ["yaho.ca", "yahoo.ca"],
    ["outlok.com", "outlook.com"],
    ["outlool.com", "outlook.com"],
    ["oultook.com", "outlook.com"],
    ["iclould.com", "icloud.com"],
    ["iclod.com", "icloud.com"],
    ["icloud.con", "icloud.com"],
    ["protonmial.com", "protonmail.com"],
    ["sympatcio.ca", "sympatico.ca"],
    ["comcst.net", "comcast.net"],
    ["comcast.ner", "comcast.net"],
    ["laughing-stock.con", "laughing-stock.com"],
    ["charity.ogr", "charity.org"],
  ])("%s may mean %s", (typed, meant) => {
    expect(suggestEmail(`sam@${typed}`)).toBe(meant && `sam@${meant}`)
  })

  it("keeps what stands before the @ as it was typed", () => {
    expect(suggestEmail(" Sam.Okafor+1@GMIAL.com ")).toBe("Sam.Okafor+1@gmail.com")
  })
})

describe("a real domain", () => {
  it.each([
    "gmail.com",
    "GMAIL.com",
    "googlemail.com",
    "ymail.com",
    "mail.com",
    "email.com",
    "gmx.com",
    "gmx.de",
    "hotmail.ca",
    "hotmail.co.uk",
    "yahoo.co.jp",
    "live.ca",
    "me.com",
    "mac.com",
    "msn.com",
    "aol.com",
    "hey.com",
    "pm.me",
    "proton.me",
    "sky.com",
    "shaw.ca",
    "free.fr",
    "docomo.ne.jp",
  ])("%s is left alone", (domain) => {
    expect(suggestEmail(`sam@${domain}`)).toBeUndefined()
  })

  it.each([
    "laughing-stock.com",
    "example.org",
    "he.com",
    "sol.com",
    "max.com",
    "startup.co",
    "shop.cm",
    "telecom.om",
    "utoronto.ca",
    "gov.uk",
    "company.io",
  ])("%s is nobody's slip", (domain) => {
    expect(suggestEmail(`sam@${domain}`)).toBeUndefined()
  })
})

it.each(["", "sam", "sam@gmial", "sam@@gmial.com", "sam gmial.com"])(
  "there is nothing to suggest for %j, which is no address",
  (email) => {
    expect(suggestEmail(email)).toBeUndefined()
  },
)

it("is content with its own suggestions", () => {
  const domain = fc.constantFrom("gmail.com", "hotmail.com", "yahoo.ca", "icloud.com", "outlook.fr")
  const slip = fc
    .tuple(domain, fc.nat(20), fc.constantFrom("a", "n", ""))
    .map(([from, at, letter]) => from.slice(0, at) + letter + from.slice(at + 1))
  fc.assert(
    fc.property(slip, (typed) => {
      const meant = suggestEmail(`sam@${typed}`)
      if (meant !== undefined) expect(suggestEmail(meant)).toBeUndefined()
    }),
  )
})
