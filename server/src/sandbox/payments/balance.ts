import type Stripe from "stripe"
import { type Answer, found } from "./answer.ts"
import type { Route, Work } from "./call.ts"
import type { Tx } from "./database.ts"

/** What is there to pay out, per currency, in minor units: charges less refunds less transfers. The sandbox takes no fee. */
export async function availableMinor(tx: Tx): Promise<ReadonlyMap<string, number>> {
  const { rows } = await tx.query<{ currency: string; amount: string }>(
    `select body->>'currency' as currency, sum(case kind
       when 'charge' then (body->>'amount_captured')::bigint
       else -(body->>'amount')::bigint end) as amount
     from object
     where (kind = 'charge' and body->>'status' = 'succeeded')
        or (kind = 'refund' and body->>'status' <> 'failed')
        or kind = 'transfer'
     group by 1 order by 1`,
  )
  return new Map(rows.map((row) => [row.currency, Number(row.amount)]))
}

async function retrieve({ tx }: Work): Promise<Answer> {
  const available = [...(await availableMinor(tx))]
  const balance: Stripe.Balance = {
    object: "balance",
    available: available.map(([currency, amount]) => ({
      amount,
      currency,
      source_types: { card: amount },
    })),
    livemode: false,
    pending: [],
  }
  return found(balance)
}

export const balanceRoutes: readonly Route[] = [
  { method: "GET", path: "/v1/balance", run: retrieve },
]
