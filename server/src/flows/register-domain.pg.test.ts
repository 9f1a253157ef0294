import { afterAll, beforeAll, beforeEach, expect, it } from "vitest"
import { allowOrigin } from "#flows/allow-origin.ts"
import { registerDomain } from "#flows/register-domain.ts"
import { aStorefront, insertStorefront } from "#testing/fixtures.ts"
import { catalogueText } from "#testing/catalogue-file.ts"
import { loadCatalogue } from "#testing/load-catalogue.ts"
import { openPurchaseBench, planFault, type PurchaseBench } from "#testing/purchase.ts"

let bench: PurchaseBench
beforeAll(async () => {
  bench = await openPurchaseBench()
})
beforeEach(async () => void (await bench.bench.admin("DELETE", "/sandbox/faults")))
afterAll(() => bench[Symbol.asyncDispose]())

async function rows<T>(sql: string, values: unknown[]): Promise<T[]> {
  return (await bench.database.owner.query(sql, values)).rows as T[]
}

const jobsFor = (domain: string) =>
  rows("select data from pgboss.job where name = 'register-domain' and data->>'domain' = $1", [
    domain,
  ])

const statusOf = async (domain: string) => {
  const [row] = await rows<{ status: string; error: string | null }>(
    "select status, error from pay.wallet_domain where domain = $1",
    [domain],
  )
  return row
}

const atProvider = async (domain: string) => {
  const { body } = await bench.bench.admin("GET", "/sandbox/objects?kind=payment_method_domain")
  return (body.data ?? []).filter((each) => each["domain_name"] === domain)
}

async function allow(origin: string): Promise<void> {
  const shop = await insertStorefront(bench.database.owner, aStorefront())
  await allowOrigin(bench.deps, shop.account.id, origin)
}

it("is asked for once, however many accounts allow the site", async () => {
  await allow("https://one.example")
  await allow("https://one.example")
  expect(await jobsFor("one.example")).toEqual([{ data: { domain: "one.example" } }])
})

it("is asked for by an import, for the sites that are new in it", async () => {
  const origins = (...allowed: string[]) =>
    loadCatalogue(
      bench.database.pool,
      catalogueText((file) => (file.account.allowedOrigins = allowed)),
    )
  await origins("https://four.example")
  await origins("https://four.example", "https://five.example")
  expect(await jobsFor("four.example")).toHaveLength(1)
  expect(await jobsFor("five.example")).toHaveLength(1)
})

it("is not asked for where no wallet can appear", async () => {
  await allow("http://127.0.0.1:4001")
  expect(await jobsFor("127.0.0.1")).toEqual([])
})

it("registers the domain once, however often the job runs", async () => {
  await allow("https://two.example")
  await registerDomain(bench.deps, { domain: "two.example" })
  await registerDomain(bench.deps, { domain: "two.example" })
  expect(await statusOf("two.example")).toEqual({ status: "enabled", error: null })
  expect(await atProvider("two.example")).toHaveLength(1)
})

it("comes back when the answer was lost, and finds what it made", async () => {
  await allow("https://three.example")
  const fault = { action: "drop-response", times: 2 }
  await planFault(bench, { method: "POST", path: "/v1/payment_method_domains", ...fault })
  const register = () => registerDomain(bench.deps, { domain: "three.example" })
  await expect(register()).rejects.toThrow("not registered yet")
  expect(await statusOf("three.example")).toMatchObject({ status: "pending" })
  await register()
  expect(await statusOf("three.example")).toMatchObject({ status: "enabled" })
  expect(await atProvider("three.example")).toHaveLength(1)
})
