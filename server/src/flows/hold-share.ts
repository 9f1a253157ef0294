import type { Outcome } from "#core/outcome.ts"
import type { LineOfAddress, Take } from "#flows/hold-limit.ts"
import type { ShopperCommand } from "#flows/shopper-command.ts"

type Sharer = Pick<ShopperCommand<unknown>, "token" | "address" | "shop">

/** A line of the shopper's cart, as the limit of what one address may set aside counts it. */
export function shareOf({ token, address }: Sharer, priceTypeId: string): LineOfAddress {
  return { address, line: `${token ?? ""} ${priceTypeId}` }
}

/** How long what a line sets aside is counted, in milliseconds: as long as a hold lives. */
export function shareMs({ shop }: Sharer): number {
  return shop.account.holdMinutes * 60_000
}

/** Counts several lines; answers how to take them back one by one, in their order, or undefined, with nothing counted, when that is too many. */
export function takeShares(
  take: Take,
  shopper: Sharer,
  lines: readonly { readonly priceTypeId: string; readonly quantity: number }[],
): (() => void)[] | undefined {
  const takeBacks: (() => void)[] = []
  for (const { priceTypeId, quantity } of lines) {
    const takeBack = take(shareOf(shopper, priceTypeId), quantity, shareMs(shopper))
    if (!takeBack) {
      takeAllBack(takeBacks)
      return undefined
    }
    takeBacks.push(takeBack)
  }
  return takeBacks
}

/** The last first, because one line may have been counted twice. */
export function takeAllBack(takeBacks: readonly (() => void)[]): void {
  for (const takeBack of takeBacks.toReversed()) takeBack()
}

/** Runs what a share was taken for; takes it back when that was refused or failed. */
export async function unlessDone(
  takeBack: () => void,
  run: () => Promise<Outcome>,
): Promise<Outcome> {
  let isDone = false
  try {
    const outcome = await run()
    isDone = outcome.outcome === "done"
    return outcome
  } finally {
    if (!isDone) takeBack()
  }
}
