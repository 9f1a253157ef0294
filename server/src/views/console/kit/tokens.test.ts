import { describe, expect, it } from "vitest"
import { contrast } from "#core/brand.ts"
import { consoleTokens } from "#views/console/kit/tokens.ts"

type Scheme = "light" | "dark"

/** Each colour of the tokens, by name, in one scheme. */
function colours(scheme: Scheme): ReadonlyMap<string, string> {
  const found = consoleTokens.matchAll(/--([\w-]+): light-dark\((#[0-9a-f]+), (#[0-9a-f]+)\);/g)
  return new Map(
    [...found].map(([, name = "", light = "", dark = ""]) => [
      name,
      full(scheme === "light" ? light : dark),
    ]),
  )
}

function full(colour: string): string {
  return colour.length === 4 ? colour.replaceAll(/[0-9a-f]/g, "$&$&") : colour
}

const grounds = ["canvas", "side", "surface", "raised", "sunken"]

/** Text on what it stands on. */
const texts: readonly (readonly [string, readonly string[]])[] = [
  ["ink", [...grounds, "accent-soft", "ok-soft", "warn-soft", "bad-soft"]],
  ["ink-2", [...grounds, "accent-soft", "line"]],
  ["ink-3", [...grounds, "accent-soft"]],
  ["accent", [...grounds, "accent-soft", "warn-soft", "bad-soft"]],
  ["on-solid", ["solid"]],
  ["ok", ["surface", "ok-soft"]],
  ["warn", ["surface", "warn-soft"]],
  ["bad", ["surface", "raised", "bad-soft"]],
  ["surface", ["accent", "ok"]],
]

/** What tells a control, a focus or a bar from what is around it. */
const controls: readonly (readonly [string, readonly string[]])[] = [
  ["edge", ["surface", "canvas", "raised"]],
  ["accent", grounds],
  ["solid", grounds],
  ["bad", ["surface", "raised"]],
]

const cases = (["light", "dark"] as const).flatMap((scheme) => [
  ...pairs(scheme, texts, 4.5),
  ...pairs(scheme, controls, 3),
])

function pairs(scheme: Scheme, all: typeof texts, least: number) {
  return all.flatMap(([front, behind]) =>
    behind.map((ground) => [scheme, front, ground, least] as const),
  )
}

describe("contrast", () => {
  it.each(cases)("%s: %s on %s is at least %s", (scheme, front, ground, least) => {
    const all = colours(scheme)
    expect(contrast(all.get(front) ?? "", all.get(ground) ?? "")).toBeGreaterThanOrEqual(least)
  })

  it("is checked for every colour of the tokens", () => {
    const decoration = ["line", "accent-mid"]
    const checked = new Set(
      [...texts, ...controls].flatMap(([front, behind]) => [front, ...behind]),
    )
    const missing = [...colours("light").keys()].filter((name) => !checked.has(name))
    expect(missing.filter((name) => !decoration.includes(name))).toEqual([])
  })
})
