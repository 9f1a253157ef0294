import { createHash } from "node:crypto"
import sharp from "sharp"

/** What becomes of an upload: the same picture in a few widths, upright, as WebP, with nothing but its pixels. */
export type Picture = {
  /** Names the content: the same upload, the same name. */
  readonly hash: string
  /** From the narrowest to the widest. */
  readonly renditions: readonly {
    readonly width: number
    readonly height: number
    readonly bytes: Uint8Array
  }[]
}

export type ReadPicture =
  | { readonly ok: true; readonly picture: Picture }
  | { readonly ok: false; readonly reason: PictureRefusal }

export type PictureRefusal =
  /** Neither JPEG, PNG, WebP, GIF nor AVIF, whatever its name says. SVG is refused: it is a program. */
  | "not-a-picture"
  /** It says it is one, and breaks off or contradicts itself. */
  | "damaged"
  | "too-many-pixels"
  | "too-small"
  | "too-large"

export const mostPictureBytes = 10_000_000
export const mostPixels = 50_000_000
export const leastPictureWidth = 200

const widths = [480, 960, 1600]
/** Taller than any page shows. */
const mostHeight = 3200
const mostSeconds = 20

/** Never reads what `format` does not know, so that no other decoder is reached by an upload. */
const formats: readonly (readonly [name: string, begins: RegExp])[] = [
  ["jpeg", /^\xff\xd8\xff/],
  ["png", /^\x89PNG\r\n/],
  ["webp", /^RIFF[^]{4}WEBP/],
  ["gif", /^GIF8[79]a/],
  ["heif", /^[^]{4}ftypavi[fs]/],
]

/**
 * Makes an upload fit to be shown: turned as its camera meant, in a few widths, without where and when it was taken. Of a moving picture the
 * first frame. Refuses what is no picture, is broken, or would take more memory than it is worth.
 */
export async function readPicture(upload: Uint8Array): Promise<ReadPicture> {
  if (upload.length > mostPictureBytes) return refused("too-large")
  const begins = Buffer.from(upload.subarray(0, 16)).toString("latin1")
  if (!formats.some(([, pattern]) => pattern.test(begins))) return refused("not-a-picture")
  const size = await sizeOf(upload)
  if (size === undefined) return refused("damaged")
  const [width, height] = size
  if (width * height > mostPixels) return refused("too-many-pixels")
  if (width < leastPictureWidth) return refused("too-small")
  const renditions = await rendered(upload, width)
  const widest = renditions?.at(-1)
  if (!renditions || !widest) return refused("damaged")
  const hash = createHash("sha256").update(widest.bytes).digest("hex").slice(0, 40)
  return { ok: true, picture: { hash, renditions } }
}

function refused(reason: PictureRefusal): ReadPicture {
  return { ok: false, reason }
}

/** Width and height as it is to be seen, read from its head alone. */
async function sizeOf(upload: Uint8Array): Promise<readonly [number, number] | undefined> {
  const head = await sharp(upload, { limitInputPixels: false })
    .metadata()
    .catch(() => undefined)
  return head && [head.autoOrient.width, head.autoOrient.height]
}

async function rendered(
  upload: Uint8Array,
  width: number,
): Promise<Picture["renditions"] | undefined> {
  const wanted = [...widths.filter((each) => each < width), Math.min(width, widths.at(-1) ?? width)]
  try {
    // Decoded once: large uploads are slow to read, not to make smaller.
    const upright = await sharp(upload, { limitInputPixels: mostPixels, failOn: "warning" })
      .autoOrient()
      .resize({ width: widths.at(-1), height: mostHeight, fit: "inside", withoutEnlargement: true })
      .timeout({ seconds: mostSeconds })
      .toColourspace("srgb")
      .raw()
      .toBuffer({ resolveWithObject: true })
    const { width: rawWidth, height: rawHeight, channels } = upright.info
    const raw = { width: rawWidth, height: rawHeight, channels }
    return await Promise.all([...new Set(wanted)].map((each) => asWebp(upright.data, raw, each)))
  } catch {
    return undefined
  }
}

async function asWebp(
  data: Buffer,
  raw: { readonly width: number; readonly height: number; readonly channels: 1 | 2 | 3 | 4 },
  width: number,
) {
  const { data: bytes, info } = await sharp(data, { raw })
    .resize({ width, withoutEnlargement: true })
    .webp({ quality: 80, smartSubsample: true })
    .timeout({ seconds: mostSeconds })
    .toBuffer({ resolveWithObject: true })
  return { width: info.width, height: info.height, bytes }
}
