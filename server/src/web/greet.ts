import type { IncomingMessage } from "node:http"
import { type FaultCode, parseHandshake, protocolVersion } from "@foyer/shared/protocol"
import type { ClientAddress } from "#web/client-address.ts"
import type { WebDeps } from "#web/deps.ts"
import { openSession, type Session } from "#web/session.ts"

export type GreetDeps = Pick<WebDeps, "geography"> & { readonly clientAddress: ClientAddress }

export type Greeted =
  | { readonly ok: true; readonly session: Session }
  | { readonly ok: false; readonly code: FaultCode; readonly message: string }

/**
 * Reads what a page says of itself, over whatever transport. Refuses `bad-request`, and `please-reload` for a page whose widget is newer than
 * this server or older than the version before.
 */
export function greet(
  deps: GreetDeps,
  request: IncomingMessage,
  id: string,
  said: unknown,
): Greeted {
  if (isOtherVersion(said))
    return {
      ok: false,
      code: "please-reload",
      message: "This page has another version of the widget: reload it.",
    }
  const parsed = parseHandshake(said)
  if (!parsed.ok) {
    const message = `The handshake${parsed.path} ${parsed.message}.`
    return { ok: false, code: "bad-request", message }
  }
  const handshake = parsed.value
  const address = deps.clientAddress(request)
  const { headers } = request
  const { timeZone } = handshake
  const country = deps.geography.countryOf({ address, headers, ...(timeZone && { timeZone }) })
  const origin = headers.origin ?? ""
  const session = openSession({ id, handshake, address, origin, ...(country && { country }) })
  return { ok: true, session }
}

/** The one before this server's is served too; there never was a version 0. */
const oldestVersion = Math.max(1, protocolVersion - 1)

/** Judged before everything else, because another version may say other things. What is no version at all is a bad request. */
function isOtherVersion(said: unknown): boolean {
  const version = (said as { readonly protocol?: unknown } | null | undefined)?.protocol
  return Number.isSafeInteger(version) && !isServed(version as number)
}

function isServed(version: number): boolean {
  return version >= oldestVersion && version <= protocolVersion
}
