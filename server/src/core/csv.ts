/** What a cell holds: text from people or machines, or a number that the reader's program may add up. */
export type CsvCell = string | number | bigint | null

/** Goes once before the first line, so that spreadsheet programs read the file as UTF-8. */
export const csvMark = "\uFEFF"

// A cell that begins with one of these is run as a formula by spreadsheet programs, wide forms
// included; white space before it does not stop them (OWASP, "CSV Injection").
const formula = /^[\s\u00a0\u200b\ufeff]*[=+\-@|%\uff1d\uff0b\uff0d\uff20]|^[\t\r\n]/u
const plainNumber = /^-?\d+(?:\.\d+)?$/u

/**
 * One line of a CSV file (RFC 4180, ended by CR LF). A text that a spreadsheet program would run as
 * a formula is led by an apostrophe; a number, and a text that is nothing but a decimal number,
 * stays one. NUL, which ends a file for some readers, is left out.
 */
export const csvLine = (cells: readonly CsvCell[]): string => `${cells.map(csvCell).join(",")}\r\n`

const csvCell = (cell: CsvCell): string => {
  if (cell === null) return ""
  if (typeof cell !== "string") return String(cell)
  const text = cell.replaceAll("\u0000", "")
  const safe = formula.test(text) && !plainNumber.test(text) ? `'${text}` : text
  return /[",\r\n;\t]|^\s|\s$|^'/u.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}
