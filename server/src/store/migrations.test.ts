import { mkdtemp, rm, writeFile } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { pathToFileURL } from "node:url"
import { expect, it } from "vitest"
import { readMigrations } from "#store/migrations.ts"

async function readFolderOf(names: readonly string[]) {
  const folder = await mkdtemp(join(tmpdir(), "foyer-migrations-"))
  try {
    await Promise.all(names.map((name) => writeFile(join(folder, name), "select 1;")))
    return await readMigrations(pathToFileURL(`${folder}/`))
  } finally {
    await rm(folder, { recursive: true })
  }
}

it("reads them in order, each with the hash of its text", async () => {
  const migrations = await readFolderOf(["0002_b.sql", "0001_a.sql", "schema.txt"])
  expect(migrations.map(({ name }) => name)).toEqual(["0001_a.sql", "0002_b.sql"])
  expect(new Set(migrations.map(({ hash }) => hash)).size).toBe(1)
})

it("refuses a gap and a name that says nothing", async () => {
  await expect(readFolderOf(["0001_a.sql", "0003_c.sql"])).rejects.toThrow("should be number 2")
  await expect(readFolderOf(["1_a.sql"])).rejects.toThrow("not named like")
})
