import { type ChildProcess, spawn } from "node:child_process"
import { once } from "node:events"
import { createInterface } from "node:readline"
import { freePorts } from "#support/free-ports.ts"

/** A screen that nobody sees. */
export type Screen = AsyncDisposable & { readonly display: string }

/** A browser under WebDriver's commands, whose storage begins empty and ends with it. */
export type Session = AsyncDisposable & {
  /** Does one thing after the other: which tab and which frame commands go to is the session's, not the command's. */
  turn<Value>(task: () => Promise<Value>): Promise<Value>
  /** Sends one command; throws what the driver refuses. */
  ask<Value = unknown>(method: "GET" | "POST", path: string, body?: object): Promise<Value>
}

export async function openScreen(): Promise<Screen> {
  await using stack = new AsyncDisposableStack()
  const server = start("Xvfb", ["-displayfd", "1", "-screen", "0", "1400x1800x24"], {}, stack)
  if (!server.stdout) throw new Error("the screen is not heard")
  const [number] = (await once(createInterface({ input: server.stdout }), "line")) as [string]
  const whole = stack.move()
  return { display: `:${number}`, [Symbol.asyncDispose]: () => whole.disposeAsync() }
}

/** `browser` is the path of WebKitGTK's MiniBrowser, which knows how to be driven. */
export async function openSession(browser: string, { display }: Screen): Promise<Session> {
  await using stack = new AsyncDisposableStack()
  const [port] = await freePorts(1)
  // One for each session: a driver that has ended one may never begin the next.
  const driver = start("WebKitWebDriver", ["-p", `${port}`], { DISPLAY: display, ...place }, stack)
  const url = `http://127.0.0.1:${port}/session`
  const options = { binary: browser, args: ["--automation"] }
  const capabilities = { alwaysMatch: { "webkitgtk:browserOptions": options } }
  await untilReady(`http://127.0.0.1:${port}/status`, driver)
  const { sessionId } = await ask<{ sessionId: string }>(url, "POST", { capabilities })
  const home = `${url}/${sessionId}`
  stack.defer(() => ask(home, "DELETE"))
  await ask(`${home}/window/rect`, "POST", { x: 0, y: 0, width: 1280, height: 1650 })
  let last: Promise<unknown> = Promise.resolve()
  const whole = stack.move()
  return {
    turn(task) {
      const own = last.then(task)
      last = own.catch(() => {})
      return own
    },
    ask: (method, path, body) => ask(home + path, method, body),
    [Symbol.asyncDispose]: () => whole.disposeAsync(),
  }
}

/** The shopper's language and time zone, as in the other engines' stories. */
const place = { LANGUAGE: "en_CA", LC_ALL: "en_CA.UTF-8", TZ: "America/Toronto" }

function start(
  program: string,
  args: readonly string[],
  env: NodeJS.ProcessEnv,
  stack: AsyncDisposableStack,
): ChildProcess {
  const child = spawn(program, args, {
    env: { ...process.env, ...env },
    stdio: ["ignore", "pipe", "ignore"],
  })
  const gone = once(child, "exit")
  stack.defer(async () => {
    child.kill()
    await gone
  })
  return child
}

async function untilReady(url: string, driver: ChildProcess): Promise<void> {
  const isUp = () =>
    fetch(url).then(
      ({ ok }) => ok,
      () => false,
    )
  while (!(await isUp())) {
    if (driver.exitCode !== null) throw new Error(`WebKitWebDriver ended with ${driver.exitCode}`)
    await new Promise((wake) => setTimeout(wake, 50))
  }
}

async function ask<Value>(url: string, method: string, body?: object): Promise<Value> {
  const response = await fetch(url, { method, ...(body && { body: JSON.stringify(body) }) })
  const { value } = (await response.json()) as { value: unknown }
  if (response.ok) return value as Value
  const { error, message } = value as { error: string; message: string }
  throw new Error(`${error}: ${message}`)
}
