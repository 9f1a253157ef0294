import { randomBytes } from "node:crypto"
import type { Cart } from "#core/cart.ts"
import { describeOffer, findOffer } from "#core/offer.ts"
import type { Account, Brand, Storefront } from "#core/storefront.ts"
import type { ConfirmationDeps } from "#flows/send-confirmation.ts"
import type { Mail } from "#gateways/mailer.ts"
import { type LeftCart, setRecoveryToken } from "#store/cart-recoveries.ts"
import { findCartById, tokenHash } from "#store/carts.ts"
import { findCommand, insertCommand } from "#store/commands.ts"
import { withTx } from "#store/db.ts"

export type LeftLine = {
  readonly quantity: number
  readonly title: string
  readonly detail: string
  readonly eventTitle: string
}

/** What the mail says, made by who knows the words: the job. */
export type RenderRecovery = (left: {
  readonly account: Account
  readonly brand: Brand
  readonly locale: string
  readonly lines: readonly LeftLine[]
  /** `account/widget`. */
  readonly widget: string
  /** Opens the cart once. */
  readonly token: string
}) => Pick<Mail, "subject" | "html" | "text">

const scope = "job:send-recovery"

/**
 * Writes once about a cart that was left behind, with a link that opens it. Nothing is sent when it was bought, emptied or begun to be paid
 * meanwhile, or when the organizer no longer wants it. A job that runs again sends under the same Message-ID with a new link; only the newest is good.
 */
export async function sendRecovery(
  { pool, storefronts, mailer }: ConfirmationDeps,
  { cartId, accountId }: LeftCart,
  render: RenderRecovery,
): Promise<void> {
  const key = { scope, commandId: cartId }
  const requestHash = Buffer.from(cartId)
  if (await findCommand(pool.db, key, requestHash)) return
  const found = await findCartById(pool.db, accountId, cartId)
  const shop = await storefronts.fresh(pool.db, accountId)
  const [widget] = shop.widgets
  if (!found || !widget || !isWorthAMail(shop, found.cart)) return
  const { cart } = found
  const token = randomBytes(32).toString("base64url")
  await withTx(pool, (tx) => setRecoveryToken(tx, cartId, tokenHash(token)))
  const { account, brand } = shop
  await mailer.send({
    id: cartId,
    fromName: account.name,
    to: cart.details["email"] ?? "",
    ...(account.replyTo && { replyTo: account.replyTo }),
    attachments: [],
    ...render({
      account,
      brand,
      token,
      locale: cart.locale,
      lines: linesOf(shop, cart),
      widget: `${account.slug}/${widget.slug}`,
    }),
  })
  const outcome = { outcome: "done", rev: cart.rev } as const
  await withTx(pool, (tx) =>
    insertCommand(tx, key, { kind: "send-recovery", requestHash, outcome }),
  )
}

function isWorthAMail({ account }: Storefront, cart: Cart): boolean {
  const isLeft = cart.state === "open" || cart.state === "expired"
  return account.recoveryMails === true && isLeft && cart.lines.length > 0
}

function linesOf(shop: Storefront, { lines }: Cart): LeftLine[] {
  return lines.flatMap(({ priceTypeId, quantity }) => {
    const offer = findOffer(shop, priceTypeId)
    return offer ? [{ quantity, ...describeOffer(offer), eventTitle: offer.event.title }] : []
  })
}
