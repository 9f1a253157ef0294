import { afterEach, beforeEach, expect, it, vi } from "vitest"
import { formatLeft, startCountdown } from "./countdown.ts"

const now = Date.parse("2026-11-20T20:00:00Z")
const box = document.body.appendChild(document.createElement("div"))
const ended = vi.fn()
let countdown: ReturnType<typeof startCountdown>

beforeEach(() => {
  vi.useFakeTimers({ now })
  ended.mockReset()
  box.innerHTML = `<time data-until="2026-11-20T20:00:03Z"></time>`
  countdown = startCountdown(box, Date.now, ended)
})
afterEach(() => {
  countdown.stop()
  vi.useRealTimers()
})

it("shows the time left each second, and asks once when it is over", () => {
  countdown.show(now)
  const seen = [box.textContent]
  for (let second = 0; second < 5; second++) {
    vi.advanceTimersByTime(1000)
    seen.push(box.textContent)
  }
  expect(seen).toEqual(["0:03", "0:02", "0:01", "0:00", "0:00", "0:00"])
  expect(ended).toHaveBeenCalledTimes(1)
})

it("goes by the server's clock, not the visitor's", () => {
  countdown.show(now + 2000)
  expect(box.textContent).toBe("0:01")
  expect(countdown.deadline()).toBe(now + 1000)
})

it("asks again for another deadline, and says nothing of what is no time", () => {
  countdown.show(now + 5000)
  box.innerHTML = `<time data-until="2026-11-20T20:00:04Z"></time><time data-until="soon">soon</time>`
  countdown.show(now + 5000)
  expect(ended).toHaveBeenCalledTimes(2)
  expect(box.textContent).toBe("0:00soon")
})

it.each([
  [0, "0:00"],
  [-5, "0:00"],
  [1, "0:01"],
  [59_001, "1:00"],
  [822_000, "13:42"],
  [3_600_000, "60:00"],
])("writes %s ms as %s", (ms, text) => expect(formatLeft(ms)).toBe(text))
