import type { Session } from "./driver.ts"
import { inPage, type Step } from "./in-page.ts"

/** An element of the page, as the driver writes it. */
export type Reference = Readonly<Record<string, string>>

/** Where an element is: through which frames, and what leads to it in the last. */
export type Place = {
  readonly tab: Tab
  readonly frames: readonly (readonly Step[])[]
  readonly steps: readonly Step[]
}

/** One tab of a session. */
export type Tab = { readonly session: Session; readonly handle: string }

/** Answers what `body` returns for its `args` in the innermost frame, awaited; throws what it throws. */
export function run<Value>(place: Place, body: string, ...args: readonly unknown[]) {
  return place.tab.session.turn(async () => {
    await enter(place)
    return runHere<Value>(place.tab, body, ...args)
  })
}

/** Does something with the only element there. Refuses where there is none, or more than one. */
export function withElement<Value>(
  place: Place,
  use: (element: Reference) => Promise<Value>,
): Promise<Value> {
  return place.tab.session.turn(async () => {
    await enter(place)
    return use(await theOne(place.tab, place.steps))
  })
}

/** Only in a turn of the session. */
export async function runHere<Value>(
  { session }: Tab,
  body: string,
  ...args: readonly unknown[]
): Promise<Value> {
  const script = `${inPage}
    const done = arguments[arguments.length - 1]
    const run = async (...args) => { ${body} }
    run(...[...arguments].slice(0, -1)).then((value) => done({ value }), (error) => done({ error: String(error) }))`
  type Answer = { readonly value: Value; readonly error?: string }
  const { value, error } = await session.ask<Answer>("POST", "/execute/async", { script, args })
  if (error !== undefined) throw new Error(error)
  return value
}

/** Only in a turn of the session: the keys go to what has the focus. */
export async function sendKeys({ session }: Tab, actions: readonly object[]): Promise<void> {
  await session.ask("POST", "/actions", { actions: [{ type: "key", id: "keys", actions }] })
}

/** Only in a turn of the session. */
export async function showTab({ session, handle }: Tab): Promise<void> {
  await session.ask("POST", "/window", { handle })
  await session.ask("POST", "/frame", { id: null })
}

async function enter({ tab, frames }: Place): Promise<void> {
  await showTab(tab)
  for (const steps of frames)
    await tab.session.ask("POST", "/frame", { id: await theOne(tab, steps) })
}

function theOne(tab: Tab, steps: readonly Step[]): Promise<Reference> {
  const body = `const found = find(args[0])
    if (found.length !== 1) throw new Error(found.length + " elements for " + JSON.stringify(args[0]))
    return found[0]`
  return runHere<Reference>(tab, body, steps)
}

/** Tries until it works, as a person does with a page that is still at it; then throws the last refusal. */
export async function eventually<Value>(
  attempt: () => Promise<Value>,
  limitMs = 10_000,
): Promise<Value> {
  const endAt = performance.now() + limitMs
  for (;;) {
    try {
      return await attempt()
    } catch (error) {
      if (performance.now() > endAt) throw error
      await new Promise((wake) => setTimeout(wake, 50))
    }
  }
}
