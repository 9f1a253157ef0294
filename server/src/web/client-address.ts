import type { IncomingMessage } from "node:http"
import proxyaddr from "proxy-addr"

/** Tells who sent a request: the rightmost hop that no trusted proxy added. The same for HTTP and the socket's handshake. */
export type ClientAddress = (request: IncomingMessage) => string

/** `trusted`: CIDR blocks of the proxies in front; none means that the peer itself is the client. */
export function clientAddress(trusted: readonly string[]): ClientAddress {
  const trust = proxyaddr.compile([...trusted])
  // Of a connection that is already gone nobody knows the peer.
  return (request) => String(proxyaddr(request, trust)).replace(/^::ffff:/i, "")
}
