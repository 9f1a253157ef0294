import encodeQR from "qr"
import { html, type Html } from "#views/html.ts"

/** The ticket's code as an SVG of one path. The white frame that the sheet puts around it completes the quiet zone of four modules. */
export function qrCode(text: string, label: string): Html {
  const rows = encodeQR(text, "raw", { ecc: "medium", border: 2 })
  const size = rows.length
  return html`<svg
    class="qr"
    viewBox="0 0 ${size} ${size}"
    role="img"
    aria-label="${label}"
    shape-rendering="crispEdges"
  >
    <path d="${rows.map(rowPath).join("")}" />
  </svg>`
}

/** Runs of dark modules, left to right. */
function rowPath(row: readonly boolean[], y: number): string {
  let path = ""
  for (let x = 0; x < row.length; x++) {
    if (!row[x]) continue
    const from = x
    while (row[x + 1]) x++
    const width = x - from + 1
    path += `M${from} ${y}h${width}v1h-${width}z`
  }
  return path
}
