import { parse } from "csv-parse/sync"
import { cleanLine, cleanText, type ToldEvent, type ToldTime } from "#core/found-event.ts"
import { decimal } from "#documents/read-page-events.ts"

export type ReadTable =
  | { readonly ok: true; readonly events: readonly ToldEvent[]; readonly notes: readonly string[] }
  | { readonly ok: false; readonly reason: "not-a-table" | "no-title-column" | "no-date-column" }

/** The columns that are read, by each name they may have; order and capitals do not matter. */
export const tableColumns = {
  title: ["title", "event", "name", "show"],
  date: ["date", "day", "start", "starts", "start date", "begins"],
  time: ["time", "start time", "clock"],
  venue: ["venue", "place", "location", "room"],
  street: ["street", "address"],
  city: ["city", "town"],
  region: ["region", "state", "province"],
  country: ["country"],
  ticket: ["ticket", "ticket type", "price type"],
  price: ["price", "amount"],
  currency: ["currency"],
  capacity: ["capacity", "seats", "places", "quantity"],
  minutes: ["minutes", "duration", "length"],
  description: ["description", "text", "about"],
} as const

type Column = keyof typeof tableColumns

const mostRows = 2000

/**
 * The events of a table (CSV, RFC 4180, separated by commas, semicolons or tabs), one row for each date and kind of ticket. `monthFirst`: how
 * 3/4/2026 is meant. Cells are texts; one that would be a formula in a spreadsheet is told of.
 */
export function readTable(text: string, monthFirst: boolean): ReadTable {
  const rows = rowsOf(text.replace(/^\uFEFF/, ""))
  const [head, ...body] = rows ?? []
  if (!head || head.length < 2) return { ok: false, reason: "not-a-table" }
  const columns = columnsOf(head)
  if (!columns.has("title")) return { ok: false, reason: "no-title-column" }
  if (!columns.has("date")) return { ok: false, reason: "no-date-column" }
  const filled = body.filter((row) => row.some((cell) => cell.trim() !== ""))
  const events = filled
    .slice(0, mostRows)
    .map((row, i) =>
      toldRow((column) => unguarded(row[columns.get(column) ?? -1] ?? ""), i + 2, monthFirst),
    )
  const notes =
    filled.length > mostRows
      ? [`The table has ${filled.length} rows; the first ${mostRows} were read.`]
      : []
  return { ok: true, events, notes }
}

function rowsOf(text: string): string[][] | undefined {
  const [line = ""] = text.split(/\r?\n/, 1)
  const [delimiter = ","] = [",", ";", "\t"].toSorted(
    (a, b) => line.split(b).length - line.split(a).length,
  )
  try {
    return parse(text, {
      delimiter,
      relaxColumnCount: true,
      relaxQuotes: true,
      skipEmptyLines: true,
      maxRecordSize: 100_000,
      to: mostRows + 2000,
    })
  } catch {
    return undefined
  }
}

function columnsOf(head: readonly string[]): Map<Column, number> {
  const names = head.map((name) => name.trim().toLowerCase().replaceAll(/[_-]+/g, " "))
  const entries = (Object.keys(tableColumns) as Column[]).flatMap((column) => {
    const at = names.findIndex((name) => (tableColumns[column] as readonly string[]).includes(name))
    return at < 0 ? [] : [[column, at] as const]
  })
  return new Map(entries)
}

/** Our own tables put an apostrophe before what a spreadsheet would take for a formula. */
function unguarded(cell: string): string {
  return cell.trim().replace(/^'(?=[=+\-@\t])/, "")
}

function toldRow(cell: (column: Column) => string, row: number, monthFirst: boolean): ToldEvent {
  const time = toldTime(cell("date"), cell("time"), monthFirst)
  const country = cell("country").toUpperCase()
  const currency = cell("currency").toLowerCase()
  const minutes = Number(cell("minutes"))
  const title = cleanLine(cell("title"), 200)
  const price = cell("price")
  return {
    title,
    description: cleanText(cell("description"), 10_000),
    venue: {
      name: cleanLine(cell("venue"), 200),
      street: cleanLine(cell("street"), 200),
      city: cleanLine(cell("city"), 200),
      subdivision: /^[A-Z0-9]{1,3}$/i.test(cell("region")) ? cell("region").toUpperCase() : "",
      country: /^[A-Z]{2}$/.test(country) ? country : "",
    },
    times: time ? [time] : [],
    ...(Number.isInteger(minutes) &&
      minutes > 0 &&
      minutes <= 1440 && { durationMinutes: minutes }),
    isCanceled: false,
    tickets:
      price === ""
        ? []
        : [
            {
              title: cleanLine(cell("ticket"), 200),
              price: decimal(price),
              ...(/^[a-z]{3}$/.test(currency) && { currency }),
            },
          ],
    ...(/^\d{1,6}$/.test(cell("capacity")) && { capacity: Number(cell("capacity")) }),
    doubts: [
      ...(time
        ? []
        : [`Row ${row}: “${cleanLine(cell("date"), 40)}” is no date that can be read.`]),
      ...(/^[=+@]|^-[^\d]/.test(title)
        ? [`Row ${row}: the title looks like a spreadsheet’s formula.`]
        : []),
    ],
  }
}

/** `2026-11-28`, `28.11.2026`, `11/28/2026`, each with a clock behind it or in a cell of its own. */
function toldTime(date: string, time: string, monthFirst: boolean): ToldTime | undefined {
  const [, day = "", rest = ""] = /^([\d./-]{6,10})(?:[T ,]+(.*))?$/.exec(date) ?? []
  const on = isoDay(day, monthFirst)
  if (on === undefined) return undefined
  const text = (time === "" ? rest : time).trim()
  if (text === "") return { local: `${on}T00:00`, hasClock: false }
  const clock = isoClock(text)
  return clock === undefined ? undefined : { local: `${on}T${clock}`, hasClock: true }
}

function isoDay(text: string, monthFirst: boolean): string | undefined {
  const iso = /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})$/.exec(text)
  if (iso) return isoOf(iso[1], iso[2], iso[3])
  const [, a = "", mark, b = "", year] = /^(\d{1,2})([./-])(\d{1,2})[./-](\d{4})$/.exec(text) ?? []
  if (year === undefined) return undefined
  const isMonthFirst = Number(b) > 12 || (mark === "/" && monthFirst && Number(a) <= 12)
  return isMonthFirst ? isoOf(year, a, b) : isoOf(year, b, a)
}

function isoOf(year = "", month = "", day = ""): string {
  return `${year}-${month.padStart(2, "0")}-${day.padStart(2, "0")}`
}

/** "20:00", "8:30 PM", "8pm", "20h30", "20.00". */
function isoClock(text: string): string | undefined {
  const match = /^(\d{1,2})(?:[:.h](\d{2})?)?(?::\d{2})?\s*([ap])?\.?(?:m\.?)?$/i.exec(text)
  if (!match) return undefined
  const half = match[3]?.toLowerCase()
  const hour = (Number(match[1]) % (half ? 12 : 24)) + (half === "p" ? 12 : 0)
  const minute = match[2] ?? "00"
  return Number(match[1]) > 24 || Number(minute) > 59
    ? undefined
    : `${String(hour).padStart(2, "0")}:${minute}`
}
