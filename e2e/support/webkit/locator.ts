import type { FrameLocator, Locator } from "@playwright/test"
import type { Look, Step, Words } from "./in-page.ts"
import { press, write } from "./keys.ts"
import {
  eventually,
  type Place,
  type Reference,
  run,
  runHere,
  sendKeys,
  withElement,
} from "./tab.ts"

type Named = { readonly name?: string | RegExp; readonly exact?: boolean; readonly level?: number }

const places = new WeakMap<object, Place>()

/** Where a locator of this driver leads. */
export function placeOf(locator: unknown): Place {
  const place = places.get(locator as object)
  if (!place) throw new Error("no locator of this browser")
  return place
}

/** The ways of looking for something, from a place on. */
export function searchFrom(place: Place) {
  const narrowed = (step: Step) => locatorAt({ ...place, steps: [...place.steps, step] })
  return {
    locator: (css: string) => narrowed({ by: "css", css }),
    getByRole: (role: string, { name, exact, level }: Named = {}) =>
      narrowed({
        by: "role",
        role,
        ...(name !== undefined && { name: words(name, exact) }),
        ...(level !== undefined && { level }),
      }),
    getByLabel: (text: string | RegExp, { exact }: Named = {}) =>
      narrowed({ by: "label", words: words(text, exact) }),
    getByText: (text: string | RegExp, { exact }: Named = {}) =>
      narrowed({ by: "text", words: words(text, exact) }),
    filter: ({ has, visible }: { has?: Locator; visible?: boolean }) => {
      const having = has && narrowed({ by: "having", steps: placeOf(has).steps })
      if (having) return having
      if (visible) return narrowed({ by: "visible" })
      throw new Error("this browser filters by nothing else")
    },
    first: () => narrowed({ by: "first" }),
  }
}

function words(text: string | RegExp, exact = false): Words {
  if (typeof text !== "string") return { kind: "pattern", text: text.source, flags: text.flags }
  return { kind: exact ? "whole" : "part", text }
}

/** Playwright's locator, as far as the stories that run here use it. */
function locatorAt(place: Place): Locator {
  const typed = (keys: readonly object[], before = "") =>
    onReady(place, async (element, { isFocused }) => {
      // A frame of another origin takes the focus from a click only.
      if (!isFocused) await click(place, element)
      await runHere(place.tab, before, element)
      await sendKeys(place.tab, keys)
    })
  const locator = {
    ...searchFrom(place),
    contentFrame: () => frameAt(place),
    click: () => onReady(place, (element) => click(place, element)),
    fill: (text: string) => typed(text ? write(text) : press("Backspace"), "args[0].select()"),
    press: (key: string) => typed(press(key)),
    pressSequentially: (text: string) => typed(write(text)),
    blur: () => onElement(place, "args[0].blur()"),
    evaluate: (ask: (element: Element, arg: unknown) => unknown, arg?: unknown) =>
      onElement(place, `return (${String(ask)})(...args)`, arg),
    textContent: () => onElement(place, "return args[0].textContent"),
    count: () => run<number>(place, "return find(args[0]).length", place.steps),
  }
  places.set(locator, place)
  return locator as unknown as Locator
}

function frameAt({ tab, frames, steps }: Place): FrameLocator {
  const inside = searchFrom({ tab, frames: [...frames, steps], steps: [] })
  return inside as unknown as FrameLocator
}

/** Playwright's `page.frameLocator`. */
export function frameIn(place: Place, css: string): FrameLocator {
  return frameAt({ ...place, steps: [{ by: "css", css }] })
}

/** Runs `body` with the element as `args[0]`, as soon as there is one. */
function onElement(place: Place, body: string, ...args: readonly unknown[]) {
  return eventually(() =>
    withElement(place, (element) => runHere<unknown>(place.tab, body, element, ...args)),
  )
}

/** Waits until a person could use it. */
function onReady(
  place: Place,
  use: (element: Reference, seen: Look) => Promise<void>,
): Promise<void> {
  return eventually(() =>
    withElement(place, async (element) => {
      const seen = await runHere<Look>(place.tab, "return look(args[0])", element)
      if (!seen.isVisible || !seen.isEnabled)
        throw new Error(`not ready: ${JSON.stringify(place.steps)}`)
      await use(element, seen)
    }),
  )
}

/** In the middle of the element, and only if nothing lies over it. */
async function click({ tab }: Place, element: Reference): Promise<void> {
  const isHit = await runHere<boolean>(tab, "return isHit(args[0])", element)
  if (!isHit) throw new Error("something lies over it")
  await tab.session.ask("POST", "/actions", {
    actions: [
      {
        type: "pointer",
        id: "mouse",
        actions: [
          { type: "pointerMove", origin: element, x: 0, y: 0 },
          { type: "pointerDown", button: 0 },
          { type: "pointerUp", button: 0 },
        ],
      },
    ],
  })
}
