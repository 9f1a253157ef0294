import { fork } from "node:child_process"
import { once } from "node:events"
import pg from "pg"
import { expect, it } from "vitest"
import { serverVariable } from "#testing/test-server.ts"
import { openBench, sdk } from "./sandbox-harness.ts"
import { startPaymentSandbox } from "./start.ts"

const databaseUrl = () => process.env[serverVariable] ?? ""

it("refuses an address that others can reach", async () => {
  const start = {
    port: 0,
    databaseUrl: databaseUrl(),
    webhookUrl: "http://127.0.0.1:9/",
    host: "0.0.0.0",
  }
  await expect(startPaymentSandbox(start)).rejects.toThrow("does not listen on 0.0.0.0")
})

it("is found again on its port, and is not ended by the one who found it", async () => {
  await using bench = await openBench(databaseUrl())
  const { port } = bench.sandbox
  const publicOrigin = new URL(bench.sandbox.scriptUrl).origin
  const intent = await bench.stripe.paymentIntents.create({ amount: 500, currency: "usd" })
  {
    await using again = await startPaymentSandbox({ ...bench.options, port, publicOrigin })
    expect(again).toMatchObject({
      isReused: true,
      port,
      secretKey: bench.sandbox.secretKey,
      webhookSecret: bench.sandbox.webhookSecret,
    })
    expect(await sdk(port, again.secretKey).paymentIntents.retrieve(intent.id)).toMatchObject({
      id: intent.id,
    })
  }
  expect(await bench.stripe.paymentIntents.retrieve(intent.id)).toMatchObject({ id: intent.id })
})

it("goes on after the database has thrown it out", async () => {
  await using bench = await openBench(databaseUrl())
  const client = new pg.Client({ connectionString: databaseUrl() })
  await client.connect()
  await client.query("select pg_terminate_backend(pid) from pg_stat_activity where datname = $1", [
    bench.options.databaseName,
  ])
  await client.end()
  const paid = bench.stripe.paymentIntents.create(
    { amount: 500, currency: "usd" },
    { maxNetworkRetries: 5 },
  )
  expect(await paid).toMatchObject({ amount: 500 })
  await bench.webhooks.until((all) =>
    all.some(({ event }) => event.type === "payment_intent.created"),
  )
})

it("refuses a port where another sandbox listens", async () => {
  await using bench = await openBench(databaseUrl())
  const other = {
    ...bench.options,
    port: bench.sandbox.port,
    webhookUrl: "http://127.0.0.1:9/other",
  }
  await expect(startPaymentSandbox(other)).rejects.toThrow(
    "is taken by something that is not this payment sandbox",
  )
})

it("outlives the process that started it, keeps its books, and ends with the one that takes it over", async () => {
  await using bench = await openBench(databaseUrl())
  const port = await freedPort()
  const options = {
    ...bench.options,
    port,
    endsWithParent: false,
    databaseName: `${bench.options.databaseName}_b`,
  }
  const parent = fork(new URL("./crashing-parent.ts", import.meta.url), [JSON.stringify(options)], {
    execArgv: [],
  })
  const [keys] = (await once(parent, "message")) as [{ secretKey: string }]
  const intent = await sdk(port, keys.secretKey).paymentIntents.create({
    amount: 500,
    currency: "usd",
  })
  parent.kill("SIGKILL")
  await once(parent, "exit")
  {
    await using adopted = await startPaymentSandbox(options)
    expect(adopted).toMatchObject({ isReused: true, secretKey: keys.secretKey })
    {
      await using second = await startPaymentSandbox(options)
      expect(second.isReused).toBe(true)
    }
    expect(await sdk(port, keys.secretKey).paymentIntents.retrieve(intent.id)).toMatchObject({
      id: intent.id,
    })
  }
  {
    await using fresh = await startPaymentSandbox(options)
    expect(fresh.isReused).toBe(false)
    expect(await sdk(port, keys.secretKey).paymentIntents.retrieve(intent.id)).toMatchObject({
      id: intent.id,
    })
  }
})

async function freedPort(): Promise<number> {
  await using bench = await openBench(databaseUrl())
  return bench.sandbox.port
}
