import { expect, it } from "vitest"
import { plainNumber, promotionTyped } from "#core/promotion-form.ts"

const everything = [
  ["code", " late10 "],
  ["percentOff", "10 %"],
  ["amountOff.usd", "$5"],
  ["amountOff.cad", "5,50"],
  ["per", "ticket"],
  ["bogo.buy", "2"],
  ["bogo.percentOff", "50%"],
  ["minimum.usd", "20"],
  ["audience.who", "listed"],
  ["audience.emails", "Sam@Example.com; @Club.example"],
] as const

it.each([
  ["percent", ["code", "percentOff", "minimum.usd", "audience.who", "audience.emails", "$kind"]],
  [
    "amount",
    [
      "code",
      "amountOff.usd",
      "amountOff.cad",
      "per",
      "minimum.usd",
      "audience.who",
      "audience.emails",
      "$kind",
    ],
  ],
  [
    "bogo",
    [
      "code",
      "bogo.buy",
      "bogo.percentOff",
      "minimum.usd",
      "audience.who",
      "audience.emails",
      "$kind",
    ],
  ],
])("keeps what belongs to a code of kind %s", (kind, names) => {
  const typed = promotionTyped([...everything, ["$kind", kind]])
  expect(typed.map(([name]) => name)).toEqual(names)
})

it("writes it as the file does", () => {
  const typed = new Map(promotionTyped([...everything, ["$kind", "percent"]]))
  expect(typed.get("code")).toBe("LATE10")
  expect(typed.get("percentOff")).toBe("10")
  expect(typed.get("audience.emails")).toBe("sam@example.com, @club.example")
})

it("forgets a list that the code is not for", () => {
  const typed = promotionTyped([
    ["audience.who", "returning"],
    ["audience.emails", "sam@example.com"],
  ])
  expect(typed.map(([name]) => name)).toEqual(["audience.who"])
})

it.each([
  ["1,234.50", "1,234.50"],
  ["-5", "-5"],
  ["five", "five"],
  ["5,5", "5.5"],
  ["", ""],
])("reads %j as %j", (text, number) => {
  expect(plainNumber(text)).toBe(number)
})
