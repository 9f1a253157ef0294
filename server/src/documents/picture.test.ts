import { crc32, deflateSync } from "node:zlib"
import sharp from "sharp"
import { describe, expect, it } from "vitest"
import { mostPictureBytes, readPicture } from "./picture.ts"

/** Left half red, right half blue, with what a camera adds. */
async function photo(width: number, height: number) {
  const half = { width: Math.floor(width / 2), height, channels: 3 as const }
  const red = await sharp({ create: { ...half, background: "#ff0000" } })
    .png()
    .toBuffer()
  return sharp({ create: { width, height, channels: 3, background: "#0000ff" } })
    .composite([{ input: red, left: 0, top: 0 }])
    .withExif({
      IFD0: { Make: "SECRET-CAMERA", Artist: "A. Private" },
      IFD3: { GPSLatitude: "43/1 39/1 0/1" },
    })
}

async function read(upload: Uint8Array) {
  const answer = await readPicture(upload)
  if (!answer.ok) throw new Error(answer.reason)
  return answer.picture
}

it.each(["jpeg", "png", "webp", "gif", "avif"] as const)(
  "shows a %s in a few widths",
  async (format) => {
    const upload = await (await photo(1200, 600)).toFormat(format).toBuffer()
    const { hash, renditions } = await read(upload)
    expect(hash).toMatch(/^[0-9a-f]{40}$/)
    expect(renditions.map(({ width, height }) => [width, height])).toEqual([
      [480, 240],
      [960, 480],
      [1200, 600],
    ])
    for (const { bytes, width } of renditions)
      expect(await sharp(bytes).metadata()).toMatchObject({ format: "webp", width })
    expect((await read(upload)).hash).toBe(hash)
  },
)

it("makes large ones smaller and leaves small ones as they are", async () => {
  const large = await read(await (await photo(4000, 1000)).jpeg().toBuffer())
  expect(large.renditions.map(({ width }) => width)).toEqual([480, 960, 1600])
  const small = await read(await (await photo(300, 200)).jpeg().toBuffer())
  expect(small.renditions.map(({ width }) => width)).toEqual([300])
  const tall = await read(await (await photo(220, 9000)).jpeg().toBuffer())
  expect(tall.renditions.every(({ height }) => height <= 3200)).toBe(true)
})

it("keeps nothing that a camera wrote", async () => {
  const upload = await (await photo(600, 300)).jpeg().toBuffer()
  expect(Buffer.from(upload).includes("SECRET-CAMERA")).toBe(true)
  for (const { bytes } of (await read(upload)).renditions) {
    expect(Buffer.from(bytes).includes("SECRET-CAMERA")).toBe(false)
    expect(Buffer.from(bytes).includes("A. Private")).toBe(false)
    expect((await sharp(bytes).metadata()).exif).toBeUndefined()
  }
})

it("turns a picture the way its camera was held", async () => {
  const upload = await (await photo(600, 300)).withMetadata({ orientation: 6 }).jpeg().toBuffer()
  const [only] = (await read(upload)).renditions
  expect([only?.width, only?.height]).toEqual([300, 600])
  const { data } = await sharp(only?.bytes).raw().toBuffer({ resolveWithObject: true })
  // Turned clockwise, what was on the left is now at the top.
  expect([...data.subarray(0, 3)].map((value) => value > 128)).toEqual([true, false, false])
})

describe("refuses", () => {
  const jpeg = async () => (await photo(600, 300)).jpeg().toBuffer()
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="600" height="300"><script>alert(1)</script>
    <image href="file:///etc/passwd"/></svg>`

  it.each<[string, () => Promise<Uint8Array> | Uint8Array, string]>([
    ["an SVG", () => Buffer.from(svg), "not-a-picture"],
    [
      "an SVG behind an XML head",
      () => Buffer.from(`<?xml version="1.0"?>${svg}`),
      "not-a-picture",
    ],
    ["a page that calls itself one", () => Buffer.from("<!doctype html><h1>hi"), "not-a-picture"],
    ["a PDF", () => Buffer.from("%PDF-1.7\n1 0 obj"), "not-a-picture"],
    ["nothing", () => Buffer.alloc(0), "not-a-picture"],
    [
      "a head without a body",
      () => Buffer.from("\xff\xd8\xff\xe0 nothing else", "latin1"),
      "damaged",
    ],
    ["one that breaks off", async () => (await jpeg()).subarray(0, 1500), "damaged"],
    [
      "one too small to be seen well",
      async () => (await photo(60, 60)).png().toBuffer(),
      "too-small",
    ],
    ["a bomb: few bytes, many pixels", () => bomb(50_000, 50_000), "too-many-pixels"],
    ["a bomb in one dimension", () => bomb(2_000_000, 100), "too-many-pixels"],
    ["a large file", () => Buffer.alloc(mostPictureBytes + 1, 0xff), "too-large"],
  ])("%s", async (_, upload, reason) => {
    expect(await readPicture(await upload())).toEqual({ ok: false, reason })
  })

  it("a script hidden in a real picture, by leaving it out", async () => {
    const upload = Buffer.concat([await jpeg(), Buffer.from("<script>alert(1)</script>")])
    const answer = await readPicture(upload)
    if (!answer.ok) return expect(answer.reason).toBe("damaged")
    for (const { bytes } of answer.picture.renditions)
      expect(Buffer.from(bytes).includes("<script>")).toBe(false)
  })
})

/** A well-formed PNG of that size, all of one grey, whose bytes stay few. */
function bomb(width: number, height: number): Buffer {
  const head = Buffer.alloc(13)
  head.writeUInt32BE(width, 0)
  head.writeUInt32BE(height, 4)
  head.set([8, 0, 0, 0, 0], 8)
  const rows = deflateSync(Buffer.alloc(1_000_000))
  return Buffer.concat([
    Buffer.from("\x89PNG\r\n\x1a\n", "latin1"),
    chunk("IHDR", head),
    chunk("IDAT", rows),
    chunk("IEND", Buffer.alloc(0)),
  ])
}

function chunk(name: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(name, "latin1"), data])
  const frame = Buffer.alloc(8)
  frame.writeUInt32BE(data.length, 0)
  frame.writeUInt32BE(crc32(body), 4)
  return Buffer.concat([frame.subarray(0, 4), body, frame.subarray(4)])
}
