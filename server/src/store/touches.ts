import { createHash } from "node:crypto"
import type { Touch } from "@foyer/shared/protocol"
import { cleanTouch, fingerprintInput } from "#core/attribution.ts"
import type { TouchToRecord } from "#core/cart-change.ts"

/** Touches as they are kept: cleaned, each once. The same contact told again, by a reconnect or a resend, has the same fingerprint. */
export function touchesToRecord(touches: readonly Touch[]): TouchToRecord[] {
  const recorded = touches.map((touch): TouchToRecord => {
    const clean = cleanTouch(touch)
    const fingerprint = createHash("sha256").update(fingerprintInput(clean)).digest("hex")
    return { ...clean, at: new Date(clean.at).toISOString(), fingerprint }
  })
  return [...new Map(recorded.map((touch) => [touch.fingerprint, touch])).values()]
}
