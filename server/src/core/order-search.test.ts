import { describe, expect, it } from "vitest"
import { daysBetween, firstIdAt, readSearchText, startOfDay } from "#core/order-search.ts"

describe("readSearchText", () => {
  it("knows a number as people type it", () => {
    expect(readSearchText(" ls-7kq2mx ").number).toBe("LS-7KQ2MX")
    expect(readSearchText("LS-7KO2MI").number).toBe("LS-7K02M1")
    expect(readSearchText("#LS-7KQ2MX").number).toBe("LS-7KQ2MX")
    expect(readSearchText("Mary-Lou Smith").number).toBeUndefined()
  })

  it("knows a ticket's code, however it is spelled", () => {
    expect(readSearchText("7kq2m xtdf4").ticketCode).toBe("7KQ2MXTDF4")
    expect(readSearchText("7KO2M-XTDFI").ticketCode).toBe("7K02MXTDF1")
    expect(readSearchText("7KQ2M").ticketCode).toBeUndefined()
  })

  it("takes everything else as words, not without end", () => {
    expect(readSearchText("  Ana  RIBEIRO ").words).toEqual(["ana", "ribeiro"])
    expect(readSearchText("a ".repeat(90)).words).toHaveLength(6)
    expect(readSearchText("x".repeat(5000)).words[0]).toHaveLength(60)
    expect(readSearchText("   ").words).toEqual([])
  })
})

describe("days", () => {
  it("begin and end with the account's clock, whatever daylight saving does", () => {
    expect(
      daysBetween({ fromDay: "2026-11-01", untilDay: "2026-11-01" }, "America/New_York"),
    ).toEqual({
      from: "2026-11-01T04:00:00.000Z",
      until: "2026-11-02T05:00:00.000Z",
    })
    expect(daysBetween({ fromDay: "soon", untilDay: "2026-02-30" }, "Europe/Paris")).toEqual({})
  })

  it("begin an hour late where midnight is skipped", () => {
    expect(startOfDay("2018-11-04", "America/Sao_Paulo")).toBe("2018-11-04T03:00:00.000Z")
  })

  it("are ranges of ids", () => {
    const [before, at, after] = [-1, 0, 1].map((ms) =>
      firstIdAt(new Date(Date.UTC(2026, 10, 20) + ms).toISOString()),
    )
    expect(before! < at! && at! < after!).toBe(true)
    expect(at).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7000-8000-0{12}$/)
  })
})
