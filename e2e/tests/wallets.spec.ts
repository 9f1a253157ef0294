import { startApp } from "@foyer/server/app.ts"
import { readConfig } from "@foyer/server/config.ts"
import { testDatabase } from "@foyer/server/testing/database.ts"
import { loadCatalogue } from "@foyer/server/testing/load-catalogue.ts"
import { expect, test } from "@playwright/test"
import { aClub } from "#support/club.ts"

test("each site that may embed, and the server's own, has its domain registered for wallets", async () => {
  await using database = await testDatabase()
  const read = readConfig({ PORT: "0", LOG_LEVEL: "warn" })
  if (!read.ok) throw new Error(read.faults.join("\n"))
  const publicUrl = "https://tickets.example.com"
  await using app = await startApp({ ...read.config, demo: false, publicUrl }, database.url)
  const origins = ["https://club.example.com", "http://127.0.0.1:4001"]
  await loadCatalogue(database.pool, aClub({ origins }).text)
  const registered = async () => {
    const { rows } = await database.owner.query(
      "select domain, status from pay.wallet_domain order by domain",
    )
    return rows
  }
  await expect.poll(registered, { timeout: 15_000 }).toEqual([
    { domain: "club.example.com", status: "enabled" },
    { domain: "tickets.example.com", status: "enabled" },
  ])
  const answer = await fetch(`${app.sandboxUrl}/sandbox/objects?kind=payment_method_domain`)
  const { data } = (await answer.json()) as { data: { domain_name: string }[] }
  expect(data.map((each) => each.domain_name).toSorted()).toEqual([
    "club.example.com",
    "tickets.example.com",
  ])
})
