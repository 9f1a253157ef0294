import { load } from "./load.ts"

load(document.currentScript)
