const weekdays = ["sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday"]
const dayMs = 86_400_000
/** A party nobody can buy tickets for any more is no demo: closer than this, it is next year's. */
const soonestNewYearsEveDays = 14

/**
 * Fills a demo file's dates in, so that its shows always lie ahead: `{saturday}` is the first Saturday after `today`, `{saturday+2}` two
 * weeks later, `{today-30}` counts days, `{new-years-eve}` the next one worth selling. `today` is a date like `2026-11-20`.
 */
export function dated(text: string, today: string): string {
  return text.replaceAll(
    /\{(today|new-years-eve|[a-z]+day)([+-]\d+)?\}/g,
    (_, name: string, distance = "0") => dateOf(name, Number(distance), today),
  )
}

function dateOf(name: string, distance: number, today: string): string {
  const start = Date.parse(`${today}T00:00:00Z`)
  if (name === "today") return dateText(start + distance * dayMs)
  if (name === "new-years-eve") return newYearsEve(start)
  const ahead = (weekdays.indexOf(name) - new Date(start).getUTCDay() + 7) % 7 || 7
  return dateText(start + (ahead + 7 * distance) * dayMs)
}

function newYearsEve(start: number): string {
  const year = new Date(start + soonestNewYearsEveDays * dayMs).getUTCFullYear()
  return `${year}-12-31`
}

function dateText(ms: number): string {
  return new Date(ms).toISOString().slice(0, 10)
}
