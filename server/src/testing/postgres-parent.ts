// A process that has an embedded PostgreSQL and can be killed; it ends by itself when the server is lost.
import { startPostgres } from "#sandbox/postgres.ts"

const server = await startPostgres({ home: process.argv[2] ?? "", durable: true })
process.send?.(server.url)
await server.lost
process.exit(0)
