// npm run build: the widget's scripts and the server bundled for production, each unless it is there already.
import { buildServer, buildWidget } from "./build-parts.mjs"

await buildWidget()
await buildServer()
