/**
 * Whether an IP address, as text, is one of the public internet's. Anything else (this machine, private and shared networks, link-local and the
 * metadata services there, documentation, multicast, tunnels that carry another address) is no place to send a request that somebody else asked
 * for. By IANA's registries of special-purpose addresses: https://www.iana.org/assignments/iana-ipv4-special-registry and `iana-ipv6-special-registry`.
 */
export function isPublicAddress(address: string): boolean {
  const bits = bitsOf(address)
  if (bits === undefined) return false
  const four = mappedFour(bits)
  if (four !== undefined) return !closedFour.some((block) => isWithin(four, block, 32))
  return isWithin(bits, "2000::/3", 128) && !closedSix.some((block) => isWithin(bits, block, 128))
}

const closedFour = [
  "0.0.0.0/8",
  "10.0.0.0/8",
  "100.64.0.0/10",
  "127.0.0.0/8",
  "169.254.0.0/16",
  "172.16.0.0/12",
  "192.0.0.0/24",
  "192.0.2.0/24",
  "192.31.196.0/24",
  "192.52.193.0/24",
  "192.88.99.0/24",
  "192.168.0.0/16",
  "192.175.48.0/24",
  "198.18.0.0/15",
  "198.51.100.0/24",
  "203.0.113.0/24",
  "224.0.0.0/3",
]

/** Within 2000::/3, the only block that is given out: protocol assignments and tunnels, documentation. */
const closedSix = ["2001::/23", "2001:db8::/32", "2002::/16", "2620:4f:8000::/48", "3fff::/20"]

/** `::ffff:0:0/96` holds the whole of IPv4; an address of four numbers is written there, too. */
const mapped = 0xffffn << 32n

function mappedFour(bits: bigint): bigint | undefined {
  return bits >> 32n === mapped >> 32n ? bits & 0xffff_ffffn : undefined
}

function isWithin(bits: bigint, block: string, length: number): boolean {
  const [first = "", prefix] = block.split("/")
  const shift = BigInt(length - Number(prefix))
  const start = bitsOf(first) ?? 0n
  return bits >> shift === (length === 32 ? start & 0xffff_ffffn : start) >> shift
}

/** An address as 128 bits, IPv4 mapped; undefined when it is none. Names of network interfaces (`%eth0`) are none. */
function bitsOf(address: string): bigint | undefined {
  const four = fourOf(address)
  if (four !== undefined) return mapped | four
  const [, head, tail] = /^(.*:)(\d+\.\d+\.\d+\.\d+)$/.exec(address) ?? []
  if (head === undefined || tail === undefined) return sixOf(address)
  const last = fourOf(tail)
  return last === undefined
    ? undefined
    : sixOf(`${head}${(last >> 16n).toString(16)}:${(last & 0xffffn).toString(16)}`)
}

function fourOf(address: string): bigint | undefined {
  if (!/^\d{1,3}(\.\d{1,3}){3}$/.test(address)) return undefined
  const parts = address.split(".").map(Number)
  return parts.every((part) => part <= 255)
    ? parts.reduce((bits, part) => (bits << 8n) | BigInt(part), 0n)
    : undefined
}

function sixOf(address: string): bigint | undefined {
  const halves = address.split("::")
  const [before = [], after = []] = halves.map((half) => (half === "" ? [] : half.split(":")))
  const missing = 8 - before.length - after.length
  const isWhole = halves.length === 1 ? missing === 0 : halves.length === 2 && missing > 0
  const groups = [...before, ...Array.from({ length: Math.max(missing, 0) }, () => "0"), ...after]
  if (!isWhole || !groups.every((group) => /^[0-9a-f]{1,4}$/i.test(group))) return undefined
  return groups.reduce((bits, group) => (bits << 16n) | BigInt(`0x${group}`), 0n)
}
