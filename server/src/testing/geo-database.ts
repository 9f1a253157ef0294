import { writeFile } from "node:fs/promises"

/**
 * Writes a MaxMind database (format 2.0) that knows one IPv4 network of 24 bits: a search tree of 24 nodes, what it leads to, and the
 * metadata. https://maxmind.github.io/MaxMind-DB/
 */
export async function writeGeoDatabase(
  file: string,
  network: readonly [number, number, number],
  country: string,
): Promise<void> {
  const bits = network.flatMap((byte) => Array.from({ length: 8 }, (_, i) => (byte >> (7 - i)) & 1))
  const nowhere = bits.length
  // The data section begins 16 bytes after the tree; a record counts from the tree's end.
  const found = nowhere + 16
  const tree = bits.flatMap((bit, depth) => {
    const next = depth + 1 < bits.length ? depth + 1 : found
    return bit === 0 ? [uint24(next), uint24(nowhere)] : [uint24(nowhere), uint24(next)]
  })
  const data = map({ country: map({ iso_code: text(country) }) })
  const metadata = map({
    binary_format_major_version: unsigned(5, 2),
    binary_format_minor_version: unsigned(5, 0),
    build_epoch: unsigned(6, 1),
    database_type: text("Test-Country"),
    description: map({}),
    ip_version: unsigned(5, 4),
    languages: Buffer.from([0, 4]),
    node_count: unsigned(6, bits.length),
    record_size: unsigned(5, 24),
  })
  const marker = Buffer.from("\xab\xcd\xefMaxMind.com", "latin1")
  await writeFile(file, Buffer.concat([...tree, Buffer.alloc(16), data, marker, metadata]))
}

function uint24(value: number): Buffer {
  return Buffer.from([value >> 16, value >> 8, value])
}

function text(value: string): Buffer {
  return Buffer.concat([Buffer.from([(2 << 5) | value.length]), Buffer.from(value)])
}

/** Type 5 is 16 bits wide, type 6 is 32. */
function unsigned(type: 5 | 6, value: number): Buffer {
  return Buffer.from([(type << 5) | 1, value])
}

function map(entries: Readonly<Record<string, Buffer>>): Buffer {
  const pairs = Object.entries(entries)
  const parts = pairs.flatMap(([key, value]) => [text(key), value])
  return Buffer.concat([Buffer.from([(7 << 5) | pairs.length]), ...parts])
}
