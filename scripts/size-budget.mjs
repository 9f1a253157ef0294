// What a shopper's browser loads before payment is near, compressed as a server would: a budget, not a wish.
import { execFileSync } from "node:child_process"
import { readFileSync } from "node:fs"
import { join } from "node:path"
import { brotliCompressSync, gzipSync } from "node:zlib"
import { projectNode, root } from "./house.mjs"

const kB = 1000
const dist = join(root, "widget", "dist")

const manifest = JSON.parse(readFileSync(join(dist, "manifest.json"), "utf8"))

const sized = (files) => files.map((file) => ({ file, text: readFileSync(join(dist, file)) }))
const loader = sized([manifest.loader])
const early = sized([manifest.loader, ...manifest.chunks])

/** A widget's own script with a programme of twelve events: loader, look and first frame in one. */
function firstScript() {
  const program = join(root, "server", "src", "testing", "write-first-view.ts")
  const first = execFileSync(projectNode, [program], { cwd: join(root, "server") })
  const template = readFileSync(join(dist, manifest.template), "utf8")
  const [before, after] = template.split("__FOYER_FIRST_VIEW__")
  return [{ file: "a widget's own script", text: Buffer.from(`${before}${String(first)}${after}`) }]
}

const first = firstScript()
/** With the widget's own script instead of the loader and the look. */
const withFirst = [...first, ...sized([manifest.module])]

const gzip = (files) =>
  files.reduce((sum, { text }) => sum + gzipSync(text, { level: 9 }).length, 0)
const brotli = (files) => files.reduce((sum, { text }) => sum + brotliCompressSync(text).length, 0)

const budgets = [
  ["the loader", loader, gzip(loader), 3 * kB, "gzip"],
  ["loader, look and first frame of 12 events", first, brotli(first), 10 * kB, "brotli"],
  ["all scripts before payment", early, gzip(early), 27 * kB, "gzip"],
  ["all scripts before payment", early, brotli(early), 23 * kB, "brotli"],
  ["all before payment with the first frame", withFirst, brotli(withFirst), 26 * kB, "brotli"],
]

for (const [what, files, bytes, limit, how] of budgets) {
  const isFine = files.length > 0 && bytes <= limit
  const names = files.map(({ file }) => file).join(", ") || "no file"
  console.log(
    `${isFine ? "fits" : "TOO LARGE OR MISSING"}: ${what}, ${how}: ${bytes} of ${limit} bytes (${names})`,
  )
  if (!isFine) process.exitCode = 1
}
