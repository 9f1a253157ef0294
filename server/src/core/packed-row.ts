import type { MeasuredRow } from "#core/report-fold.ts"

/** A row as it is kept. The order of its parts is part of the schema. */
export type PackedRow = readonly [string, string, string, ...number[]]

export function packed(row: MeasuredRow): PackedRow {
  const { value, source, medium, visits, addedPpm, beganPpm, ordersPpm, returnedPpm } = row
  const { ticketsPpm, soldMinor, refundedMinor } = row
  const counts = [visits, addedPpm, beganPpm, ordersPpm, returnedPpm, ticketsPpm]
  return [value, source, medium, ...counts, soldMinor, refundedMinor]
}

export function unpacked(row: PackedRow): MeasuredRow {
  const [value, source, medium, visits = 0, addedPpm = 0, beganPpm = 0, ordersPpm = 0, ...rest] =
    row
  const [returnedPpm = 0, ticketsPpm = 0, soldMinor = 0, refundedMinor = 0] = rest
  const counts = { visits, addedPpm, beganPpm, ordersPpm, returnedPpm, ticketsPpm }
  return { value, source, medium, ...counts, soldMinor, refundedMinor }
}
