import { IncomingMessage } from "node:http"
import { Socket } from "node:net"
import { describe, expect, it } from "vitest"
import { clientAddress, networkOf } from "#web/client-address.ts"

function from(peer: string | undefined, forwarded?: string): IncomingMessage {
  const request = new IncomingMessage(new Socket())
  Object.defineProperty(request.socket, "remoteAddress", { value: peer })
  if (forwarded !== undefined) request.headers["x-forwarded-for"] = forwarded
  return request
}

describe("the client's address", () => {
  it("is the peer's when no proxy is trusted, whatever it claims", () => {
    expect(clientAddress([])(from("192.0.2.1", "203.0.113.9"))).toBe("192.0.2.1")
  })

  it("is the rightmost hop that no trusted proxy is", () => {
    const address = clientAddress(["10.0.0.0/8"])
    expect(address(from("10.0.0.1", "1.1.1.1, 203.0.113.9, 10.2.2.2"))).toBe("203.0.113.9")
    expect(address(from("192.0.2.1", "203.0.113.9"))).toBe("192.0.2.1")
  })

  it("is written in one way", () => {
    expect(clientAddress([])(from("::ffff:192.0.2.1"))).toBe("192.0.2.1")
    expect(clientAddress([])(from("2001:db8::1"))).toBe("2001:db8::1")
  })

  it("is something, even of a connection that is already gone", () => {
    expect(clientAddress([])(from(undefined))).toBe("undefined")
  })
})

describe("the network of an address", () => {
  it.for([
    ["203.0.113.9", "203.0.113.9"],
    ["2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"],
    ["2001:db8:1:2::6", "2001:db8:1:2::/64"],
    ["2001:0DB8:0001:0002::", "2001:db8:1:2::/64"],
    ["2001:db8::1", "2001:db8:0:0::/64"],
    ["::1", "0:0:0:0::/64"],
    ["fe80::1%eth0", "fe80:0:0:0::/64"],
    ["undefined", "undefined"],
  ])("of %s is %s", ([address = "", network]) => {
    expect(networkOf(address)).toBe(network)
  })
})
