import type { IncomingMessage } from "node:http"
import { isIPv6 } from "node:net"
import proxyaddr from "proxy-addr"

/** Tells who sent a request: the rightmost hop that no trusted proxy added. The same for HTTP and the socket's handshake. */
export type ClientAddress = (request: IncomingMessage) => string

/** `trusted`: CIDR blocks of the proxies in front; none means that the peer itself is the client. */
export function clientAddress(trusted: readonly string[]): ClientAddress {
  const trust = proxyaddr.compile([...trusted])
  // Of a connection that is already gone nobody knows the peer.
  return (request) => String(proxyaddr(request, trust)).replace(/^::ffff:/i, "")
}

const groups = 8
const groupsOfNetwork = 4

/** Whom guesses of this address are counted to: of IPv6 everybody has a whole /64, whose addresses are one guesser's. */
export function networkOf(address: string): string {
  if (!isIPv6(address)) return address
  const [head = "", tail = ""] = address.split("::")
  const [left, right] = [groupsIn(head), groupsIn(tail)]
  const zeros = Array.from({ length: Math.max(0, groups - left.length - right.length) }, () => "0")
  const whole = [...left, ...zeros, ...right].slice(0, groupsOfNetwork)
  return `${whole.map((group) => Number.parseInt(group, 16).toString(16)).join(":")}::/64`
}

function groupsIn(part: string): string[] {
  return part === "" ? [] : part.split(":")
}
