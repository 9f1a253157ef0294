import { beforeEach, expect, it, vi } from "vitest"
import { obeyHost } from "./host-commands.ts"

const consent = vi.fn()
beforeEach(() => {
  consent.mockReset()
  delete window.foyer
})

it("runs what was queued before the script, and what is said later at once", () => {
  window.foyer = [["consent", "denied"]]
  const theirs = window.foyer
  obeyHost(window, { consent })
  expect(consent.mock.calls).toEqual([["denied"]])
  theirs.push(["consent", "granted"])
  window.foyer.consent?.("denied")
  expect(consent.mock.calls).toEqual([["denied"], ["granted"], ["denied"]])
})

it("ignores what it does not know", () => {
  const warn = vi.spyOn(console, "warn").mockImplementation(() => {})
  window.foyer = [["consent", "maybe"], ["fly"], null, 7]
  obeyHost(window, { consent })
  expect(consent).not.toHaveBeenCalled()
  expect(warn).toHaveBeenCalledTimes(4)
  warn.mockRestore()
})
