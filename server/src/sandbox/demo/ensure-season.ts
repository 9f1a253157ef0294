import { generate, GenerateRefused } from "#sandbox/generate/generate.ts"

/** Large enough for reports with something to say, small enough to wait for. */
export const demoSeason = { orders: 10_000, events: 24, touches: 36_000, seed: 1 }

/**
 * Makes a demo organizer who has sold for a year until `now` (ISO 8601), where there is none: the other two begin with the first guest. `url` is
 * a superuser's.
 */
export async function ensureSeason(
  url: string,
  now: string,
  say: (line: string) => void,
): Promise<void> {
  try {
    await generate(url, { season: { ...demoSeason, until: now }, isCounted: false, say })
  } catch (error) {
    if (!(error instanceof GenerateRefused)) throw error
  }
}
