import { consoleSheet } from "#views/console/kit/sheet.ts"

/** A new look has a new address, so a browser may keep the old one for ever. */
export const consoleSheetPath = `/console/assets/${fingerprint(consoleSheet)}.css`

/** Loaded after the page and asked for anew each time, so it has one address. */
export const consoleScriptPath = "/console/assets/console.js"

/** FNV-1a over UTF-16 units, twice with different seeds: 64 bits are plenty to tell our own sheets apart. */
function fingerprint(text: string): string {
  return [0x811c9dc5, 0x01000193].map((seed) => hash32(text, seed)).join("")
}

function hash32(text: string, seed: number): string {
  let hash = seed
  for (let at = 0; at < text.length; at += 1)
    hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193) >>> 0
  return hash.toString(16).padStart(8, "0")
}
