import { createHash } from "node:crypto"
import { type Answer, type Command, type FaultCode, parseCommand } from "@foyer/shared/protocol"
import { findPromotion } from "#core/promotion.ts"
import type { Storefront } from "#core/storefront.ts"
import { regionFor } from "#flows/show-widget.ts"
import type { ShopperCommand } from "#flows/shopper-command.ts"
import { laneFull } from "#flows/stock-lane.ts"
import type { WebDeps } from "#web/deps.ts"
import { type Found, frameFor, viewerOf } from "#web/frames.ts"
import { handle, looks } from "#web/handlers.ts"
import { mayEmbed } from "#web/origins.ts"
import { cartOf, forgetSent, type Instance, instanceOf, type Session } from "#web/session.ts"
import { countStep } from "#web/visits.ts"

/**
 * Takes whatever a page sent as a command, over whatever transport, and always answers once: what came of it and the frame to show, or why it
 * could not be. Never rejects. One instance's answers and live frames are made and given one after the other, so that a later number never has
 * older news; commands of one cart run one after the other, whichever page they come from.
 */
export async function dispatch(
  deps: WebDeps,
  session: Session,
  input: unknown,
  answer: (answer: Answer) => void,
): Promise<void> {
  const command = parseCommand(input)
  if (!command.ok)
    return answer(fault("bad-request", `The command${command.path} ${command.message}.`))
  await deps.turns(frameTurn(session, command.value.instance), async () =>
    answer(await runSafely(deps, session, command.value)),
  )
}

/** The turn in which frames of one instance are made and sent. */
export function frameTurn(session: Session, instance: string): string {
  return `${session.id} ${instance}`
}

export function fault(code: FaultCode, message: string): Answer {
  return { ok: false, code, message }
}

async function runSafely(deps: WebDeps, session: Session, command: Command): Promise<Answer> {
  try {
    return await admit(deps, session, command)
  } catch (error) {
    if (error === laneFull) return tooBusy
    deps.log.error({ error, type: command.type }, "a command failed")
    return serverFault
  }
}

const tooBusy = fault(
  "too-many-requests",
  "Too many shoppers click at once. Send the same command again: nothing is done twice.",
)

/** Whatever was done before the fault is found again by the command's op. */
export const serverFault = fault(
  "server-error",
  "Something went wrong on our side. Send the same command again: nothing is done twice.",
)

async function admit(deps: WebDeps, session: Session, command: Command): Promise<Answer> {
  const found = await deps.storefronts.widget(command.widget)
  if (!found) return fault("unknown-widget", `There is no widget "${command.widget}".`)
  if (!mayEmbed(session.origin, found.shop, found.widget, deps.publicUrl))
    return fault("origin-not-allowed", `${session.origin} is not an allowed site of this widget.`)
  return deps.turns(command.cart ?? session.id, () => run(deps, session, command, found))
}

async function run(
  deps: WebDeps,
  session: Session,
  command: Command,
  found: Found,
): Promise<Answer> {
  const instance = instanceOf(session, command.instance, command.widget, command.at)
  const cart = cartOf(session, instance)
  const known = cart.id
  if (command.cart) cart.token = command.cart
  if (instance.lastOp === command.op) forgetSent(instance)
  instance.lastOp = command.op
  instance.at = command.at
  if (command.type === "set-consent") session.consent = command.data.consent
  // From then on the shopper's own word counts.
  if (command.type === "apply-promo" || command.type === "remove-promo") delete session.promo
  if (command.type === "choose-region") cart.region = command.data.region
  const shopper = shopperOf(session, instance, command, found)
  const { outcome, at, showProblems, confirm } = await handle(deps, command, shopper)
  if (outcome.outcome === "op-reused")
    return fault("op-reused", "This op id came before with another body. Make a new one per click.")
  const refusal = outcome.outcome === "refused" ? outcome.refusal : undefined
  instance.at = at
  instance.toSay = { ...(refusal && { refusal }), ...(showProblems && { showProblems }) }
  // The flow may have learned of a newer catalogue: show that one.
  const current = (await deps.storefronts.widget(command.widget)) ?? found
  const done = outcome.outcome === "done"
  const shown = deps.lane.cartAfter(outcome)
  if (done) countStep(deps, session, command, current.shop, shown?.cart)
  const cause = {
    type: command.type,
    done,
    ...(confirm && { confirm }),
    ...(shown && { cart: shown }),
  }
  const frame = await frameFor(deps, session, instance, current, cause)
  if (!looks.has(command.type)) {
    const accountId = current.shop.account.id
    const cartId = cart.id ?? known
    // The board knows what the lane moved; the other flows may have sold what the clock had taken.
    if (!shown) deps.stock.forget(accountId)
    if (cartId) deps.live.touched({ accountId, cartId }, instance)
  }
  return { ok: true, outcome: outcome.outcome, ...(refusal && { reason: refusal.reason }), frame }
}

function shopperOf(
  session: Session,
  instance: Instance,
  command: Command,
  found: Found,
): Omit<ShopperCommand<never>, "data"> {
  const { handshake } = session
  const viewer = viewerOf(session, instance, found)
  const promo = promoFor(session, found.shop)
  const body = JSON.stringify([command.type, command.data])
  return {
    op: command.op,
    type: command.type,
    requestHash: createHash("sha256").update(body).digest(),
    base: command.base,
    shop: found.shop,
    region: regionFor(viewer),
    locale: viewer.locale,
    touches: handshake.touches,
    address: session.address,
    ...(command.cart && { token: command.cart }),
    ...(handshake.page && { page: handshake.page }),
    ...(promo && { promo }),
  }
}

/** The page's code; on a page of several organizers only to the one who gave it out. */
function promoFor({ promo, handshake }: Session, shop: Storefront): string | undefined {
  const isOneOrganizers = Object.keys(handshake.carts).length <= 1
  return promo !== undefined && (isOneOrganizers || findPromotion(shop, promo)) ? promo : undefined
}
