import { accessSync, chmodSync, constants, mkdirSync } from "node:fs"
import { homedir } from "node:os"
import { join } from "node:path"
import { projectPath } from "./house.mjs"

/**
 * The environment of every step. Temporary files go to a folder of this run, so that nothing collides with what another user (root,
 * once) left in the shared one; a home that cannot be written (`su` keeps root's) is replaced, because Chromium's crash handler and
 * npm insist on one.
 */
export function testEnvironment(temporary) {
  // The server's own variables must not reach tests that say what they are.
  const inherited = Object.entries(process.env).filter(([name]) => !productVariables.has(name))
  // As root, PostgreSQL runs as another user, who has to walk through here.
  chmodSync(temporary, 0o711)
  return {
    ...Object.fromEntries(inherited),
    ...writableHome(temporary),
    TMPDIR: temporary,
    PATH: projectPath,
    TURBO_TELEMETRY_DISABLED: "1",
    NO_COLOR: "1",
    FORCE_COLOR: undefined,
  }
}

const productVariables = new Set([
  "PORT",
  "DEMO_PORT",
  "SANDBOX_PORT",
  "PUBLIC_URL",
  "DATABASE_URL",
  "REDIS_URL",
  "STRIPE_SECRET_KEY",
  "STRIPE_PUBLISHABLE_KEY",
  "STRIPE_WEBHOOK_SECRET",
  "SMTP_URL",
  "TRUST_PROXY",
  "GEOIP_DB",
  "LOG_LEVEL",
  "FOYER_SANDBOX",
])

function writableHome(temporary) {
  try {
    accessSync(homedir(), constants.W_OK)
    return {}
  } catch {
    const home = join(temporary, "home")
    mkdirSync(home)
    return {
      HOME: home,
      XDG_CONFIG_HOME: join(home, ".config"),
      XDG_CACHE_HOME: join(home, ".cache"),
    }
  }
}
