// What a shopper's browser loads before payment is near, compressed as a server would: a budget, not a wish.
import { readdirSync, readFileSync } from "node:fs"
import { join } from "node:path"
import { brotliCompressSync, gzipSync } from "node:zlib"
import { root } from "./house.mjs"

const kB = 1000
const dist = join(root, "widget", "dist")

/** Chunks that are loaded only when payment is near. */
const isForPayment = (name) => /^payment\b/.test(name)
const isLoader = (name) => /^loader\b/.test(name)

const scripts = readdirSync(dist, { recursive: true, encoding: "utf8" })
  .filter((file) => file.endsWith(".js"))
  .map((file) => ({ file, name: file.split("/").at(-1), text: readFileSync(join(dist, file)) }))
const early = scripts.filter(({ name }) => !isForPayment(name))
const loader = early.filter(({ name }) => isLoader(name))

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
