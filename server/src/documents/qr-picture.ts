import encodeQR from "qr"
import sharp from "sharp"

/** Dark on white with the quiet zone of four modules, so that it may be put on any ground. */
const quietModules = 4
const pngPixels = 1024

/** A QR code of a text as a file of its own, for print. */
export function qrSvg(text: string): string {
  const rows = encodeQR(text, "raw", { ecc: "medium", border: quietModules })
  const size = rows.length
  const path = rows
    .flatMap((row, y) => row.flatMap((dark, x) => (dark ? [`M${x} ${y}h1v1h-1z`] : [])))
    .join("")
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${size} ${size}" width="${size * 8}" height="${size * 8}" shape-rendering="crispEdges"><path fill="#fff" d="M0 0h${size}v${size}H0z"/><path d="${path}"/></svg>\n`
}

/** The same as a PNG of 1024 pixels, for a slide or a post. */
export async function qrPng(text: string): Promise<Uint8Array<ArrayBuffer>> {
  const picture = await sharp(Buffer.from(qrSvg(text)))
    .resize(pngPixels, pngPixels, { kernel: "nearest" })
    .png({ palette: true, colours: 2 })
    .toBuffer()
  return new Uint8Array(picture)
}
