import { mkdtemp, rm, writeFile } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { describe, expect, it } from "vitest"
import { openGeography } from "#gateways/geography.ts"
import { writeGeoDatabase } from "#testing/geo-database.ts"

const visitor = { address: "192.0.2.1", headers: {} }

describe("without anything but the browser", () => {
  it("takes the country of the time zone", async () => {
    const geography = await openGeography({})
    expect(geography.countryOf({ ...visitor, timeZone: "America/Toronto" })).toBe("CA")
    expect(geography.countryOf({ ...visitor, timeZone: "Europe/Paris" })).toBe("FR")
    expect(geography.countryOf({ ...visitor, timeZone: "Asia/Tokyo" })).toBe("JP")
  })

  it.each(["UTC", "Mars/Olympus", "", "__proto__"])("knows nothing of %j", async (timeZone) => {
    const geography = await openGeography({})
    expect(geography.countryOf({ ...visitor, timeZone })).toBeUndefined()
  })

  it("does not believe a header that the operator did not name", async () => {
    const geography = await openGeography({})
    const headers = { "cf-ipcountry": "FR" }
    expect(geography.countryOf({ ...visitor, headers })).toBeUndefined()
  })
})

describe("with an edge that knows", () => {
  it("believes its header first", async () => {
    const geography = await openGeography({ edgeHeader: "CF-IPCountry" })
    const headers = { "cf-ipcountry": "FR" }
    expect(geography.countryOf({ ...visitor, headers, timeZone: "America/Toronto" })).toBe("FR")
  })

  it.each(["XX", "T1", "fr", "France", ["FR", "CA"]])(
    "takes the time zone when it says %j",
    async (value) => {
      const geography = await openGeography({ edgeHeader: "cf-ipcountry" })
      const headers = { "cf-ipcountry": value }
      expect(geography.countryOf({ ...visitor, headers, timeZone: "America/Toronto" })).toBe("CA")
    },
  )
})

it("asks the country database of an address before the time zone", async () => {
  const folder = await mkdtemp(join(tmpdir(), "foyer-geography-"))
  const file = join(folder, "country.mmdb")
  try {
    await writeGeoDatabase(file, [203, 0, 113], "DE")
    const geography = await openGeography({ file })
    const from = (address: string) =>
      geography.countryOf({ address, headers: {}, timeZone: "America/Toronto" })
    expect(from("203.0.113.7")).toBe("DE")
    expect(from("203.0.114.7")).toBe("CA")
    expect(from("not an address")).toBe("CA")
  } finally {
    await rm(folder, { recursive: true })
  }
})

it("says so when the country database is none", async () => {
  const folder = await mkdtemp(join(tmpdir(), "foyer-geography-"))
  const file = join(folder, "country.mmdb")
  try {
    await writeFile(file, "no database")
    await expect(openGeography({ file })).rejects.toThrow(
      `GEOIP_DB must name a MaxMind database; ${file} is none`,
    )
  } finally {
    await rm(folder, { recursive: true })
  }
})
