import { parse } from "csv-parse/sync"
import { assert, property, array, string } from "fast-check"
import { describe, expect, it } from "vitest"
import { csvLine } from "#core/csv.ts"

const read = (text: string): string[] => {
  const [row] = parse(text, { relaxColumnCount: true, recordDelimiter: "\r\n" })
  return row ?? []
}

describe("csvLine", () => {
  it("joins cells and ends the line", () => {
    expect(csvLine(["F-1", 1250, null, 7n])).toBe("F-1,1250,,7\r\n")
  })

  it("quotes what would break the line", () => {
    expect(csvLine(['Say "hi"', "a,b", "two\nlines", "a;b"])).toBe(
      '"Say ""hi""","a,b","two\nlines","a;b"\r\n',
    )
  })

  it.each([
    "=1+1",
    "+1+cmd|' /C calc'!A0",
    "-2+3",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    "  =1",
    "\u00a0=1",
    "\uff1d1+1",
    "|cmd",
    "%0A",
  ])("makes %j words, not a formula", (text) => {
    expect(read(csvLine([text, "x"]))[0]).toBe(`'${text}`)
  })

  it.each(["-12.50", "0", "12.00"])("leaves the number %s a number", (text) => {
    expect(csvLine([text])).toBe(`${text}\r\n`)
  })

  it("is read back cell for cell, and no cell is a formula", () => {
    assert(
      property(array(string({ unit: "binary" }), { minLength: 2, maxLength: 6 }), (cells) => {
        const back = read(csvLine(cells))
        expect(back.map((cell) => cell.replace(/^'/u, ""))).toEqual(
          cells.map((cell) => cell.replaceAll("\u0000", "").replace(/^'/u, "")),
        )
        for (const cell of back) {
          if (!/^-?\d+(?:\.\d+)?$/u.test(cell)) expect(cell).not.toMatch(/^\s*[=+\-@]/u)
        }
      }),
    )
  })
})
