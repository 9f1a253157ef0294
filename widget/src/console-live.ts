import { openConsoleSocket } from "./console-socket.ts"
import { morph } from "./morph.ts"

/** What a screen reader is told of changes, at most this often. */
const quietMs = 8000

/** Keeps the page's `[data-live]` regions as the server would render them now. */
export function followChanges(account: string): void {
  const refresh = oneAtATime(refreshPage)
  // Nobody looks at a hidden page: it catches up when it is shown.
  const whenSeen = () => void (document.hidden ? (isBehind = true) : refresh())
  let isBehind = false
  document.addEventListener("visibilitychange", () => {
    if (!document.hidden && isBehind) {
      isBehind = false
      refresh()
    }
  })
  let wasUp = false
  openConsoleSocket(account, {
    up: () => {
      showState("live")
      if (wasUp) whenSeen()
      wasUp = true
    },
    down: () => showState("lost"),
    changed: whenSeen,
    refused: () => {
      showState("lost")
      refresh()
    },
  })
}

/** While one is under way, any number of wishes make one more. */
function oneAtATime(work: () => Promise<void>): () => void {
  let state: "idle" | "busy" | "again" = "idle"
  const run = () => {
    if (state !== "idle") {
      state = "again"
      return
    }
    state = "busy"
    void work()
      .catch((error: unknown) => console.warn("foyer: the page was not refreshed", error))
      .finally(() => {
        const isWanted = state === "again"
        state = "idle"
        if (isWanted) run()
      })
  }
  return run
}

async function refreshPage(): Promise<void> {
  const response = await fetch(location.href, { headers: { Accept: "text/html" } })
  if (hasEnded(response)) return sayEnded()
  if (!response.ok) return
  const fresh = new DOMParser().parseFromString(await response.text(), "text/html")
  showRegions(fresh)
}

/** Asked for a page and got another: the session is over, or the role has changed. */
function hasEnded(response: Response): boolean {
  const isOther = response.redirected && new URL(response.url).pathname !== location.pathname
  return isOther || [401, 403, 404].includes(response.status)
}

/** Makes each live region like the one of the same id in `fresh`; what is new in it is marked for a moment. */
export function showRegions(fresh: Document): void {
  for (const region of document.querySelectorAll("[data-live][id]")) {
    const next = fresh.getElementById(region.id)
    if (!next || next.innerHTML === region.innerHTML) continue
    const known = new Set(idsIn(region).map((element) => element.id))
    const content = document.createDocumentFragment()
    content.append(...[...next.childNodes].map((node) => document.importNode(node, true)))
    morph(region, content)
    for (const element of idsIn(region))
      if (!known.has(element.id) && element.matches("li, tr")) element.classList.add("fresh")
  }
  if (document.querySelector("[data-live-badge]")) showState(state)
  say(document.querySelector("[data-say]")?.textContent ?? "")
}

function idsIn(region: Element): readonly Element[] {
  return [...region.querySelectorAll("[id]")]
}

let saidAt = -quietMs
let lastSaid = ""

function say(text: string): void {
  if (text === lastSaid || performance.now() - saidAt < quietMs) return
  saidAt = performance.now()
  lastSaid = text
  let voice = document.querySelector("#live-voice")
  if (!voice) {
    voice = document.createElement("p")
    voice.id = "live-voice"
    voice.className = "vh"
    voice.setAttribute("role", "status")
    document.body.append(voice)
  }
  voice.textContent = text
}

let state: "live" | "lost" = "lost"

/** Without a script nothing claims to be live. */
function showState(now: "live" | "lost"): void {
  state = now
  for (const badge of document.querySelectorAll<HTMLElement>("[data-live-badge]")) {
    badge.hidden = false
    badge.className = `badge ${state === "live" ? "ok" : "warn"}`
    badge.textContent = state === "live" ? "Live" : "Reconnecting"
  }
}

/** The figures on the screen stay; what is to be done is said above them. */
function sayEnded(): void {
  if (document.querySelector("#session-ended")) return
  const note = document.createElement("div")
  note.id = "session-ended"
  note.className = "note warn"
  note.setAttribute("role", "alert")
  const link = document.createElement("a")
  link.href = location.href
  link.className = "link"
  link.textContent = "Sign in again"
  const words = document.createElement("p")
  words.append("You are no longer signed in, so this page stands still. ", link)
  note.append(words)
  document.querySelector("#main")?.prepend(note)
  showState("lost")
}
