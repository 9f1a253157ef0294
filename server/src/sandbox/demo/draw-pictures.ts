// Writes the posters to pictures/: node server/src/sandbox/demo/draw-pictures.ts
import { writeFile } from "node:fs/promises"
import { drawings } from "#sandbox/demo/drawings.ts"

for (const [name, svg] of Object.entries(drawings))
  await writeFile(new URL(`./pictures/${name}.svg`, import.meta.url), svg)
