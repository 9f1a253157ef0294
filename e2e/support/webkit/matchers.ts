import { expect as playwrights, type Expect } from "@playwright/test"
import type { Look } from "./in-page.ts"
import { placeOf } from "./locator.ts"
import { eventually, type Place, run } from "./tab.ts"

type Within = { readonly timeout?: number }
type Said = string | RegExp

/** Playwright's `expect`, with the matchers of locators that know this driver's. */
export const expect: Expect = playwrights.extend({
  toBeVisible: matcher("toBeVisible", ([look]) => look?.isVisible === true),
  toBeHidden: matcher("toBeHidden", (looks) => !looks.some(({ isVisible }) => isVisible)),
  toBeFocused: matcher("toBeFocused", ([look]) => look?.isFocused === true),
  toHaveCount: matcher("toHaveCount", (looks, count: number) => looks.length === count),
  toHaveText: matcher("toHaveText", ([look], text: Said) => isSaid(look?.text, text)),
  toContainText: matcher("toContainText", ([look], text: string) => look?.text.includes(text)),
  toHaveValue: matcher("toHaveValue", ([look], value: Said) => isSaid(look?.value, value)),
  toHaveAttribute: matcher("toHaveAttribute", ([look], name: string, value: Said) =>
    isSaid(look?.attributes[name], value),
  ),
})

function isSaid(text: string | null | undefined, wanted: Said): boolean {
  if (text === null || text === undefined) return false
  return typeof wanted === "string" ? text === wanted : wanted.test(text)
}

/** What is in a frame that is not shown is not shown either, although this engine says so. */
async function looksAt({ tab, frames, steps }: Place): Promise<Look[]> {
  const looks = await run<Look[]>({ tab, frames, steps }, "return find(args[0]).map(look)", steps)
  const [frame, ...outer] = frames.toReversed()
  if (!frame) return looks
  const around = await looksAt({ tab, frames: outer.toReversed(), steps: frame })
  const isShown = around.every(({ isVisible }) => isVisible)
  return looks.map((each) => ({ ...each, isVisible: each.isVisible && isShown }))
}

/** Looks again and again until `holds` says what is wanted, as Playwright's own matchers do. */
function matcher<Args extends readonly unknown[]>(
  name: string,
  holds: (looks: readonly Look[], ...args: Args) => boolean | undefined,
) {
  return async function (this: { isNot: boolean }, locator: unknown, ...given: [...Args, Within?]) {
    const place = placeOf(locator)
    const args = given as unknown as Args
    const { timeout } = (given.at(-1) ?? {}) as Within
    let seen: Look[] = []
    let trouble = ""
    const lookFor = async (wanted: boolean) => {
      seen = await looksAt(place)
      if ((holds(seen, ...args) === true) !== wanted) throw new Error("not yet")
      return wanted
    }
    const pass = await eventually(() => lookFor(!this.isNot), timeout).catch((error) => {
      trouble = String(error)
      return this.isNot
    })
    const told = { steps: place.steps, args, seen, trouble }
    const message = () => `${name}: ${JSON.stringify(told, null, 2)}`
    return { name, pass, message }
  }
}
