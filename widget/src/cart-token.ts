import type { CommandType } from "@foyer/shared/protocol"
import type { SafeStorage } from "./safe-storage.ts"

/** What a page keeps for one account. Whoever has the token has the cart. */
export type KeptCart = {
  readonly token?: string
  readonly region?: string
  /** The token's order is paid: it still shows its success view, the next cart gets a new one. */
  readonly completed?: boolean
}

export type CartTokens = {
  readonly read: (account: string) => KeptCart
  /** The token a command is sent with. The first tickets make one, and nothing is stored before them. */
  readonly tokenFor: (account: string, type: CommandType) => string | undefined
  readonly note: (account: string, known: Omit<KeptCart, "token">) => void
  /** The shopper has seen the order and gone on: its cart is not asked for again. */
  readonly forget: (account: string) => void
}

const prefix = "foyer.v1."

/** Where a page keeps the account's cart. */
export const cartKey = (account: string) => prefix + account

/** The account whose cart a storage key holds. */
export function accountOf(key: string | null): string | undefined {
  return key?.startsWith(prefix) ? key.slice(prefix.length) : undefined
}

export function openCartTokens(storage: SafeStorage, makeToken: () => string): CartTokens {
  const read = (account: string) => parseKept(storage.get(cartKey(account)))
  const write = (account: string, kept: KeptCart) =>
    storage.set(cartKey(account), JSON.stringify(kept))
  return {
    read,
    tokenFor: (account, type) => {
      const kept = read(account)
      const isFilling = type === "set-quantity" || type === "add-items"
      const isNew = isFilling && (kept.token === undefined || kept.completed)
      if (!isNew) return kept.token
      const token = makeToken()
      write(account, { ...kept, token, completed: false })
      return token
    },
    note: (account, known) => {
      const kept = read(account)
      const same = Object.entries(known).every(([name, value]) => kept[name as "region"] === value)
      if (!same) write(account, { ...kept, ...known })
    },
    forget: (account) => {
      const { region } = read(account)
      write(account, region === undefined ? {} : { region })
    },
  }
}

/** Storage is shared with the host's scripts: anything may be in it. */
function parseKept(text: string | undefined): KeptCart {
  try {
    const { token, region, completed } = JSON.parse(text ?? "{}") as Record<string, unknown>
    return {
      ...(typeof token === "string" && /^[\w-]{43}$/.test(token) && { token }),
      ...(typeof region === "string" && /^[a-z0-9-]{1,80}$/.test(region) && { region }),
      ...(completed === true && { completed }),
    }
  } catch {
    return {}
  }
}
