import { existsSync } from "node:fs"
import { isIP } from "node:net"

/** What the process was told, checked. Secrets stand apart, so that the rest may be logged. */
export type Config = {
  /** Where the server listens; 0 lets the system choose (then the two below are 0 too, unless they are set). */
  readonly port: number
  /** Where the demo host pages listen: another origin than the server's, as every real host page is. */
  readonly demoPort: number
  /** Where the payment sandbox listens. */
  readonly sandboxPort: number
  /** The interface to listen on: loopback only, or absent (every interface) when the public address is elsewhere. */
  readonly listenHost?: string
  /** The origin that shoppers and host pages use, without a trailing slash; empty until a chosen port is known. */
  readonly publicUrl: string
  readonly database: "embedded" | "external"
  readonly payments: "sandbox" | "stripe"
  readonly mail: "outbox" | "smtp"
  /** Whether `/demo`, its host pages and its record page exist. */
  readonly demo: boolean
  /** CIDR blocks of proxies whose forwarded client address is believed; none by default. */
  readonly trustProxy: readonly string[]
  /** A MaxMind country database to find a shopper's first region with. */
  readonly geoipFile?: string
  readonly logLevel: LogLevel
  readonly secrets: Secrets
}

export type Secrets = {
  /** The owner's connection string, unless the database is embedded. */
  readonly databaseUrl?: string
  readonly redisUrl?: string
  readonly smtpUrl?: string
  readonly stripe?: StripeKeys
}

export type StripeKeys = {
  readonly secretKey: string
  readonly publishableKey: string
  readonly webhookSecret: string
}

export type LogLevel = (typeof logLevels)[number]
export type Environment = Readonly<Record<string, string | undefined>>
type Read = { readonly ok: true; readonly config: Config } | Faulty
type Faulty = { readonly ok: false; readonly faults: readonly string[] }
type Report = (fault: string) => void

const logLevels = ["fatal", "error", "warn", "info", "debug", "trace", "silent"] as const

/** Reads and checks every variable of the public contract; all faults at once, each a line that names its variable. */
export function readConfig(given: Environment = process.env): Read {
  const faults: string[] = []
  const report: Report = (fault) => void faults.push(fault)
  const env = withoutBlanks(given)
  const ports = readPorts(env, report)
  const place = readPlace(env, ports.port, report)
  const secrets = readSecrets(env, report)
  if (!place.sandboxAllowed) refuseSandbox(secrets, report)
  if (!place.loopback && place.sandboxAllowed && !secrets.stripe && ports.sandboxPort === 0)
    report(
      "SANDBOX_PORT must not be 0 when PUBLIC_URL is not loopback: browsers must find it there",
    )
  if (!place.loopback && place.sandboxAllowed && secrets.stripe && !secrets.smtpUrl)
    report(
      "SMTP_URL must be set beside Stripe keys when PUBLIC_URL is not loopback: nobody may read the dev outbox there",
    )
  const geoipFile = readGeoipFile(env, report)
  const config: Config = {
    ...ports,
    ...(place.loopback && { listenHost: "127.0.0.1" }),
    publicUrl: place.publicUrl,
    database: secrets.databaseUrl ? "external" : "embedded",
    payments: secrets.stripe ? "stripe" : "sandbox",
    mail: secrets.smtpUrl ? "smtp" : "outbox",
    // Its record page shows any order to whoever asks: never those of real money on a public address.
    demo: place.sandboxAllowed && (place.loopback || !secrets.stripe),
    trustProxy: readTrustProxy(env, report),
    ...(geoipFile && { geoipFile }),
    logLevel: readLogLevel(env, report),
    secrets,
  }
  return faults.length > 0 ? { ok: false, faults } : { ok: true, config }
}

/**
 * Where the payment sandbox listens, and under which origin browsers reach it. On a public address it is the server's own host and protocol,
 * on the sandbox's port.
 */
export function sandboxPlace(config: Pick<Config, "listenHost" | "publicUrl" | "sandboxPort">) {
  const { listenHost, publicUrl, sandboxPort: port } = config
  if (listenHost !== undefined) return { port, host: listenHost }
  const origin = new URL(publicUrl)
  origin.port = String(port)
  return { port, host: "0.0.0.0", allowsPublic: true, publicOrigin: origin.origin }
}

/** `PORT=` in a shell or a compose file means "not set". */
function withoutBlanks(given: Environment): Environment {
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value?.trim()))
}

function readPorts(env: Environment, report: Report) {
  const port = readPort(env, "PORT", 4000, report)
  const after = (distance: number) => (port === 0 ? 0 : port + distance)
  const demoPort = readPort(env, "DEMO_PORT", after(1), report)
  const sandboxPort = readPort(env, "SANDBOX_PORT", after(2), report)
  const fixed = [port, demoPort, sandboxPort].filter((each) => each > 0)
  if (new Set(fixed).size < fixed.length)
    report(`PORT, DEMO_PORT and SANDBOX_PORT must differ (they are ${fixed.join(", ")})`)
  return { port, demoPort, sandboxPort }
}

function readPort(env: Environment, name: string, otherwise: number, report: Report): number {
  const value = env[name]
  const port = value === undefined ? otherwise : Number(value)
  if (Number.isInteger(port) && port >= 0 && port <= 65_535 && !/[^\d]/.test(value ?? ""))
    return port
  report(`${name} must be a port number from 0 to 65535, not ${quote(value ?? String(port))}`)
  return otherwise
}

/** Loopback is a workshop; anywhere else a sandbox must be asked for, or a forgotten key would give tickets away. */
function readPlace(env: Environment, port: number, report: Report) {
  const value = env["PUBLIC_URL"]
  const wanted = readFlag(env, "FOYER_SANDBOX", report)
  if (value === undefined)
    return {
      loopback: true,
      sandboxAllowed: true,
      publicUrl: port === 0 ? "" : `http://localhost:${port}`,
    }
  const url = URL.canParse(value) ? new URL(value) : undefined
  if (!url || !/^https?:$/.test(url.protocol) || `${url.origin}/` !== url.href) {
    report(`PUBLIC_URL must be an origin like https://tickets.example.com, not ${quote(value)}`)
    return { loopback: true, sandboxAllowed: true, publicUrl: "" }
  }
  const loopback = isLoopback(url.hostname)
  if (!loopback && !wanted && url.protocol !== "https:")
    report(
      `PUBLIC_URL must begin with https:// (plain http only on loopback or with FOYER_SANDBOX=1)`,
    )
  return { loopback, sandboxAllowed: loopback || wanted, publicUrl: url.origin }
}

function isLoopback(host: string): boolean {
  return /^(localhost|.+\.localhost|127(\.\d+){3}|\[::1\])$/.test(host)
}

function readFlag(env: Environment, name: string, report: Report): boolean {
  const value = env[name] ?? "0"
  if (value !== "0" && value !== "1") report(`${name} must be 1 or 0, not ${quote(value)}`)
  return value === "1"
}

function refuseSandbox(secrets: Secrets, report: Report): void {
  const where = "because PUBLIC_URL is not loopback (FOYER_SANDBOX=1 allows the sandbox there)"
  if (!secrets.stripe)
    report(
      `STRIPE_SECRET_KEY, STRIPE_PUBLISHABLE_KEY and STRIPE_WEBHOOK_SECRET must be set ${where}`,
    )
  if (!secrets.smtpUrl) report(`SMTP_URL must be set ${where}`)
}

function readSecrets(env: Environment, report: Report): Secrets {
  const databaseUrl = readUrl(env, "DATABASE_URL", ["postgres:", "postgresql:"], report)
  const redisUrl = readUrl(env, "REDIS_URL", ["redis:", "rediss:"], report)
  const smtpUrl = readUrl(env, "SMTP_URL", ["smtp:", "smtps:"], report)
  const stripe = readStripe(env, report)
  return {
    ...(databaseUrl && { databaseUrl }),
    ...(redisUrl && { redisUrl }),
    ...(smtpUrl && { smtpUrl }),
    ...(stripe && { stripe }),
  }
}

/** Never repeats the value: it may hold a password. */
function readUrl(
  env: Environment,
  name: string,
  protocols: readonly string[],
  report: Report,
): string | undefined {
  const value = env[name]
  if (value === undefined) return undefined
  const fine = URL.canParse(value) && protocols.includes(new URL(value).protocol)
  if (!fine) report(`${name} must be a URL that begins with ${protocols[0]}//`)
  return value
}

function readStripe(env: Environment, report: Report): StripeKeys | undefined {
  const secretKey = env["STRIPE_SECRET_KEY"]
  const publishableKey = env["STRIPE_PUBLISHABLE_KEY"]
  const webhookSecret = env["STRIPE_WEBHOOK_SECRET"]
  if (!secretKey && !publishableKey && !webhookSecret) return undefined
  if (!secretKey || !publishableKey || !webhookSecret) {
    report(
      "STRIPE_SECRET_KEY, STRIPE_PUBLISHABLE_KEY and STRIPE_WEBHOOK_SECRET belong together: set all three or none",
    )
    return undefined
  }
  checkPrefix("STRIPE_SECRET_KEY", secretKey, /^(sk|rk)_(test|live)_\w+$/, "sk_ or rk_", report)
  checkPrefix("STRIPE_PUBLISHABLE_KEY", publishableKey, /^pk_(test|live)_\w+$/, "pk_", report)
  checkPrefix("STRIPE_WEBHOOK_SECRET", webhookSecret, /^whsec_\S+$/, "whsec_", report)
  if (modeOf(secretKey) !== modeOf(publishableKey))
    report("STRIPE_SECRET_KEY and STRIPE_PUBLISHABLE_KEY must both be test keys or both live keys")
  return { secretKey, publishableKey, webhookSecret }
}

function checkPrefix(name: string, value: string, shape: RegExp, prefix: string, report: Report) {
  if (!shape.test(value)) report(`${name} must begin with ${prefix}`)
}

function modeOf(key: string): string | undefined {
  return key.split("_")[1]
}

function readTrustProxy(env: Environment, report: Report): readonly string[] {
  const blocks = (env["TRUST_PROXY"] ?? "")
    .split(",")
    .map((block) => block.trim())
    .filter(Boolean)
  for (const block of blocks)
    if (!isCidr(block))
      report(`TRUST_PROXY must be addresses or CIDR blocks like 10.0.0.0/8, not ${quote(block)}`)
  return blocks
}

function isCidr(block: string): boolean {
  const [address = "", bits, ...more] = block.split("/")
  const family = isIP(address)
  const limit = family === 4 ? 32 : 128
  const fits = bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= limit)
  return family > 0 && fits && more.length === 0
}

function readGeoipFile(env: Environment, report: Report): string | undefined {
  const file = env["GEOIP_DB"]
  if (file !== undefined && !existsSync(file))
    report(`GEOIP_DB must name a MaxMind file; ${quote(file)} does not exist`)
  return file
}

function readLogLevel(env: Environment, report: Report): LogLevel {
  const value = env["LOG_LEVEL"] ?? "info"
  const level = logLevels.find((each) => each === value)
  if (!level) report(`LOG_LEVEL must be one of ${logLevels.join(", ")}, not ${quote(value)}`)
  return level ?? "info"
}

function quote(value: string): string {
  return JSON.stringify(value)
}
