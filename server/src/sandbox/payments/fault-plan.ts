import { type FaultPlan, requestActions, webhookActions } from "./faults.ts"

/** Reads a fault plan as it is posted, or says what is wrong with it. */
export function readFaultPlan(given: Readonly<Record<string, unknown>>): FaultPlan | string {
  const { path, event, action } = given
  const target = typeof event === "string" ? "webhook" : "request"
  const pattern = target === "webhook" ? event : path
  const actions: readonly string[] = target === "webhook" ? webhookActions : requestActions
  if (typeof pattern !== "string")
    return "A fault names a `path` (of a request) or an `event` (of a webhook)."
  if (typeof action !== "string" || !actions.includes(action)) {
    return `The action of a ${target} fault is one of ${actions.join(", ")}.`
  }
  const method = given["method"] ?? null
  if (method !== null && method !== "GET" && method !== "POST") return "The method is GET or POST."
  const nth = countOf(given["nth"], 1)
  const times = countOf(given["times"], 1)
  const delayMs = countOf(given["delayMs"], 0)
  if (nth === undefined || nth < 1) return "nth is a whole number from 1."
  if (times === undefined || times < 1) return "times is a whole number from 1."
  if (delayMs === undefined || delayMs > 600_000) return "delayMs is a whole number up to 600000."
  return { target, method, pattern, action, nth, times, delayMs }
}

function countOf(value: unknown, fallback: number): number | undefined {
  if (value === undefined) return fallback
  return typeof value === "number" && Number.isInteger(value) && value >= 0 ? value : undefined
}
