import { parse } from "parse5"
import { describe, expect, it } from "vitest"
import { recoveryMail } from "#views/mail/recovery.ts"
import { club } from "#testing/screens.ts"

const { account, brand } = club()
const link = `https://tickets.example.com/v1/w/laughing-stock/main#recover=${"a".repeat(43)}`
const mailOf = (parts: Partial<Parameters<typeof recoveryMail>[0]> = {}) =>
  recoveryMail({
    account,
    brand,
    locale: "en",
    lines: [{ quantity: 2, title: "General admission", detail: "Student", eventTitle: "The Gala" }],
    link,
    ...parts,
  })

describe("the mail about a cart left behind", () => {
  it("says in text and in HTML what was in it, the one way back, and that it stays the only one", () => {
    const { subject, html, text } = mailOf()
    expect(subject).toBe("You left tickets behind at Laughing Stock")
    for (const part of ["The Gala", "2 × General admission, Student", link, "this one mail"]) {
      expect(text).toContain(part)
      expect(html).toContain(part)
    }
  })

  it("promises no price and no place, which may have changed", () => {
    expect(mailOf().text).not.toMatch(/\$|€/)
    expect(mailOf().text).toContain("free for others")
  })

  it("speaks the cart's language", () => {
    expect(mailOf({ locale: "fr-CA" }).subject).toContain("laissé des billets")
  })

  it("takes hostile names for what they are: text, in one line of the header", () => {
    const name = `"><script>x()</script>\r\nBcc: all@example.com`
    const { subject, html } = mailOf({
      account: { ...account, name },
      lines: [{ quantity: 1, title: "<img src=x onerror=y()>", detail: "", eventTitle: name }],
    })
    expect(subject).not.toMatch(/[\r\n]/)
    expect(html).not.toMatch(/<script|<img/)
    expect(() => parse(html)).not.toThrow()
  })
})
