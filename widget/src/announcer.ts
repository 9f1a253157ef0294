const quietMs = 5000

/** Lets a polite message through, and then none for five seconds; the last of those that came meanwhile follows. */
export function createAnnouncer(say: (text: string) => void): (text: string) => void {
  let next: string | undefined
  let isQuiet = false

  const rest = () => {
    isQuiet = false
    if (next !== undefined) announce(next)
    next = undefined
  }
  const announce = (text: string) => {
    if (isQuiet) return void (next = text)
    isQuiet = true
    say(text)
    setTimeout(rest, quietMs)
  }
  return announce
}
