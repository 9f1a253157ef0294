import type { Refusal } from "#core/screen.ts"

/** What a shopper's command came to. Kept with its op id, so that a replay gets the same answer; never holds a secret. */
export type Outcome =
  | { readonly outcome: "done"; readonly rev: number }
  | { readonly outcome: "refused"; readonly rev: number; readonly refusal: Refusal }
  /** A provider call is under way; the frame follows by itself. */
  | { readonly outcome: "working"; readonly rev: number }
  /** The same op id came with another body: nothing was done. */
  | { readonly outcome: "op-reused" }
