import { buildWidget } from "./build-widget.mjs"

await buildWidget()
