import type { Consent } from "@foyer/shared/protocol"

/** What a host page may say: `foyer.push(["consent", "granted"])`, or `foyer.consent("granted")` once the script has run. */
type Say = { readonly consent: (consent: Consent) => void }
type Queue = unknown[] & { consent?: (consent: Consent) => void }

declare global {
  interface Window {
    foyer?: Queue
  }
}

export const isConsent = (value: unknown): value is Consent =>
  value === "granted" || value === "denied" || value === "unknown"

/** Runs what was queued in `window.foyer` before the widget was there, and everything said later at once. */
export function obeyHost(host: Window, say: Say): void {
  const queue: Queue = Array.isArray(host.foyer) ? host.foyer : []
  const run = (command: unknown) => {
    const [name, value] = Array.isArray(command) ? command : []
    if (name === "consent" && isConsent(value)) say.consent(value)
    else console.warn("foyer: unknown command", command)
  }
  const queued = queue.splice(0)
  queue.push = (...commands: unknown[]) => {
    commands.forEach(run)
    return 0
  }
  queue.consent = (value) => run(["consent", value])
  host.foyer = queue
  queued.forEach(run)
}
