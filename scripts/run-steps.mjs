import { spawn } from "node:child_process"
import { join } from "node:path"
import { root } from "./house.mjs"
import { nothing } from "./results.mjs"

// A step that hangs is a failure, not a wait.
const limitMs = 20 * 60 * 1000

/** Runs the steps one after the other and adds up what they came to. */
export async function runSteps(steps, env, temporary) {
  let total = nothing()
  for (const step of steps) {
    const startedAt = performance.now()
    const report = join(temporary, `${step.name}.json`)
    const { code, output } = await runStep(step, { ...env, ...step.env?.(report) }, report)
    const result = step.judge({ name: step.name, code, output, report })
    announce(step.name, result, performance.now() - startedAt)
    total = add(total, result)
  }
  return total
}

function runStep(step, env, report) {
  const [program, ...args] = step.command(report)
  const child = spawn(program, args, {
    cwd: join(root, step.folder ?? "."),
    env,
    stdio: ["ignore", "pipe", "pipe"],
    // A group of its own, so that a step which hangs ends together with its browsers and databases.
    detached: true,
  })
  const chunks = []
  for (const stream of [child.stdout, child.stderr])
    stream.on("data", (chunk) => chunks.push(chunk))
  const endGroup = (signal) => {
    try {
      process.kill(-(child.pid ?? NaN), signal)
    } catch {
      // It ended by itself in the meantime.
    }
  }
  const stop = () => endGroup("SIGTERM")
  const late = setTimeout(() => endGroup("SIGKILL"), limitMs)
  process.once("SIGINT", stop).once("SIGTERM", stop)
  return new Promise((resolve) => {
    const end = (code, note = "") => {
      clearTimeout(late)
      // What a killed test process has left behind.
      endGroup("SIGKILL")
      process.off("SIGINT", stop).off("SIGTERM", stop)
      resolve({ code, output: Buffer.concat(chunks).toString() + note })
    }
    child.once("error", (error) => end(1, String(error)))
    child.once("close", (code, signal) => end(code ?? 1, signal ? `\nended by ${signal}` : ""))
  })
}

function add(a, b) {
  return {
    passed: a.passed + b.passed,
    failed: a.failed + b.failed,
    failures: [...a.failures, ...b.failures],
  }
}

function announce(name, { passed, failed }, tookMs) {
  const mark = failed === 0 ? "✓" : "✗"
  const seconds = (tookMs / 1000).toFixed(1)
  const counts = failed === 0 ? `${passed}` : `${passed} passed, ${failed} failed`
  console.log(`${mark} ${name.padEnd(10)} ${counts} (${seconds} s)`)
}
