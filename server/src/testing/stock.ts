import { expect } from "vitest"
import {
  decide,
  evolve,
  type InventoryChanged,
  type InventoryCommand,
  type InventoryReason,
  type InventoryRefusal,
  noStock,
  type Stock,
  type StockLevel,
} from "#core/inventory.ts"

/** A variant's story told as given, when, then; every step goes through `decide` and `evolve`. */
export type StockStory = {
  readonly stock: Stock
  readonly newest: InventoryChanged | undefined
  when(command: InventoryCommand): StockStory
  thenLevel(level: StockLevel): StockStory
  thenReason(reason: InventoryReason): StockStory
  thenRefused(refusal: InventoryRefusal): StockStory
}

/** Fails when one of the given commands is refused. */
export function givenStock(...commands: readonly InventoryCommand[]): StockStory {
  const [first, ...rest] = commands
  const unborn = tell(noStock(first?.variantId ?? ""))
  if (!first) return unborn
  return [first, ...rest].reduce((story, command) => story.when(command).thenAccepted(), unborn)
}

type Told = Omit<StockStory, "when"> & {
  when(command: InventoryCommand): Told
  thenAccepted(): Told
}

function tell(stock: Stock, newest?: InventoryChanged, refusal?: InventoryRefusal): Told {
  const story: Told = {
    stock,
    newest,
    when(command) {
      const decision = decide(stock, command)
      if (!decision.ok) return tell(stock, newest, decision.refusal)
      return tell(decision.events.reduce(evolve, stock), decision.events.at(-1))
    },
    thenAccepted() {
      expect(refusal).toBeUndefined()
      return story
    },
    thenLevel(level) {
      expect(refusal).toBeUndefined()
      expect({ capacity: stock.capacity, held: stock.held, sold: stock.sold }).toEqual(level)
      return story
    },
    thenReason(reason) {
      expect(newest?.reason).toBe(reason)
      return story
    },
    thenRefused(expected) {
      expect(refusal).toEqual(expected)
      return story
    },
  }
  return story
}
