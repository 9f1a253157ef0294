// npm run schema:snapshot: after a new migration, writes what the schema has become beside it, for the reviewer to read.
import { writeFile } from "node:fs/promises"
import { testDatabase } from "#testing/database.ts"
import { snapshotFile } from "#testing/schema-snapshot.ts"
import { describeSchema } from "#testing/schema-text.ts"
import { startTestServer } from "#testing/test-server.ts"

await using _server = await startTestServer()
await using database = await testDatabase()
await writeFile(snapshotFile, await describeSchema(database.owner))
console.log("server/migrations/schema.txt is written")
