#!/usr/bin/env node
// The system's Firefox, for Playwright to launch in its place: between the two it answers what this Firefox does not know yet.
import { spawn } from "node:child_process"
import { createInterface } from "node:readline"
import { WebSocket, WebSocketServer } from "ws"

// Playwright sets it for every context, to what it is anyway.
const notYetKnown = "emulation.setMediaFeaturesOverride"
const listening = /^WebDriver BiDi listening on (ws:\/\/\S+)$/

const program = process.env["FIREFOX"] ?? "firefox-esr"
// As root, Firefox wants a home that is root's own: the profile's folder is, and goes away with it.
const home = process.argv[process.argv.indexOf("--profile") + 1]
const firefox = spawn(program, process.argv.slice(2), {
  env: { ...process.env, HOME: home },
  stdio: ["ignore", "inherit", "pipe"],
})
firefox.once("exit", (code) => process.exit(code ?? 1))
for (const signal of ["SIGINT", "SIGTERM"] as const)
  process.once(signal, () => firefox.kill(signal))

for await (const line of createInterface({ input: firefox.stderr })) {
  const address = listening.exec(line)?.[1]
  if (address) standBetween(address)
  else console.error(line)
}

/** Listens on a port of its own and says so as Firefox would. */
function standBetween(address: string): void {
  const server = new WebSocketServer({ host: "127.0.0.1", port: 0 })
  server.once("listening", () => {
    const own = server.address()
    if (own && typeof own === "object")
      console.error(`WebDriver BiDi listening on ws://127.0.0.1:${own.port}`)
  })
  server.on("connection", (client, { url = "/" }) => join(client, new WebSocket(address + url)))
}

function join(client: WebSocket, browser: WebSocket): void {
  const waiting: string[] = []
  // Text, always: the protocol knows no other messages.
  client.on("message", (message: Buffer) => {
    const text = message.toString()
    const { id, method } = JSON.parse(text) as { id: number; method: string }
    if (method === notYetKnown) client.send(JSON.stringify({ type: "success", id, result: {} }))
    else if (browser.readyState === WebSocket.OPEN) browser.send(text)
    else waiting.push(text)
  })
  browser.once("open", () => {
    for (const text of waiting.splice(0)) browser.send(text)
  })
  browser.on("message", (message: Buffer) => client.send(message.toString()))
  browser.once("close", () => client.close())
  client.once("close", () => browser.close())
}
