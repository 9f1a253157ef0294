// npm run catalogue -- import my-club.json | export my-club | schema
import { readFile } from "node:fs/promises"
import { readConfig } from "#config.ts"
import { openDatabase } from "#cli/open-database.ts"
import { catalogueSchemaDocument } from "#core/catalogue-file.ts"
import { exportCatalogue } from "#flows/export-catalogue.ts"
import { importCatalogue, type Imported } from "#flows/import-catalogue.ts"
import { openPool, type Pool } from "#store/db.ts"
import { appRole, migrate, readMigrations } from "#store/migrations.ts"

const usage = `usage: npm run catalogue -- import <file.json>
       npm run catalogue -- export <account-slug>
       npm run catalogue -- schema`

process.exitCode = await main(process.argv.slice(2)).catch((error: unknown) => {
  console.error(`catalogue: ${error instanceof Error ? error.message : String(error)}`)
  return 1
})

async function main([verb, subject]: readonly string[]): Promise<number> {
  if (verb === "schema") {
    console.log(JSON.stringify(catalogueSchemaDocument(), null, 2))
    return 0
  }
  if ((verb !== "import" && verb !== "export") || subject === undefined) {
    console.error(usage)
    return 2
  }
  const read = readConfig()
  if (!read.ok) {
    for (const fault of read.faults) console.error(`catalogue: ${fault}`)
    return 1
  }
  const text = verb === "import" ? await readFile(subject, "utf8") : ""
  await using database = await openDatabase(read.config)
  await migrate(database.url, await readMigrations())
  const report = (error: unknown) => console.error(error)
  const pool = openPool({ url: database.url, role: appRole, max: 2, report })
  try {
    return verb === "import" ? await runImport(pool, subject, text) : await runExport(pool, subject)
  } finally {
    await pool.end()
  }
}

async function runImport(pool: Pool, file: string, text: string): Promise<number> {
  const imported = await importCatalogue({ pool }, text)
  return imported.outcome === "imported" ? sayDone(imported) : sayFaults(imported, file)
}

function sayDone({ account, summary }: Extract<Imported, { outcome: "imported" }>): number {
  const { created, changed, archived, unchanged } = summary
  console.log(
    `${account}: ${created} created, ${changed} changed, ${archived} archived, ${unchanged} unchanged`,
  )
  return 0
}

function sayFaults({ faults }: Extract<Imported, { outcome: "refused" }>, file: string): number {
  console.error(`${file} was not imported; ${faults.length} to mend:`)
  for (const { path, message } of faults) console.error(`  ${path || "the file"}: ${message}`)
  return 1
}

async function runExport(pool: Pool, account: string): Promise<number> {
  const file = await exportCatalogue({ pool }, account)
  if (file === undefined) {
    console.error(`catalogue: there is no account ${account}`)
    return 1
  }
  console.log(file)
  return 0
}
