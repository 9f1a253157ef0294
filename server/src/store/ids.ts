import { v7 } from "uuid"

/** A UUID of version 7: made in the order of time, so that new rows lie side by side in their indexes. */
export function newId(): string {
  return v7()
}
