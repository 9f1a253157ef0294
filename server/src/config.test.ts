import { describe, expect, it } from "vitest"
import { type Config, type Environment, readConfig, sandboxPlace } from "#config.ts"

const stripe = {
  STRIPE_SECRET_KEY: "sk_test_1",
  STRIPE_PUBLISHABLE_KEY: "pk_test_1",
  STRIPE_WEBHOOK_SECRET: "whsec_1",
}
const outside = { PUBLIC_URL: "https://tickets.example.com" }
const smtp = { SMTP_URL: "smtp://mail.example.com" }

function configOf(env: Environment): Config {
  const read = readConfig(env)
  if (!read.ok) throw new Error(read.faults.join("\n"))
  return read.config
}

function faultsOf(env: Environment): readonly string[] {
  const read = readConfig(env)
  return read.ok ? [] : read.faults
}

describe("without any variable", () => {
  it("is a workshop on loopback: embedded database, sandbox, outbox, demo", () => {
    expect(configOf({})).toEqual({
      port: 4000,
      demoPort: 4001,
      sandboxPort: 4002,
      listenHost: "127.0.0.1",
      publicUrl: "http://localhost:4000",
      database: "embedded",
      payments: "sandbox",
      mail: "outbox",
      demo: true,
      trustProxy: [],
      logLevel: "info",
      secrets: {},
    })
  })

  it("takes an empty variable as one that is not set", () => {
    expect(configOf({ PORT: "", DATABASE_URL: " ", STRIPE_SECRET_KEY: "" })).toEqual(configOf({}))
  })
})

describe("ports", () => {
  it("follow PORT", () => {
    expect(configOf({ PORT: "8080" })).toMatchObject({ demoPort: 8081, sandboxPort: 8082 })
  })

  it("are all chosen by the system when PORT is 0", () => {
    expect(configOf({ PORT: "0" })).toMatchObject({ port: 0, demoPort: 0, publicUrl: "" })
  })

  it.for(["x", "-1", "80.5", "65536", "1e3", "0x50"])("refuse PORT=%s", (PORT) => {
    expect(faultsOf({ PORT })[0]).toContain("PORT must be a port number")
  })

  it.for(["DEMO_PORT", "SANDBOX_PORT"])("refuse a bad %s too", (name) => {
    expect(faultsOf({ [name]: "99999" })).toEqual([
      `${name} must be a port number from 0 to 65535, not "99999"`,
    ])
  })

  it("refuse to be the same", () => {
    expect(faultsOf({ DEMO_PORT: "4000" })[0]).toContain("must differ")
  })

  it("say which default does not fit", () => {
    expect(faultsOf({ PORT: "65535" }).join()).toContain("DEMO_PORT must be a port number")
  })
})

describe("a public address", () => {
  it("listens on every interface and has no demo", () => {
    const config = configOf({ ...outside, ...stripe, ...smtp })
    expect(config).not.toHaveProperty("listenHost")
    expect(config).toMatchObject({
      demo: false,
      payments: "stripe",
      mail: "smtp",
      publicUrl: "https://tickets.example.com",
    })
  })

  it("refuses a forgotten key or mail server, naming both", () => {
    const faults = faultsOf(outside).join("\n")
    expect(faults).toContain("STRIPE_SECRET_KEY")
    expect(faults).toContain("SMTP_URL")
  })

  it("has the sandbox only when asked for it", () => {
    const config = configOf({ ...outside, FOYER_SANDBOX: "1" })
    expect(config).toMatchObject({ payments: "sandbox", mail: "outbox", demo: true })
  })

  it("never starts the sandbox beside real keys, even when asked for it", () => {
    const env = { ...outside, ...stripe, ...smtp, FOYER_SANDBOX: "1" }
    expect(configOf(env).payments).toBe("stripe")
  })

  it("never sells for real money while its mails go where nobody may read them", () => {
    expect(faultsOf({ ...outside, ...stripe, FOYER_SANDBOX: "1" })).toEqual([
      "SMTP_URL must be set beside Stripe keys when PUBLIC_URL is not loopback: nobody may read the dev outbox there",
    ])
    expect(configOf(stripe).mail).toBe("outbox")
  })

  it("never shows records of orders that were really paid, but to who sits beside the server", () => {
    expect(configOf({ ...outside, ...stripe, ...smtp, FOYER_SANDBOX: "1" }).demo).toBe(false)
    expect(configOf(stripe).demo).toBe(true)
  })

  it.for([
    "http://localhost:4000",
    "http://127.0.0.1:9",
    "http://[::1]:4000",
    "http://shop.localhost",
  ])("may be loopback: %s", (PUBLIC_URL) => {
    expect(configOf({ PUBLIC_URL })).toMatchObject({ demo: true, listenHost: "127.0.0.1" })
  })

  it.for([
    "localhost:4000",
    "https://a.example/shop",
    "ftp://a.example",
    "https://u:p@a.example",
    "no",
  ])("refuses PUBLIC_URL=%s", (PUBLIC_URL) => {
    expect(faultsOf({ PUBLIC_URL })[0]).toContain("PUBLIC_URL must be an origin")
  })

  it("refuses plain http", () => {
    expect(faultsOf({ ...stripe, ...smtp, PUBLIC_URL: "http://a.example" })[0]).toContain(
      "https://",
    )
  })
})

describe("the payment sandbox", () => {
  const placeOf = (env: Environment) => sandboxPlace(configOf(env))

  it("listens on loopback only, unless it was asked for on a public address", () => {
    expect(placeOf({})).toEqual({ port: 4002, host: "127.0.0.1" })
    expect(placeOf({ PUBLIC_URL: "http://shop.localhost:4000" })).toEqual({
      port: 4002,
      host: "127.0.0.1",
    })
  })

  it("is reached by browsers under the server's public host, on its own port", () => {
    expect(placeOf({ ...outside, FOYER_SANDBOX: "1" })).toEqual({
      port: 4002,
      host: "0.0.0.0",
      allowsPublic: true,
      publicOrigin: "https://tickets.example.com:4002",
    })
    const http = { PUBLIC_URL: "http://192.0.2.7:4000", SANDBOX_PORT: "5555", FOYER_SANDBOX: "1" }
    expect(placeOf(http)).toMatchObject({ publicOrigin: "http://192.0.2.7:5555" })
  })

  it("needs a port that browsers can know", () => {
    const faults = faultsOf({ ...outside, FOYER_SANDBOX: "1", PORT: "0" })
    expect(faults).toEqual([expect.stringContaining("SANDBOX_PORT must not be 0")])
    expect(faultsOf({ ...outside, ...stripe, ...smtp, PORT: "0" })).toEqual([])
    expect(faultsOf({ PORT: "0" })).toEqual([])
  })
})

describe("secrets", () => {
  it("stand apart from what may be logged", () => {
    const { secrets, ...open } = configOf({ ...stripe, DATABASE_URL: "postgres://a:b@c/d" })
    expect(secrets.stripe?.secretKey).toBe("sk_test_1")
    expect(JSON.stringify(open)).not.toMatch(/sk_test|whsec|a:b/)
  })

  it("need all three Stripe keys or none", () => {
    for (const name of Object.keys(stripe))
      expect(faultsOf({ ...stripe, [name]: undefined })[0]).toContain("belong together")
  })

  it("refuse keys of another kind and of mixed modes, without repeating them", () => {
    const faults = faultsOf({ ...stripe, STRIPE_SECRET_KEY: "pk_live_secret" }).join("\n")
    expect(faults).toContain("STRIPE_SECRET_KEY must begin with sk_")
    expect(faults).toContain("both be test keys or both live keys")
    expect(faults).not.toContain("pk_live_secret")
  })

  it.for(["DATABASE_URL", "REDIS_URL", "SMTP_URL"])(
    "refuse a bad %s without repeating it",
    (name) => {
      const faults = faultsOf({ [name]: "mysql://root:hunter2@db" })
      expect(faults[0]).toContain(`${name} must be a URL`)
      expect(faults[0]).not.toContain("hunter2")
    },
  )
})

describe("the rest", () => {
  it("reads trusted proxies as addresses and blocks", () => {
    const { trustProxy } = configOf({ TRUST_PROXY: "10.0.0.0/8, ::1" })
    expect(trustProxy).toEqual(["10.0.0.0/8", "::1"])
  })

  it.for(["true", "10.0.0.0/33", "::/129", "10.0.0.0/8/8"])("refuses TRUST_PROXY=%s", (block) => {
    expect(faultsOf({ TRUST_PROXY: block })[0]).toContain("TRUST_PROXY")
  })

  it("refuses a geography file that is not there, an unknown log level, a flag that is neither", () => {
    expect(faultsOf({ GEOIP_DB: "/none.mmdb", LOG_LEVEL: "loud", FOYER_SANDBOX: "yes" })).toEqual([
      'FOYER_SANDBOX must be 1 or 0, not "yes"',
      'GEOIP_DB must name a MaxMind file; "/none.mmdb" does not exist',
      'LOG_LEVEL must be one of fatal, error, warn, info, debug, trace, silent, not "loud"',
    ])
  })

  it("tells every fault at once", () => {
    expect(faultsOf({ PORT: "x", LOG_LEVEL: "loud", TRUST_PROXY: "?" })).toHaveLength(3)
  })
})
