import { relative } from "node:path"
import { fileURLToPath } from "node:url"
import { defineConfig, type Plugin } from "vite"

const here = fileURLToPath(new URL(".", import.meta.url))

/** What a source finds beside itself (migrations, pictures, a process to fork) it finds there from the one file as well. */
const placesOfSources: Plugin = {
  name: "places-of-sources",
  enforce: "pre",
  transform(code, id) {
    if (!id.startsWith(`${here}src/`) || !code.includes("import.meta.url")) return undefined
    const source = JSON.stringify(`../${relative(here, id)}`)
    return code.replaceAll("import.meta.url", `new URL(${source}, import.meta.url).href`)
  },
}

/**
 * What is started: it has V8 keep what it compiled beside the server, and so the next start need not compile it again. `scripts/build-parts.mjs` fills
 * that folder; where it cannot be written nothing is lost but the time.
 */
const start: Plugin = {
  name: "start",
  generateBundle() {
    const source = [
      `import { enableCompileCache } from "node:module"`,
      `enableCompileCache(import.meta.dirname + "/.compiled")`,
      `await import("./server.js")`,
    ]
    this.emitFile({ type: "asset", fileName: "main.js", source: source.join("\n") })
  },
}

/**
 * The server as one file, and a few that are read when they are first needed (the console, sign-in, the mail client): a start reads and compiles
 * what is used, once, instead of some thousand modules.
 */
export default defineConfig({
  plugins: [placesOfSources, start],
  // What reads pictures is a program for this machine, not a script.
  ssr: { noExternal: true, external: ["sharp"], target: "node" },
  build: {
    ssr: "src/main.ts",
    target: "node24",
    minify: false,
    rolldownOptions: { output: { entryFileNames: "server.js", chunkFileNames: "[name].js" } },
  },
})
