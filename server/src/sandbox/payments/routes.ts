import { type Answer, found } from "./answer.ts"
import { balanceRoutes } from "./balance.ts"
import type { Route, Work } from "./call.ts"
import { chargeRoutes } from "./charges.ts"
import { eventRoutes } from "./events.ts"
import { paymentIntentRoutes } from "./payment-intents.ts"
import { paymentMethodDomainRoutes } from "./payment-method-domains.ts"
import { paymentMethodRoutes, redirectType } from "./payment-methods.ts"
import { refundRoutes } from "./refunds.ts"
import { testCards } from "./test-cards.ts"
import { transferRoutes } from "./transfers.ts"

/** What the card form needs to draw itself; it also proves the publishable key. */
async function elementsSession(_work: Work): Promise<Answer> {
  const cards = testCards.map(({ number, label, brand }) => ({ number, label, brand }))
  return found({
    object: "elements_session",
    payment_method_types: ["card", redirectType],
    test_cards: cards,
  })
}

const routes: readonly Route[] = [
  ...paymentIntentRoutes,
  ...paymentMethodRoutes,
  ...paymentMethodDomainRoutes,
  ...refundRoutes,
  ...transferRoutes,
  ...chargeRoutes,
  ...eventRoutes,
  ...balanceRoutes,
  { method: "GET", path: "/v1/elements/sessions", isOpenToBrowsers: true, run: elementsSession },
]

/** The handler of a method and path, and the id in the path. */
export function findRoute(
  method: string,
  path: string,
): { readonly route: Route; readonly id: string } | undefined {
  for (const route of routes) {
    const id = route.method === method ? idIn(route.path, path) : undefined
    if (id !== undefined) return { route, id }
  }
  return undefined
}

function idIn(pattern: string, path: string): string | undefined {
  const wanted = pattern.split("/")
  const given = path.split("/")
  if (wanted.length !== given.length) return undefined
  const fits = wanted.every((segment, place) => segment === ":id" || segment === given[place])
  return fits ? (given[wanted.indexOf(":id")] ?? "") : undefined
}
