import { createHash } from "node:crypto"
import type { Answer, Command, FaultCode } from "@foyer/shared/protocol"
import { regionFor } from "#flows/show-widget.ts"
import type { ShopperCommand } from "#flows/shopper-command.ts"
import type { WebDeps } from "#web/deps.ts"
import { type Found, frameFor, viewerOf } from "#web/frames.ts"
import { handle } from "#web/handlers.ts"
import { mayEmbed } from "#web/origins.ts"
import { addInstance, cartOf, type Instance, type Session } from "#web/session.ts"

/**
 * Runs one command of a page, whatever brought it, and answers with what came of it and the frame to show. Commands of one cart run one
 * after the other. A fault is thrown; the transport answers it.
 */
export async function dispatch(deps: WebDeps, session: Session, command: Command): Promise<Answer> {
  const found = await deps.storefronts.widget(command.widget)
  if (!found) return fault("unknown-widget", `There is no widget "${command.widget}".`)
  if (!mayEmbed(session.origin, found.shop, found.widget, deps.publicUrl))
    return fault("origin-not-allowed", `${session.origin} is not an allowed site of this widget.`)
  const turn = command.cart ?? session.id
  return deps.turns(turn, () => run(deps, session, command, found))
}

export function fault(code: FaultCode, message: string): Answer {
  return { ok: false, code, message }
}

async function run(
  deps: WebDeps,
  session: Session,
  command: Command,
  found: Found,
): Promise<Answer> {
  const instance = instanceOf(session, command)
  const cart = cartOf(session, instance)
  if (command.type === "set-consent") session.consent = command.data.consent
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
  const cause = { type: command.type, done, ...(confirm && { confirm }) }
  const frame = await frameFor(deps, session, instance, current, cause)
  const accountId = current.shop.account.id
  deps.live.touched({ accountId, ...(cart.id && { cartId: cart.id }) }, instance)
  return { ok: true, outcome: outcome.outcome, ...(refusal && { reason: refusal.reason }), frame }
}

/** The instance the command comes from; one that the handshake did not name introduces itself by its first command. */
function instanceOf(session: Session, command: Command): Instance {
  const instance =
    session.instances.get(command.instance) ??
    addInstance(session, command.instance, command.widget, command.at)
  if (command.cart) cartOf(session, instance).token = command.cart
  instance.at = command.at
  return instance
}

function shopperOf(
  session: Session,
  instance: Instance,
  command: Command,
  found: Found,
): Omit<ShopperCommand<never>, "data"> {
  const { handshake } = session
  const viewer = viewerOf(session, instance, found)
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
  }
}
