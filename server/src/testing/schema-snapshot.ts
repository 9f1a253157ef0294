import { migrationsFolder } from "#store/migrations.ts"

/** What the schema is after all migrations, as text; committed, so that a change is seen in review. */
export const snapshotFile = new URL("schema.txt", migrationsFolder)
