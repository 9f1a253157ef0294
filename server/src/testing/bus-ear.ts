import type { BusListener } from "#core/change-bus.ts"

/** Resolves with the next message, or the next word that some were missed. */
export function busEar(): BusListener & { next(): Promise<string> } {
  let tell: (text: string) => void = () => {}
  return {
    heard: (text) => tell(text),
    missed: () => tell("(missed)"),
    next: () => new Promise((resolve) => (tell = resolve)),
  }
}
