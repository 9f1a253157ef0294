// Proves that the lint configuration refuses what it must: writes each fixture into a tree of the same shape and lints it.
import { spawnSync } from "node:child_process"
import {
  copyFileSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs"
import { tmpdir } from "node:os"
import { dirname, extname, join } from "node:path"
import { fileURLToPath } from "node:url"
import { fixtures } from "./fixtures.js"

const root = fileURLToPath(new URL("..", import.meta.url))
const tree = mkdtempSync(join(tmpdir(), "foyer-rooms-"))
try {
  const wanted = plant()
  const complaints = lint()
  const faults = [...wanted].filter(([file, { rule }]) => {
    const rules = complaints.get(file) ?? []
    return rule === null ? rules.length > 0 : !rules.includes(rule)
  })
  for (const [file, { rule, source }] of faults) {
    console.error(
      `${file}: ${rule ?? "nothing"} should refuse it, but ${complaints.get(file) ?? "nothing"} did`,
    )
    console.error(source.replace(/^/gm, "    "))
  }
  console.log(
    `${wanted.size - faults.length} of ${wanted.size} fixtures are judged as they should be`,
  )
  process.exitCode = faults.length > 0 ? 1 : 0
} finally {
  rmSync(tree, { recursive: true, force: true })
}

/** A fixture that names only a folder gets a file of its own there. */
function plant() {
  copyConfig()
  const planted = fixtures.map(([place, source, rule], index) => {
    const file = extname(place) ? place : `${place}/planted-${index}.ts`
    mkdirSync(dirname(join(tree, file)), { recursive: true })
    writeFileSync(join(tree, file), source)
    return [file, { rule, source }]
  })
  return new Map(planted)
}

/** Without the rules that need types: nothing here can be resolved. */
function copyConfig() {
  const config = JSON.parse(readFileSync(join(root, ".oxlintrc.json"), "utf8"))
  delete config.options
  writeFileSync(join(tree, ".oxlintrc.json"), JSON.stringify(config))
  cpSync(join(root, "lint"), join(tree, "lint"), { recursive: true })
  mkdirSync(join(tree, "server"))
  copyFileSync(join(root, "server", "package.json"), join(tree, "server", "package.json"))
}

/** File to the names of the rules that complained. */
function lint() {
  const { stdout, stderr } = spawnSync("oxlint", ["--format", "json"], {
    cwd: tree,
    encoding: "utf8",
    maxBuffer: 64 * 1024 * 1024,
  })
  if (!stdout.startsWith("{")) throw new Error(`oxlint did not answer: ${stdout}${stderr}`)
  const complaints = new Map()
  for (const { filename, code, severity } of JSON.parse(stdout).diagnostics) {
    if (severity !== "error") continue
    const rule = /\((?:.*\/)?(.*)\)/.exec(code)?.[1] ?? code
    complaints.set(filename, [...(complaints.get(filename) ?? []), rule])
  }
  return complaints
}
