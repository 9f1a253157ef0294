import type { FirstView } from "@foyer/shared/protocol"
import { club, show } from "#testing/screens.ts"
import { firstView } from "#web/first-view.ts"

const events = [
  ["saturday-night-headliners", "Saturday Night Headliners", "stand-up"],
  ["yes-and-improv-jam", "Yes, And? Improv Jam", "improv"],
  ["roast-battle-final", "Roast Battle: The Final", "stand-up"],
  ["new-faces-open-mic", "New Faces Open Mic", "open mic"],
  ["priya-nair-working-title", "Priya Nair: Working Title", "stand-up"],
  ["giggle-factory", "The Giggle Factory (for kids)", "family"],
  ["soiree-du-rire", "Soirée du rire", "stand-up"],
  ["silent-ball", "Silent Comedy Ball", "special"],
  ["down-east", "Down East: Stories from the Coast", "storytelling"],
  ["late-late-double-bill", "The Late, Late Double Bill", "stand-up"],
  ["musical-roulette", "Musical Roulette", "improv"],
  ["new-years-eve-gala", "New Year’s Eve Gala", "special"],
] as const

const starts = (index: number) =>
  Array.from({ length: 1 + (index % 4) }, (_, week) => {
    const day = String(1 + ((index * 2 + week * 7) % 28)).padStart(2, "0")
    return `2026-12-${day}T${19 + (index % 3)}:30:00`
  })

/** A club with a full programme, as its widget's own script shows it: what the size budget weighs. */
export async function firstViewOfTwelve(): Promise<FirstView> {
  const shop = club({
    events: events.map(([slug, title, category], index) =>
      show(slug, starts(index), { title, category, pictureAlt: `The poster of ${title}` }),
    ),
  })
  const [widget] = shop.widgets
  if (!widget) throw new Error("the club has no widget")
  const deps = {
    pool: undefined as never,
    stock: { remaining: async () => new Map() } as never,
    storefronts: undefined as never,
    publicUrl: "https://tickets.laughingstock.example",
    paymentForm: { publishableKey: "pk_live_1" },
    now: () => new Date("2026-11-21T01:00:18Z"),
  }
  return firstView(deps, { shop, widget }, {})
}
