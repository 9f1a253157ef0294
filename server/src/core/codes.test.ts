import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { codeBytes, orderNumber, ticketCode } from "#core/codes.ts"

const bytes = (count: number) => fc.uint8Array({ minLength: count, maxLength: count })

describe("ticket codes", () => {
  it("are ten characters that nobody takes for another", () => {
    fc.assert(
      fc.property(bytes(codeBytes.ticketCode), (random) => {
        expect(ticketCode(random)).toMatch(/^[0-9A-HJKMNP-TV-Z]{10}$/)
      }),
    )
  })

  it("use every character for the same number of byte values", () => {
    const counts = new Map<string, number>()
    for (let byte = 0; byte < 256; byte++) {
      const first = ticketCode(new Uint8Array(10).fill(byte))[0]!
      counts.set(first, (counts.get(first) ?? 0) + 1)
    }
    expect(counts.size).toBe(32)
    expect(new Set(counts.values())).toEqual(new Set([8]))
  })

  it("differ where the bytes differ in their low five bits", () => {
    const code = (last: number) => ticketCode(new Uint8Array([1, 2, 3, 4, 5, 6, 7, 8, 9, last]))
    expect(code(10)).toBe("123456789A")
    expect(code(11)).not.toBe(code(10))
  })

  it("refuse to be made of too little", () => {
    expect(() => ticketCode(new Uint8Array(9))).toThrow(RangeError)
  })
})

describe("order numbers", () => {
  it("carry the account's prefix", () => {
    expect(orderNumber("LS", new Uint8Array([0, 31, 10, 17, 18, 200]))).toBe("LS-0ZAHJ8")
    expect(() => orderNumber("LS", new Uint8Array(5))).toThrow(RangeError)
  })

  it("take no more than they need", () => {
    fc.assert(
      fc.property(bytes(codeBytes.orderNumber), bytes(4), (random, more) => {
        expect(orderNumber("A", new Uint8Array([...random, ...more]))).toBe(
          orderNumber("A", random),
        )
      }),
    )
  })
})
