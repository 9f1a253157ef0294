// What a shopper's browser loads before payment is near, compressed as a server would: a budget, not a wish.
import { readFileSync } from "node:fs"
import { join } from "node:path"
import { brotliCompressSync, gzipSync } from "node:zlib"
import { root } from "./house.mjs"

const kB = 1000
const dist = join(root, "widget", "dist")

const manifest = JSON.parse(readFileSync(join(dist, "manifest.json"), "utf8"))

/** The chunk that is loaded only when payment is near. */
const isForPayment = (file) => /\/payment\b/.test(file)

const sized = (files) => files.map((file) => ({ file, text: readFileSync(join(dist, file)) }))
const loader = sized([manifest.loader])
const early = sized([manifest.loader, ...manifest.chunks.filter((file) => !isForPayment(file))])

const gzip = (files) =>
  files.reduce((sum, { text }) => sum + gzipSync(text, { level: 9 }).length, 0)
const brotli = (files) => files.reduce((sum, { text }) => sum + brotliCompressSync(text).length, 0)

const budgets = [
  ["the loader", loader, gzip(loader), 3 * kB, "gzip"],
  ["all scripts before payment", early, gzip(early), 27 * kB, "gzip"],
  ["all scripts before payment", early, brotli(early), 23 * kB, "brotli"],
]

for (const [what, files, bytes, limit, how] of budgets) {
  const isFine = files.length > 0 && bytes <= limit
  const names = files.map(({ file }) => file).join(", ") || "no file"
  console.log(
    `${isFine ? "fits" : "TOO LARGE OR MISSING"}: ${what}, ${how}: ${bytes} of ${limit} bytes (${names})`,
  )
  if (!isFine) process.exitCode = 1
}
